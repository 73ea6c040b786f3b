"""Pieces of the demo: what a seller's blog teaches, for the buyer who asks just that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.demo import Demo
from oportuno.kernel.packs.demo.nouns import DemoPost
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites

SHORTEST = 4  # letters of a word that tells something
IN_THE_TITLE, ENOUGH = 3, 3  # what a word weighs there; one of the title or the tags makes a match


@transaction.atomic
def teach(pack: Pack, demo: Demo, cast: Cast, at: datetime) -> None:
    """Posts that answer a question of one of the vertical's buyers, as pieces for her, under what the seller mostly sells."""
    shelves = _shelves(pack, demo)
    for voice in demo.voices:
        if voice.organisation not in shelves:
            continue
        by = cast.owners[voice.organisation]
        for post in voice.posts:
            persona, question = _asked(pack, post)
            if not question:
                continue
            moment = at - timedelta(days=post.days_ago)
            telling = media.Telling(
                title=post.title,
                persona=persona,
                stage=_stage(pack, persona, post),
                problem=question,
                category=shelves[voice.organisation],
                text=sites.outlined(post.body),
            )
            with for_organisation(by.organisation.pk):
                piece = media.make_piece(telling=telling, by=by.id, at=moment)
                media.show_piece(piece=piece, published=True, by=by.id, at=moment)


def _asked(pack: Pack, post: DemoPost) -> tuple[str, str]:
    """The buyer and the question that a post answers best; nothing for a post that answers none."""
    title, text = _words(f"{post.title} {' '.join(post.tags)}"), _words(str(post.body))
    weighed = [
        (IN_THE_TITLE * len(_words(one.es) & title) + len(_words(one.es) & text), persona.slug, one.es)
        for persona in pack.personas_of("buyer")
        for one in persona.questions
    ]
    weight, persona, question = max(weighed, default=(0, "", ""))
    return (persona, question) if weight >= ENOUGH else ("", "")


def _stage(pack: Pack, slug: str, post: DemoPost) -> str:
    """At which stage of her way the buyer asks most of what the post says."""
    persona = next(one for one in pack.personas_of("buyer") if one.slug == slug)
    text = _words(f"{post.title} {' '.join(post.tags)} {post.body}")
    weighed = {at.stage: sum(len(_words(one.es) & text) for one in at.questions) for at in persona.stages}
    return max(weighed, key=lambda stage: weighed[stage])


def _words(said: str) -> set[str]:
    return set(re.findall(rf"\w{{{SHORTEST},}}", said.lower())) - {"para"}


def _shelves(pack: Pack, demo: Demo) -> Mapping[str, str]:
    """Seller → the first category of the vertical under which its first product stands."""
    above = {slug: top.slug for top in pack.taxonomy.categories for slug in pack.taxonomy.under(top.slug)}
    products = {product.key: product.category for product in demo.products}
    return {offer.seller: above[products[offer.product]] for offer in reversed(demo.offers)}
