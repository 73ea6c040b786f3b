"""The plan of a seller's first 90 days, and what it promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from oportuno.offer.directory.models import Commitment, Milestone, PlanStep, Seller
from oportuno.offer.directory.queries.verticals import said


@dataclass(frozen=True)
class Plan:
    """`steps` in order; `done` of them; `next` is the first that waits, None when all is done. `begun`: it has dates."""

    steps: Sequence[PlanStep]
    done: int
    begun: bool
    next: PlanStep | None

    @property
    def stages(self) -> list[tuple[str, list[PlanStep]]]:
        """Steps by stage, stages in the order in which they begin."""
        found: dict[str, list[PlanStep]] = {}
        for step in self.steps:
            found.setdefault(said(step.stage), []).append(step)
        return list(found.items())

    def late(self, today: date) -> list[PlanStep]:
        """Steps whose day is past and that are not done."""
        return [step for step in self.steps if step.done_at is None and step.due_on is not None and step.due_on < today]


def plan_of(organisation: int) -> Plan:
    """The organisation's plan, empty before it applied. One query; acts as the caller does."""
    steps = list(PlanStep.objects.filter(organisation_id=organisation).order_by("order"))
    done = sum(1 for step in steps if step.done_at)
    waiting = next((step for step in steps if step.done_at is None), None)
    return Plan(steps, done, any(step.due_on for step in steps), waiting)


def next_step(organisation: int) -> PlanStep | None:
    """The step a seller's first screen shows: the first that is not done, dated or, before the approval, not yet. One query."""
    return PlanStep.objects.filter(organisation_id=organisation, done_at__isnull=True).order_by("order").first()


_places: dict[str, str] = {"profile": "directory:profile", "points-of-sale": "directory:points", "service": "directory:profile"}


def plan_places(**pages: str) -> None:
    """Say where in the workbench steps are done: a step's `link` (its hyphens as underscores) → the URL name; config.wiring does."""
    _places.update({link.replace("_", "-"): page for link, page in pages.items()})


def place_of(step: PlanStep, slug: str) -> str:
    """The address of the page where a step is done, in the workbench of an organisation; empty where there is none yet."""
    return reverse(_places[step.link], kwargs={"organisation": slug}) if step.link in _places else ""


def milestones_of(seller: Seller) -> list[Milestone]:
    return list(Milestone.objects.filter(seller=seller).order_by("due_on", "key"))


def commitment_of(seller: Seller) -> Commitment | None:
    """The declaration that counts: the last one signed."""
    return Commitment.objects.filter(seller=seller).order_by("-at").first()
