"""Experts as anybody sees them: the directory by field, and one's page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import get_language

from oportuno.kernel.errors import NotFound
from oportuno.kernel.statements import Statement
from oportuno.offer.directory import api as directory
from oportuno.offer.experts.models import Answer, Expert, PublicQuestion
from oportuno.offer.experts.queries.credibility import Reason, Written, reasons_for, written_by
from oportuno.offer.experts.queries.fields import Field, fields, fields_named
from oportuno.offer.experts.queries.shown import shown_answers, shown_experts, shown_points, shown_questions
from oportuno.people.organisations.api import market_operator

PAGE, MOST_ANSWERS = 24, 12
MARK = "~"
MOST_LISTED = 20_000
SIGNS: Statement[Expert] = Statement(lambda author: shown_experts().filter(author=author).select_related("seller").order_by("pk")[:1])
"""Below every post of every blog."""


@dataclass(frozen=True)
class ExpertCard:
    """An expert in a list. `answers` and `helped` are counted of what is on show; `points` are those declared and checked."""

    id: UUID
    name: str
    slug: str
    role: str
    bio: str
    picture: str
    seller: str
    seller_slug: str
    seller_path: str
    fields: Sequence[Field]
    answers: int = 0
    helped: int = 0
    points: int = 0


@dataclass(frozen=True)
class ExpertsPage:
    cards: Sequence[ExpertCard]
    after: str = ""


@dataclass(frozen=True)
class Told:
    """One of her answers, and the question it answers."""

    answer: Answer
    question: PublicQuestion


@dataclass(frozen=True)
class ExpertWhole:
    """All of her page."""

    expert: Expert
    card: ExpertCard
    seller: directory.SellerCard | None
    reasons: Sequence[Reason]
    answers: Sequence[Told]
    written: Sequence[Written]


def experts_page(*, field: str = "", words: str = "", after: str = "", limit: int = PAGE) -> ExpertsPage:
    """By name; five queries, however many. Acts for the public."""
    found = shown_experts()
    if field:
        found = found.filter(fields__contains=[field])
    if words:
        found = found.filter(Q(name__icontains=words) | Q(role_es__icontains=words) | Q(role_en__icontains=words))
    if mark := _read(after):
        found = found.filter(Q(name__gt=mark[0]) | Q(name=mark[0], pk__gt=mark[1]))
    rows = list(found.select_related("seller", "picture").order_by("name", "pk")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return ExpertsPage(cards_of(rows[:limit]), f"{last.name}{MARK}{last.pk}" if last else "")


def fields_counted() -> list[tuple[Field, int]]:
    """Every field that somebody on show knows, and how many do; two queries. Acts for the public."""
    counted: dict[str, int] = {}
    for row in shown_experts().values_list("fields", flat=True)[:5_000]:
        for slug in row:
            counted[slug] = counted.get(slug, 0) + 1
    return [(one, counted[one.slug]) for one in fields() if counted.get(one.slug)]


def cards_of(rows: Sequence[Expert]) -> list[ExpertCard]:
    """With what each has answered and declared; three queries. Rows come with seller and picture."""
    ids = [one.pk for one in rows]
    told = {
        expert: (n, yes or 0)
        for expert, n, yes in shown_answers().filter(expert__in=ids).values_list("expert").annotate(n=Count("pk"), helped=Sum("yes"))
    }
    points = dict(shown_points().filter(expert__in=ids).values_list("expert").annotate(n=Count("pk")))
    known = fields() if rows else []
    return [
        ExpertCard(
            id=one.pk,
            name=one.name,
            slug=one.slug,
            role=spoken(one, "role"),
            bio=spoken(one, "bio"),
            picture=one.picture.url(320) if one.picture else "",
            seller=one.house.name,
            seller_slug=one.house.slug,
            seller_path=one.house.path,
            fields=fields_named(one.fields, known),
            answers=told.get(one.pk, (0, 0))[0],
            helped=told.get(one.pk, (0, 0))[1],
            points=points.get(one.pk, 0),
        )
        for one in rows
    ]


def shown_expert(seller: str, slug: str) -> Expert:
    """Raises NotFound. Acts for the public."""
    rows = shown_experts().filter(slug=slug).select_related("seller", "picture", "author")
    found = rows.filter(seller__slug=seller).first() or rows.filter(seller=None).first()
    if found is None or found.house.slug != seller:
        raise NotFound
    return found


def whole_expert(expert: Expert) -> ExpertWhole:
    """Her page. Acts for the public."""
    seller = directory.seller_card(expert.seller.slug) if expert.seller else None
    written = written_by(expert)
    rows = list(shown_answers().filter(expert=expert).defer("draft", "document").order_by("-shown_at", "-pk")[:MOST_ANSWERS])
    asked = shown_questions().in_bulk([one.question_id for one in rows])
    told = [Told(one, asked[one.question_id]) for one in rows if one.question_id in asked]
    return ExpertWhole(expert, cards_of([expert])[0], seller, reasons_for(expert, seller, written), told, written)


def experts_named(ids: Collection[UUID]) -> list[ExpertCard]:
    """Those of these who are on show. Acts for the public."""
    return cards_of(list(shown_experts().filter(pk__in=ids).select_related("seller", "picture")))


def addresses() -> list[tuple[str, datetime | None]]:
    """Every public page of questions and experts, with its last change, for search engines. Acts for the public; four queries."""
    found: list[tuple[str, datetime | None]] = [(reverse("experts:list"), None), (reverse("experts:experts"), None)]
    asked = shown_questions().order_by("-shown_at").values_list("slug", "shown_at")[:MOST_LISTED]
    known = shown_experts().order_by("name").values_list("seller__slug", "slug", "changed_at")[:MOST_LISTED]
    own = market_operator().slug if any(seller is None for seller, _slug, _at in known) else ""
    found += [(reverse("experts:question", args=[slug]), at) for slug, at in asked]
    return found + [(reverse("experts:expert", args=[seller or own, slug]), at) for seller, slug, at in known]


def expert_of_author(author: UUID) -> Expert | None:
    """Who signs so in a blog, if her page is on show. Acts for the public."""
    return SIGNS.first(author=author)


def spoken(row: Expert, name: str) -> str:
    """`role` or `bio` in the reader's language, or else in the other one."""
    first, second = ("en", "es") if (get_language() or "es").startswith("en") else ("es", "en")
    return str(getattr(row, f"{name}_{first}") or getattr(row, f"{name}_{second}"))


def _read(after: str) -> tuple[str, UUID] | None:
    name, _tilde, number = after[:200].rpartition(MARK)
    try:
        return name, UUID(number)
    except ValueError:
        return None
