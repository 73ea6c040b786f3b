"""What waits for the market's staff, and what is to be done today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market
from oportuno.offer.knowledge.models import Article, Category, Draft, Review, State, Turn, Version
from oportuno.offer.knowledge.queries.articles import draft_of, lacking, references_of, story_of
from oportuno.offer.knowledge.queries.lacks import sentence_of
from oportuno.offer.knowledge.queries.reading import Reading, reading
from oportuno.offer.knowledge.queries.shown import counted_categories
from oportuno.people.organisations.api import Member, Organisation

WHY = "the market's staff reads contributions to the knowledge centre"
PAGE, SHOWN = 100, 3
RANK = 37
STANDINGS: Mapping[str, Any] = {
    "waiting": Review.WAITING.label,
    "changes": Review.CHANGES.label,
    "declined": Review.DECLINED.label,
    "published": State.PUBLISHED.label,
    "withdrawn": State.WITHDRAWN.label,
}


@dataclass(frozen=True)
class Case:
    """One contribution with all that one decides by. `live`: the version that is on show now."""

    article: Article
    owner: Organisation
    draft: Draft
    text: Reading
    live: Version | None
    lacks: Sequence[str]
    story: Sequence[Turn]


def queue(standing: str) -> list[tuple[Article, Organisation]]:
    """What waits, the oldest first; everything else the newest first. Of sellers."""
    with for_market(WHY):
        found = Article.objects.filter(of_market=False)
        found = found.filter(state=standing) if standing in (State.PUBLISHED, State.WITHDRAWN) else found.filter(review=standing)
        rows = list(found.order_by("changed_at" if standing == Review.WAITING else "-changed_at")[:PAGE])
        owners = Organisation.objects.in_bulk({one.organisation_id for one in rows})
    return [(one, owners[one.organisation_id]) for one in rows]


def waiting_count() -> int | None:
    """How many wait; None for none."""
    with for_market(WHY):
        return Article.objects.filter(review=Review.WAITING).count() or None


def case_for_market(article: UUID, *, wanted: str = "") -> Case:
    """Raises NotFound, also for what a seller never handed in: a draft is nobody else's business."""
    with for_market(WHY):
        found = Article.objects.filter(pk=article, of_market=False).first()
        if found is None or (found.review == Review.NONE and found.state == State.DRAFT):
            raise NotFound
        owner, draft = Organisation.objects.get(pk=found.organisation_id), draft_of(found)
        references = references_of(found)
        return Case(
            article=found,
            owner=owner,
            draft=draft,
            text=reading(draft, owner, [{**one.csl, "id": one.key} for one in references], wanted=wanted),
            live=Version.objects.filter(article=found, number=found.live).first() if found.live else None,
            lacks=[sentence_of(one) for one in lacking(found, draft, references)],
            story=story_of(found),
        )


def subject_rows() -> list[tuple[Category, int]]:
    """Subjects in their order, with how many pieces on show each has."""
    with for_market(WHY):
        counts = counted_categories()
    return [(one, counts.get(one.slug, 0)) for one in Category.objects.order_by("position", "pk")]


def tasks(member: Member, at: datetime) -> Iterator[Task]:
    """For the market: contributions that wait. For sellers: what came back to them, for thirty days. One query."""
    here = member.organisation
    if here.is_operator:
        if member.may("publish content") and (waiting := waiting_count()):
            words = ngettext("Read %(n)s contribution to the knowledge centre", "Read %(n)s contributions to the knowledge centre", waiting)
            yield Task(
                words % {"n": waiting},
                reverse("knowledge-desk:reviews", args=[here.slug]),
                "book",
                RANK,
                why=_("Who wrote waits for your word."),
            )
    elif member.may("write content"):
        back = Article.objects.filter(organisation_id=here.pk, review=Review.CHANGES, changed_at__gte=at - timedelta(days=30))
        if not member.may("publish content"):
            back = back.filter(created_by_id=member.id)
        for one in back.order_by("-changed_at")[:SHOWN]:
            label = _("Change what the market asks for: “%s”") % (one.title_es or one.title_en)[:70]
            yield Task(
                label, reverse("knowledge-desk:article", args=[here.slug, one.pk]), "book", RANK, why=_("The knowledge centre wants it.")
            )
