"""Pieces of the demo: what a seller's blog teaches, told for somebody who has a problem."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.demo import Demo
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites

OF_EACH = 2


@transaction.atomic
def teach(pack: Pack, demo: Demo, cast: Cast, at: datetime) -> None:
    """The first posts of each seller's voice as pieces, for one of the vertical's buyers in turn, under what the seller mostly sells."""
    buyers, shelves = pack.personas_of("buyer"), _shelves(pack, demo)
    for number, voice in enumerate(demo.voices):
        if voice.organisation not in shelves:
            continue
        by = cast.owners[voice.organisation]
        for turn, post in enumerate(islice(voice.posts, OF_EACH)):
            persona = buyers[(number + turn) % len(buyers)]
            moment = at - timedelta(days=post.days_ago)
            telling = media.Telling(
                title=post.title, persona=persona.slug, problem=persona.pains[turn % len(persona.pains)].es[:200],
                category=shelves[voice.organisation], text=sites.outlined(post.body),
            )  # fmt: skip
            with for_organisation(by.organisation.pk):
                piece = media.make_piece(telling=telling, by=by.id, at=moment)
                media.show_piece(piece=piece, published=True, by=by.id, at=moment)


def _shelves(pack: Pack, demo: Demo) -> Mapping[str, str]:
    """Seller → the first category of the vertical under which its first product stands."""
    above = {slug: top.slug for top in pack.taxonomy.categories for slug in pack.taxonomy.under(top.slug)}
    products = {product.key: product.category for product in demo.products}
    return {offer.seller: above[products[offer.product]] for offer in reversed(demo.offers)}
