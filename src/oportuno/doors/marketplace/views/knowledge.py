"""What the experts of the market write."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.doors.marketplace.queries import articles, cards
from oportuno.doors.marketplace.queries.addresses import absolute
from oportuno.doors.marketplace.queries.packs import current_pack
from oportuno.doors.marketplace.rules import schema_org
from oportuno.doors.marketplace.views.frame import Meta, home_crumb, show
from oportuno.kernel.policies import public
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.directory import api as directory

PRODUCTS = 4


@require_safe
@public
def knowledge(request: HttpRequest) -> HttpResponse:
    """Articles, the newest first, a page at a time."""
    tag = request.GET.get("tag", "")[:60]
    found = articles.newest_articles(limit=articles.PAGE + 1, before=_mark(request.GET.get("before", "")), tag=tag)
    shown = found[: articles.PAGE]
    last = shown[-1] if len(found) > articles.PAGE else None
    after = {"before": f"{last.at.isoformat()}~{last.pk}", **({"tag": tag} if tag else {})} if last else {}
    meta = Meta(
        title=_("Articles on “%(tag)s”") % {"tag": tag} if tag else _("Knowledge"),
        description=_("What the sellers of this market know, written to help before it sells."),
        crumbs=[home_crumb(), (_("Knowledge"), reverse("market:knowledge") if tag else ""), *([(tag, "")] if tag else [])],
        indexed=not request.GET,
    )
    context = {
        "writings": [articles.writing(one) for one in shown],
        "tag": tag,
        "tags": articles.common_tags(),
        "next": f"?{urlencode(after)}" if after else "",
        "first": "before" not in request.GET and not tag,
    }
    return show(request, "marketplace/knowledge.html#more", meta, context)


def _mark(text: str) -> tuple[datetime, int] | None:
    """Where a page begins; a mark that is not ours begins at the start."""
    moment, _tilde, number = text.partition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return None
    if at is None or at.tzinfo is None or not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return at, int(number)


@require_safe
@public
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article, who wrote it, and what is near it."""
    row = articles.article_for(slug)
    written = articles.writing(row)
    author = directory.seller_card(row.seller_slug)
    pack = current_pack()
    cover = cards.cover(f"articulo-{slug}")
    meta = Meta(
        title=written.title,
        description=written.teaser,
        image=cover.src,
        kind="article",
        crumbs=[home_crumb(), (_("Knowledge"), reverse("market:knowledge")), (written.title, "")],
        data=[
            schema_org.article(
                title=written.title,
                url=absolute(reverse("market:article", args=[slug])),
                description=written.teaser,
                at=written.at,
                author=author.name,
                author_url=absolute(reverse("market:seller", args=[author.slug])),
                image=absolute(cover.src),
                publisher=pack.identity.title.es if pack else "",
            )
        ],
    )
    context = {
        "writing": written,
        "cover": cover,
        "author": cards.seller(author),
        "answer_hours": author.answer_hours,
        "ask": reverse("audience:asking", args=[author.slug]),
        "about": urlencode({"kind": "article", "id": slug, "label": written.title}),
        "related": [articles.writing(one) for one in articles.related_to(row)],
        "products": cards.products(catalogue.products_of_seller(author.slug, limit=PRODUCTS).cards),
    }
    return show(request, "marketplace/article.html", meta, context)
