"""The first page of the vertical."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import cards, home
from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.doors.marketplace.queries.product import CURRENCIES
from oportuno.doors.marketplace.rules import schema_org
from oportuno.doors.marketplace.views.frame import Meta, show
from oportuno.kernel.packs import Pack
from oportuno.kernel.policies import public
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory
from oportuno.offer.search import api as search

SELLERS, PRODUCTS, ARTICLES, QUESTIONS = 3, 8, 3, 5


@require_safe
@public
def first_page(request: HttpRequest) -> HttpResponse:
    """What this market is, in one sentence, and who is in it."""
    pack = current_pack()
    if pack is None:
        meta = Meta(title=_("A market about to open"), description=_("This market has no vertical yet."), indexed=False)
        return show(request, "marketplace/before_opening.html", meta)
    language = get_language() or "es"
    return show(request, "marketplace/home.html", _meta(pack, language), _context(pack, language))


def _context(pack: Pack, language: str) -> dict[str, Any]:
    newest = cards.products(catalogue.newest_from_many(PRODUCTS, currency=CURRENCIES.get(language, "")))
    sellers = directory.sellers_page(directory.Criteria(certified=True, sort="new"), limit=SELLERS).cards
    return {
        "home": home.words_of(pack, language),
        "examples": home.examples(pack, language),
        "purposes": home.purposes(pack, language),
        "sectors": home.sector_tiles(pack, language),
        "products": newest,
        "hero": [one.picture for one in newest if one.picture][:4],
        "hero_cover": cards.cover(f"hero-{pack.name}"),
        "sellers": cards.sellers(sellers),
        "writings": home.writings(ARTICLES),
        "questions": search.unmet_questions(limit=QUESTIONS, language=language),
        "numbers": home.numbers(pack),
    }


def _meta(pack: Pack, language: str) -> Meta:
    words = pack.identity
    template = f"{absolute(reverse('market:search'))}?q={{search_term_string}}"
    name, description = words.title.in_(language), words.promise.in_(language)
    site = schema_org.website(name, absolute(reverse("market:home")), template, description)
    return Meta(
        title=words.home.headline.in_(language),
        description=f"{description} {words.description.in_(language)}",
        image=cards.cover(f"hero-{pack.name}").src,
        data=[site],
    )
