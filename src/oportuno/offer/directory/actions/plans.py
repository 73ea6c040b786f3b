"""The plan of the first 90 days, and the milestones that were promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, NotFound
from oportuno.kernel.facts import Recorded, all_fact_classes, fact_class, record, record_all
from oportuno.kernel.packs.method import Playbook
from oportuno.offer.directory.facts import MilestoneKept, PlanStepDone
from oportuno.offer.directory.models import Milestone, PlanStep, Seller
from oportuno.offer.directory.rules import dates
from oportuno.people.organisations.api import Member


def make_plan(seller: Seller, playbook: Playbook) -> None:
    """The playbook's steps as the seller's own; facts count from now on, days from the approval."""
    stages = {stage.slug: stage.title.model_dump() for stage in playbook.stages}
    PlanStep.objects.bulk_create(
        PlanStep(
            seller=seller,
            key=step.key,
            order=order,
            day=step.day,
            stage=stages[step.stage],
            title=step.title.model_dump(),
            why=step.why.model_dump(),
            how=step.how.model_dump(),
            link=step.link,
            minutes=step.minutes,
            fact=step.done.fact or "",
            wanted=step.done.count,
        )
        for order, step in enumerate(playbook.steps)
    )


def start_plan(seller: Seller, *, zone: str, at: datetime) -> None:
    """The approval is day 0: each step gets its date on the organisation's calendar. A plan that runs already goes on."""
    steps = list(PlanStep.objects.filter(seller=seller, due_on__isnull=True))
    for step in steps:
        step.due_on = dates.due(dates.day_in(zone, at), step.day)
    PlanStep.objects.bulk_update(steps, ["due_on"])


def do_step(*, step: UUID, by: Member, at: datetime) -> PlanStep:
    """A person says a step is done. Raises NotFound, or Conflict when it was done already."""
    return do_steps(steps=[step], by=by, at=at)[0]


@transaction.atomic
def do_steps(*, steps: Collection[UUID], by: Member, at: datetime) -> list[PlanStep]:
    """A person says that steps are done, all of them or none. Raises NotFound, or Conflict when one was done already."""
    found = list(PlanStep.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk__in=steps).order_by("order"))
    if len(found) != len(set(steps)):
        raise NotFound
    if any(one.done_at for one in found):
        raise Conflict(_("This step is done already."))
    for one in found:
        one.done_at, one.done_by_id = at, by.id
    PlanStep.objects.bulk_update(found, ["done_at", "done_by_id"])
    record_all(PlanStepDone(seller=one.seller_id, step=one.key, by=by.id, at=at) for one in found)
    return found


@transaction.atomic
def reopen_step(*, step: UUID, by: Member, at: datetime) -> PlanStep:
    """Take a person's word back. What facts showed stays done."""
    found = _step(step, by)
    if found.done_by_id is None:
        raise Conflict(_("What happened shows that this step is done."))
    found.done_at = found.done_by_id = None
    found.save(update_fields=["done_at", "done_by_id"])
    return found


@transaction.atomic
def keep_milestone(*, milestone: UUID, by: Member, at: datetime) -> Milestone:
    """Say a promised milestone is reached; on time up to the end of its day, where the organisation is."""
    found = Milestone.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=milestone).first()
    if found is None:
        raise NotFound
    if found.kept_at is not None:
        raise Conflict(_("This milestone is kept already."))
    found.kept_at, found.kept_by_id = at, by.id
    found.save(update_fields=["kept_at", "kept_by_id"])
    on_time = dates.day_in(by.organisation.time_zone, at) <= found.due_on
    record(MilestoneKept(seller=found.seller_id, milestone=found.key, on_time=on_time, by=by.id, at=at))
    return found


def kinds_awaited_by_plans() -> set[str]:
    """The kinds of fact that some step of some plan still waits for. Acts for the market."""
    awaited = set(PlanStep.objects.filter(done_at__isnull=True).exclude(fact="").order_by().values_list("fact", flat=True).distinct())
    return {kind for kind in all_fact_classes() if _name(kind) in awaited}


def count_towards_plans(batch: Sequence[Recorded]) -> int:
    """Let facts show steps done; how many were finished. Acts for the market; a batch that comes twice counts once."""
    told: dict[tuple[int, str], list[Recorded]] = defaultdict(list)
    for fact in batch:
        told[fact.organisation, _name(fact.kind)].append(fact)
    organisations, names = {organisation for organisation, _fact in told}, {name for _organisation, name in told}
    waiting = PlanStep.objects.select_for_update().filter(organisation_id__in=organisations, fact__in=names, done_at__isnull=True)
    touched = [step for step in waiting.order_by("pk") if _count(step, told[step.organisation_id, step.fact])]
    PlanStep.objects.bulk_update(touched, ["seen", "counted_transaction", "counted_fact", "done_at"])
    finished = [step for step in touched if step.done_at]
    for organisation in {step.organisation_id for step in finished}:
        own = [step for step in finished if step.organisation_id == organisation]
        record_all((PlanStepDone(seller=s.seller_id, step=s.key, at=s.done_at) for s in own if s.done_at), organisation=organisation)
    return len(finished)


def _count(step: PlanStep, facts: Sequence[Recorded]) -> bool:
    fresh = [f for f in facts if (f.transaction, f.id) > (step.counted_transaction, step.counted_fact)]
    if not fresh:
        return False
    step.seen += len(fresh)
    step.counted_transaction, step.counted_fact = fresh[-1].transaction, fresh[-1].id
    if step.seen >= step.wanted:
        step.done_at = fresh[-1].at
    return True


def _name(kind: str) -> str:
    """The fact's name as playbooks write it: OfferPublished."""
    known = fact_class(kind)
    return known.__name__ if known else kind.rsplit(".", 1)[-1].title().replace("_", "")


def _step(step: UUID, by: Member) -> PlanStep:
    found = PlanStep.objects.select_for_update().filter(organisation_id=by.organisation.pk, pk=step).first()
    if found is None:
        raise NotFound
    return found
