"""The medium of the vertical: what its sellers publish, and what they found elsewhere."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import cards
from oportuno.doors.marketplace.queries import media as queries
from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.doors.marketplace.rules import schema_org
from oportuno.doors.marketplace.views.frame import Meta, home_crumb, show
from oportuno.kernel.policies import public


@require_safe
@public
def media(request: HttpRequest) -> HttpResponse:
    """GET /medios/?format=&category=&before=: pieces of all sellers on show."""
    language = _language()
    categories, formats = queries.categories(language), queries.format_words()
    category, form = request.GET.get("category", ""), request.GET.get("format", "")
    category, form = (category if category in dict(categories) else ""), (form if form in dict(formats) else "")
    found = queries.media_page(category=category, form=form, after=request.GET.get("before", "")[:80])
    meta = Meta(
        title=_("Media: %(category)s") % {"category": dict(categories)[category]} if category else _("Watch, read and listen"),
        description=_("What the sellers of this market teach, in video, images, text and audio: each piece solves a problem."),
        crumbs=[home_crumb(), (_("Media"), "")],
        indexed=not request.GET or (bool(category) and set(request.GET) == {"category"}),
    )
    kept = {name: value for name, value in (("category", category), ("format", form)) if value}
    context = {
        "found": found, "categories": categories, "category": category, "formats": formats, "format": form,
        "next": f"?{urlencode({**kept, 'before': found.next})}" if found.next else "",
    }  # fmt: skip
    return show(request, "marketplace/media.html", meta, context)


@require_safe
@public
def piece(request: HttpRequest, seller: str, slug: str) -> HttpResponse:
    """GET /medios/<seller>/<slug>/: one piece, with all its formats."""
    found = queries.piece_page(seller, slug, _language())
    card, pack = found.card, current_pack()
    meta = Meta(
        title=card.title,
        description=card.summary or card.problem,
        image=card.picture.src,
        kind="article",
        crumbs=[home_crumb(), (_("Media"), reverse("market:media")), (card.title, "")],
        data=[
            schema_org.article(
                title=card.title, url=absolute(card.href), description=card.summary or card.problem, at=card.at, author=found.author.name,
                author_url=absolute(reverse("market:seller", args=[found.author.slug])), image=absolute(card.picture.src),
                publisher=pack.identity.title.es if pack else "",
            )
        ],
    )  # fmt: skip
    return show(request, "marketplace/piece.html", meta, {"piece": found, "author": cards.seller(found.author)})


@require_safe
@public
def collection(request: HttpRequest, seller: str, slug: str) -> HttpResponse:
    """GET /medios/colecciones/<seller>/<slug>/: what a seller found elsewhere, each with its source."""
    found, author, held = queries.collection_page(seller, slug)
    meta = Meta(
        title=found.title,
        description=found.intro,
        image=held[0].picture.src if held[0].picture else "",
        crumbs=[home_crumb(), (_("Media"), reverse("market:media")), (found.title, "")],
        data=[schema_org.listing([(one.title, one.href) for one in held])],
    )
    return show(request, "marketplace/collection.html", meta, {"collection": found, "held": held, "author": cards.seller(author)})


def _language() -> str:
    return (get_language() or "es")[:2]
