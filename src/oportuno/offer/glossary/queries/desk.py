"""The glossary and what is proposed for it, in the workbench."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.kernel.desk import Task
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market
from oportuno.offer.glossary.models import Proposal, State, Term
from oportuno.offer.glossary.rules.said import bare
from oportuno.people.organisations.api import Member, Organisation

PAGE = 50
FRESH = timedelta(days=30)
REVIEW, RETURNED = 42, 38  # ranks: who was asked for changes knows what to do; the market's queue can be tomorrow
WHY = "the market decides what sellers propose for the glossary"
TONES = {"waiting": "waiting", "changes": "warning", "accepted": "good", "declined": "neutral", "taken_back": "neutral"}


def own_terms(*, words: str = "", state: str = "", after: str = "", limit: int = PAGE) -> list[Term]:
    """The operator's own, drafts too, in the order of the alphabet. `after`: sort and slug of the last, with a bar between."""
    rows = Term.objects.defer("body_es", "body_en")
    if sought := bare(" ".join(words.split()))[:80]:
        rows = rows.filter(Q(sort_es__contains=sought) | Q(sort_en__contains=sought))
    if state in ("published", "draft"):
        rows = rows.filter(published=state == "published")
    sort, _bar, slug = after.partition("|")
    if slug:
        rows = rows.filter(Q(sort_es__gt=sort) | Q(sort_es=sort, slug__gt=slug))
    return list(rows.order_by("sort_es", "slug")[:limit])


def own_term(slug: str) -> Term:
    """Raises NotFound."""
    term = Term.objects.filter(slug=slug).first()
    if term is None:
        raise NotFound
    return term


def own_proposals(member: Member, *, before: tuple[datetime, UUID] | None = None, limit: int = 200) -> list[Proposal]:
    """What this organisation has proposed, the newest first."""
    found = Proposal.objects.filter(organisation_id=member.organisation.pk)
    if before:
        found = found.filter(Q(sent_at__lt=before[0]) | Q(sent_at=before[0], pk__lt=before[1]))
    return list(found.order_by("-sent_at", "-pk")[:limit])


def own_proposal(member: Member, identity: UUID) -> Proposal:
    """One of this organisation's. Raises NotFound."""
    return _found(Proposal.objects.filter(pk=identity, organisation_id=member.organisation.pk))


def queue(state: str) -> list[tuple[Proposal, Organisation]]:
    """What waits, the oldest first; or what was decided so, the newest first."""
    with for_market(WHY):
        rows = list(Proposal.objects.filter(state=state).order_by("sent_at" if state == State.WAITING else "-decided_at")[:PAGE])
    owners = Organisation.objects.in_bulk({one.organisation_id for one in rows})
    return [(one, owners[one.organisation_id]) for one in rows]


def proposal_for_market(identity: UUID) -> tuple[Proposal, Organisation]:
    """Raises NotFound."""
    with for_market(WHY):
        row = _found(Proposal.objects.filter(pk=identity))
    return row, Organisation.objects.get(pk=row.organisation_id)


def _found(rows: QuerySet[Proposal]) -> Proposal:
    row = rows.first()
    if row is None:
        raise NotFound
    return row


def waiting_count() -> int | None:
    """How many wait; None for none."""
    with for_market(WHY):
        return Proposal.objects.filter(state=State.WAITING).count() or None


def tasks(member: Member, at: datetime) -> Iterator[Task]:
    """For the market: what waits. For who proposes: what was given back."""
    here = member.organisation
    if here.is_operator:
        if member.may("publish content") and (count := waiting_count()):
            words = ngettext("Decide on %(n)s word for the glossary", "Decide on %(n)s words for the glossary", count) % {"n": count}
            yield Task(
                words, reverse("glossary:reviews", args=[here.slug]), "book", REVIEW, why=_("Whoever proposed it waits for your word.")
            )
        return
    if member.may("write content"):
        for row in Proposal.objects.filter(organisation_id=here.pk, state=State.CHANGES, decided_at__gte=at - FRESH).order_by(
            "-decided_at"
        )[:3]:
            words = _("Say it anew: “%s”") % row.name[:70]
            yield Task(words, reverse("glossary:proposal", args=[here.slug, row.pk]), "book", RETURNED, why=row.answer)
