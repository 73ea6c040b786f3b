"""Why one may believe an expert: each point with a source that anybody can open. Most are worked out, some are declared and checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.routes import spoken
from oportuno.offer.directory import api as directory
from oportuno.offer.experts.models import Expert, Point, PointKind
from oportuno.offer.experts.queries.shown import shown_answers, shown_points
from oportuno.offer.knowledge import api as knowledge
from oportuno.offer.sites import api as sites

ICONS = {
    PointKind.STUDY: "school", PointKind.CERTIFICATE: "certificate", PointKind.AWARD: "award", PointKind.TALK: "microphone",
    PointKind.GUEST_POST: "news", PointKind.BOOK: "book", PointKind.VIDEO: "video", PointKind.PRESS: "quote", PointKind.PROFILE: "user",
}  # fmt: skip
MOST_WRITINGS = 12


@dataclass(frozen=True)
class Reason:
    """One point. `source` says in words where it can be looked up, `href` leads there; `outside`: it is not ours.

    `checked_at`: when the market's staff opened the source; None: the market knows it by itself. `gone_at`: since when it does not answer.
    """

    title: str
    by: str
    href: str
    source: str
    icon: str
    on: date | datetime | None = None
    until: datetime | None = None
    outside: bool = False
    checked_at: datetime | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True)
class Written:
    """Something that she wrote elsewhere in the market. `sort`: post, article or case."""

    title: str
    href: str
    at: datetime
    sort: str
    language: str = "es"


def written_by(expert: Expert) -> list[Written]:
    """Posts, articles and cases under her name, the newest first. Acts for the public."""
    if expert.author_id is None:
        return []
    posts = [
        Written(one.entry.title, spoken(one.address), one.entry.published_at or one.entry.changed_at, "post", one.language)
        for one in sites.posts_of_authors([expert.author_id], limit=MOST_WRITINGS)
    ]
    articles = knowledge.newest(authors=[expert.author_id], limit=MOST_WRITINGS)
    cited = [Written(one.title, one.href, one.at, one.kind) for one in knowledge.cards(articles)]
    return sorted([*posts, *cited], key=lambda one: one.at, reverse=True)[:MOST_WRITINGS]


def reasons_for(expert: Expert, card: directory.SellerCard | None, written: Iterable[Written]) -> list[Reason]:
    """What the market knows by itself, then what was declared and checked. Acts for the public."""
    of_seller = [*_certified(card), *_years(card)] if card else []
    return [*of_seller, *_wrote(list(written)), *_helped(expert), *declared_by(expert)]


def declared_by(expert: Expert) -> list[Reason]:
    """The newest first; two queries."""
    rows = shown_points().filter(expert=expert).select_related("document__picture").order_by("-on", "-pk")
    return [_declared(one) for one in rows]


def _declared(one: Point) -> Reason:
    kind = PointKind(one.kind)
    return Reason(
        title=one.title,
        by=f"{kind.label} · {one.issuer}",
        href=source_of(one),
        source=_("Document") if not one.address else one.address.removeprefix("https://").split("/", 1)[0],
        icon=ICONS[kind],
        on=one.on,
        outside=bool(one.address),
        checked_at=one.checked_at,
        gone_at=one.gone_at,
    )


def source_of(one: Point) -> str:
    """Where anybody looks it up."""
    return one.address or (one.document.address if one.document else "")


def _certified(card: directory.SellerCard) -> list[Reason]:
    """What the directory vouches for of her company: by whom, with which kind of evidence, since and until when."""
    return [
        Reason(
            title=one.title,
            by=_("%(company)s, checked by the market: %(evidence)s") % {"company": card.name, "evidence": one.evidence_name.lower()},
            href=spoken(f"/v/{card.slug}/#proof"),
            source=_("What the market checked"),
            icon=one.icon,
            on=one.granted_at,
            until=one.expires_at,
        )
        for one in card.certifications
    ]


def _years(card: directory.SellerCard) -> list[Reason]:
    return [
        Reason(
            title=_("Verified in this market"),
            by=card.name,
            href=spoken(f"/v/{card.slug}/#proof"),
            source=_("What the market checked"),
            icon="shield-check",
            on=card.approved_at,
        )
    ]


def _wrote(written: Sequence[Written]) -> list[Reason]:
    """Counted, and each stands on the page."""
    found = []
    if articles := [one for one in written if one.sort in ("article", "case")]:
        title = ngettext("%(n)s article in the knowledge centre", "%(n)s articles in the knowledge centre", len(articles))
        found.append(
            Reason(title % {"n": len(articles)}, _("reviewed by the market"), "#escritos", _("On this page"), "book", articles[0].at)
        )
    if posts := [one for one in written if one.sort == "post"]:
        title = ngettext("%(n)s post in the company's blog", "%(n)s posts in the company's blog", len(posts))
        found.append(Reason(title % {"n": len(posts)}, _("signed with her name"), "#escritos", _("On this page"), "pencil", posts[0].at))
    return found


def _helped(expert: Expert) -> list[Reason]:
    """How many answers, and how many readers they helped; one query."""
    told: dict[str, Any] = shown_answers().filter(expert=expert).aggregate(n=Count("pk"), yes=Sum("yes"))
    if not told["n"]:
        return []
    title = ngettext("%(n)s answer to public questions", "%(n)s answers to public questions", told["n"]) % {"n": told["n"]}
    yes = told["yes"] or 0
    helped = ngettext("useful to %(n)s reader", "useful to %(n)s readers", yes) % {"n": yes} if yes else _("reviewed by the market")
    return [Reason(title, helped, "#respuestas", _("On this page"), "messages")]
