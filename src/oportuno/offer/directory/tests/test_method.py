"""Packs, plans and promises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import Recorded
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.packs import Pack
from oportuno.offer.directory import api
from oportuno.offer.directory.facts import SellerProfileChanged
from oportuno.offer.directory.models import Milestone, PlanStep, Requirement, Sector, Vertical
from oportuno.offer.directory.testing import approve_all, fill_in, make_seller
from oportuno.people.organisations.testing import Actor

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("market")


def shape() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Sector, Requirement, Vertical)]


def other_words(pack: Pack) -> Pack:
    """The same pack, with its first requirement worded anew and its last gone."""
    first, *rest = pack.vetting.requirements
    worded = first.model_copy(update={"title": first.title.model_copy(update={"es": "NIT al día"})})
    vetting = pack.vetting.model_copy(update={"requirements": (worded, *rest[:-1])})
    return Pack(**{name: getattr(pack, name) for name in Pack.__slots__} | {"vetting": vetting})


def renamed(pack: Pack) -> Pack:
    return Pack(
        **{name: getattr(pack, name) for name in Pack.__slots__} | {"identity": pack.identity.model_copy(update={"name": "plantas"})}
    )


def test_it_installs_a_pack_once_however_often_it_is_asked(flores: Pack) -> None:
    before = shape()
    assert api.install_pack(flores, AT) is False
    assert shape() == before


def test_it_gives_a_requirement_worded_anew_a_new_version(flores: Pack) -> None:
    api.install_pack(other_words(flores), AT)
    versions = Requirement.objects.filter(key="tax_co").order_by("version")
    assert [(one.version, one.title["es"], one.retired_at) for one in versions] == [(1, "NIT", AT), (2, "NIT al día", None)]
    gone = flores.vetting.requirements[-1].key
    assert Requirement.objects.get(key=gone).retired_at == AT


def test_it_changes_the_vertical_and_back_without_losing_anything(flores: Pack) -> None:
    before = {(one.pack, one.slug) for one in api.sectors()}
    api.install_pack(renamed(flores), AT)
    assert {one.pack for one in api.sectors()} == {"plantas"}
    assert api.method().pack == "plantas"
    api.install_pack(flores, AT + DAY)
    assert {(one.pack, one.slug) for one in api.sectors()} == before
    assert Requirement.objects.filter(pack="flores", version__gt=1).count() == 0


def step_of(actor: Actor, key: str) -> PlanStep:
    with for_organisation(actor.member.organisation.pk):
        return PlanStep.objects.get(key=key)


def test_it_dates_the_plan_from_the_approval_on_the_sellers_calendar(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, datetime(2026, 11, 24, 2, tzinfo=UTC))  # still the 23rd in Bogotá
    with for_organisation(alba.member.organisation.pk):
        plan = api.plan_of(alba.member.organisation.pk)
    assert [str(one.due_on) for one in plan.steps[:3]] == ["2026-11-23", "2026-11-25", "2026-11-26"]
    assert len(plan.late(plan.steps[2].due_on)) == 2


def test_the_next_step_stands_on_the_first_screen_before_the_approval_without_a_day_and_after_it_with_one(
    alba: Actor, dario: Actor
) -> None:
    application = fill_in(alba.member, AT)
    with for_organisation(alba.member.organisation.pk):
        step = api.next_step(alba.member.organisation.pk)
        assert step is not None
        assert step.due_on is None
        assert api.said(step.title) in [task.label for task in api.tasks(alba.member, AT)]
        api.submit_application(by=alba.member, at=AT)
    approve_all(application, dario.member, AT)
    with for_organisation(alba.member.organisation.pk):
        due = [task.due for task in api.tasks(alba.member, AT) if task.label == api.said(step.title)]
        assert due[0] is not None


def test_a_step_leads_to_the_page_where_it_is_done(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    text = alba.at(AT).get(alba.desk("plan/")).content.decode()
    for page in ("perfil/", "puntos/", "productos/", "existencias/", "preguntas/"):
        assert f'href="{alba.desk(page)}"><' in text or f'<a href="{alba.desk(page)}">' in text, page


def profile_changed(actor: Actor, number: int) -> Recorded:
    here = actor.member.organisation.pk
    return Recorded(number, 7, here, SellerProfileChanged.kind, None, None, None, None, AT + DAY, {})


def test_it_lets_facts_show_a_step_done_and_counts_each_once(alba: Actor, gala: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    make_seller(gala, dario, AT)
    with for_market("test"):
        PlanStep.objects.filter(key="difference").update(wanted=2)
        first = [profile_changed(alba, 1)]
        assert api.count_towards_plans(first) == 0
        assert api.count_towards_plans(first) == 0  # the same batch again
    assert (step_of(alba, "difference").seen, step_of(gala, "difference").seen) == (1, 0)
    with for_market("test"):
        assert api.count_towards_plans([*first, profile_changed(alba, 2)]) == 1
    done = step_of(alba, "difference")
    assert (done.done_at, done.done_by_id) == (AT + DAY, None)


def test_it_lets_a_person_say_a_step_is_done_and_take_it_back(alba: Actor, gala: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    step = step_of(alba, "persona")
    with for_organisation(gala.member.organisation.pk), pytest.raises(NotFound):
        api.do_step(step=step.pk, by=gala.member, at=AT)
    with for_organisation(alba.member.organisation.pk):
        api.do_step(step=step.pk, by=alba.member, at=AT + DAY)
        with pytest.raises(Conflict):
            api.do_step(step=step.pk, by=alba.member, at=AT + DAY)
        api.reopen_step(step=step.pk, by=alba.member, at=AT + DAY)
    assert step_of(alba, "persona").done_at is None


def test_it_keeps_a_milestone_on_time_until_the_end_of_its_day(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    with for_organisation(alba.member.organisation.pk):
        one = Milestone.objects.get(key="profile")  # promised for the 30th
        api.keep_milestone(milestone=one.pk, by=alba.member, at=datetime(2026, 12, 1, 4, 59, tzinfo=UTC))
        with pytest.raises(Conflict):
            api.keep_milestone(milestone=one.pk, by=alba.member, at=AT)
    with for_market("test"), connection.cursor() as cursor:
        cursor.execute("SELECT data->>'on_time' FROM fact WHERE data->>'milestone' = 'profile'")
        assert cursor.fetchall() == [("true",)]


@pytest.mark.parametrize(("accepted", "away"), [(False, 10), (True, -1), (True, 500)])
def test_it_signs_no_commitment_that_nobody_accepted_or_could_keep(alba: Actor, accepted: bool, away: int) -> None:
    with for_organisation(alba.member.organisation.pk):
        api.begin_application(by=alba.member, at=AT)
        due = {one.key: (AT + away * DAY).date() for one in api.method().commitment.milestones}
        with pytest.raises(Refusal):
            api.declare_commitment(accepted=accepted, due=due, by=alba.member, at=AT)
        assert not Milestone.objects.exists()
