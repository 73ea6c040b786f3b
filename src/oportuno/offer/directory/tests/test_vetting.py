"""A company applies to sell, and the market decides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from oportuno.kernel.audit.models import AuditEntry
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.facts.log import kind_number
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.offer.directory import api
from oportuno.offer.directory.facts import SellerApproved
from oportuno.offer.directory.models import Certification, Decision, PointOfSale, Seller, SellerPlace, SellerSector, State, Turn, Verdict
from oportuno.offer.directory.queries.queue import case
from oportuno.offer.directory.testing import approve_all, fill_in, make_seller, show
from oportuno.people.organisations.api import Role, join
from oportuno.people.organisations.testing import Actor, make_person

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


pytestmark = pytest.mark.usefixtures("market")


def hand_in(actor: Actor, at: datetime = AT) -> api.Application:
    fill_in(actor.member, at)
    with for_organisation(actor.member.organisation.pk):
        return api.submit_application(by=actor.member, at=at)


def decide(
    reviewer: Actor,
    application: api.Application,
    key: str,
    verdict: Verdict,
    *,
    seen: int = 0,
    at: datetime = AT + HOUR,
    reason: str = "Se alcanza a leer.",
) -> Decision:
    return api.decide(application=application.pk, requirement=key, verdict=verdict, reason=reason, seen=seen, by=reviewer.member, at=at)


def states(application: api.Application) -> list[str]:
    with for_market("test"):
        return list(Turn.objects.filter(application=application).order_by("at", "id").values_list("state", flat=True))


def seller_of(actor: Actor) -> Seller:
    with for_market("test"):
        return Seller.objects.get(organisation_id=actor.member.organisation.pk)


def test_it_walks_from_the_first_word_to_the_approval(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    approve_all(application, dario.member, AT + DAY)
    assert states(application) == ["draft", "submitted", "in_review", "approved"]
    seller = api.published_seller("flores-de-alba")
    assert (seller.standing, seller.approved_at, seller.certified) == ("approved", AT + DAY, True)
    with for_public():
        assert Certification.objects.filter(seller=seller).count() == 3


def test_it_says_what_is_missing_and_hands_nothing_in(alba: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        application = api.begin_application(by=alba.member, at=AT)
        api.choose_scope(sectors=["floristerias"], places=["CO"], by=alba.member, at=AT)
        with pytest.raises(Refusal) as refused:
            api.submit_application(by=alba.member, at=AT)
        missing = refused.value.data["missing"]
        assert {one.key for one in missing if one.key} == {"tax_co", "rut_co", "chamber_co", "references"}
    assert states(application) == ["draft"]


def test_it_asks_a_mexican_company_for_its_rfc_and_not_for_a_nit(gala: Actor) -> None:
    keys = {one.key for one in api.requirements_for(country="MX", sectors=["floristerias"])}
    assert "tax_mx" in keys
    assert not {"tax_co", "tax_ec", "ica_co"} & keys


def test_it_asks_for_changes_and_takes_the_answer(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    decide(dario, application, "rut_co", Verdict.CHANGES, reason="El documento no se alcanza a leer.")
    for line in case(application.pk, AT).lines:
        if line.waits == "to_decide":
            decide(dario, application, line.requirement.key, Verdict.APPROVE)
    api.conclude_review(application=application.pk, by=dario.member, at=AT + DAY)
    assert states(application)[-1] == "changes_asked"
    with for_organisation(alba.member.organisation.pk), pytest.raises(Refusal):  # the same again is no answer
        api.submit_application(by=alba.member, at=AT + 2 * DAY)
    with for_organisation(alba.member.organisation.pk):
        rut = next(one for one in api.requirements_for(country="CO", sectors=[]) if one.key == "rut_co")
        show(alba.member, rut, AT + 2 * DAY)
        api.submit_application(by=alba.member, at=AT + 2 * DAY)
    approve_all(application, dario.member, AT + 3 * DAY)
    assert states(application) == ["draft", "submitted", "in_review", "changes_asked", "submitted", "in_review", "approved"]


def test_it_rejects_when_one_compulsory_requirement_is_rejected(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    decide(dario, application, "chamber_co", Verdict.REJECT, reason="El documento no es auténtico.")
    api.conclude_review(application=application.pk, by=dario.member, at=AT + DAY)
    assert states(application)[-1] == "rejected"
    assert not seller_of(alba).published
    with for_organisation(alba.member.organisation.pk):
        again = api.begin_application(by=alba.member, at=AT + 30 * DAY)
    assert again.pk != application.pk


def test_it_waits_until_every_requirement_is_decided(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    decide(dario, application, "rut_co", Verdict.APPROVE)
    with pytest.raises(Refusal) as refused:
        api.conclude_review(application=application.pk, by=dario.member, at=AT + DAY)
    assert "test_order" in refused.value.data["undecided"] or "tax_co" in refused.value.data["undecided"]
    assert states(application)[-1] == "in_review"


def test_it_wants_a_reason_for_every_decision(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    with pytest.raises(Refusal):
        decide(dario, application, "rut_co", Verdict.APPROVE, reason="   ")
    with for_market("test"):
        assert not Decision.objects.exists()
    assert states(application) == ["draft", "submitted"]


def test_it_approves_nothing_that_was_not_shown(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    with pytest.raises(Refusal):
        decide(dario, application, "test_order", Verdict.APPROVE)


def test_it_lets_nobody_decide_on_an_own_organisation(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    join(organisation=alba.member.organisation, person=dario.person, role=Role.ANALYST, at=AT)
    with pytest.raises(Forbidden):
        decide(dario, application, "rut_co", Verdict.APPROVE)
    with for_market("test"):
        assert not Decision.objects.exists()


def test_it_lets_only_staff_of_the_market_decide(alba: Actor, gala: Actor) -> None:
    application = hand_in(alba)
    with pytest.raises(Forbidden):
        decide(gala, application, "rut_co", Verdict.APPROVE)


def test_it_keeps_drafts_from_the_market(alba: Actor, dario: Actor) -> None:
    application = fill_in(alba.member, AT)
    with pytest.raises(NotFound):
        case(application.pk, AT)
    with pytest.raises(NotFound):
        decide(dario, application, "rut_co", Verdict.APPROVE)


def test_it_tells_the_second_reviewer_that_somebody_decided(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    decide(dario, application, "rut_co", Verdict.APPROVE)
    second = make_person("Nora")
    join(organisation=dario.member.organisation, person=second, role=Role.AGENT, at=AT)
    nora = Actor(second, dario.organisation)
    with pytest.raises(Conflict, match="Darío"):
        decide(nora, application, "rut_co", Verdict.REJECT)
    with for_market("test"):
        assert [one.verdict for one in Decision.objects.all()] == ["approve"]
    decide(nora, application, "rut_co", Verdict.CHANGES, seen=1)  # with the first before her eyes she may


def test_it_leaves_one_trace_in_the_audit_for_each_decision(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    decide(dario, application, "rut_co", Verdict.APPROVE)
    with for_organisation(dario.member.organisation.pk):
        assert [one.action for one in AuditEntry.objects.filter(action="requirement.decided")] == ["requirement.decided"]


def test_it_grants_with_the_day_the_kind_of_evidence_and_the_end(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    marks = {one.key: one for one in api.seller_card("flores-de-alba").certifications}
    assert marks["verified_company"].evidence == "document"
    assert marks["verified_company"].expires_at == AT + 365 * DAY
    assert marks["proven_delivery"].evidence == "test_order"


def test_it_tells_of_the_approval_for_the_seller(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    with for_market("test"), connection.cursor() as cursor:
        cursor.execute("SELECT organisation_id FROM fact WHERE kind_id = %s", [kind_number(SellerApproved.kind)])
        assert cursor.fetchall() == [(alba.member.organisation.pk,)]


def test_it_hides_all_of_a_seller_that_is_not_vetted(alba: Actor) -> None:
    hand_in(alba)
    with for_organisation(alba.member.organisation.pk):
        api.open_point(said=api.SaidPoint(name="Centro", latitude="6.15", longitude="-75.37"), by=alba.member, at=AT)
    with for_public():
        for model in (Seller, SellerSector, SellerPlace, PointOfSale, Certification):
            assert not model.objects.exists(), model
    with pytest.raises(NotFound):
        api.published_seller("flores-de-alba")


def test_it_hides_all_at_once_when_a_seller_is_suspended_and_shows_it_again(alba: Actor, dario: Actor) -> None:
    seller = make_seller(alba, dario, AT)
    with for_organisation(alba.member.organisation.pk):
        api.open_point(said=api.SaidPoint(name="Centro", latitude="6.15", longitude="-75.37"), by=alba.member, at=AT)
    api.suspend_seller(seller=seller.pk, reason="Tres quejas sin responder.", by=dario.member, at=AT + DAY)
    with for_public():
        for model in (Seller, SellerSector, SellerPlace, PointOfSale, Certification):
            assert not model.objects.exists(), model
    api.reinstate_seller(seller=seller.pk, reason="Respondió todas.", by=dario.member, at=AT + 2 * DAY)
    assert len(api.seller_page_data("flores-de-alba", AT + 2 * DAY).points) == 1
    assert not any((api.seen_against_standing(), api.states_without_turn()))


def test_it_wants_a_reason_to_suspend(alba: Actor, dario: Actor) -> None:
    seller = make_seller(alba, dario, AT)
    with pytest.raises(Refusal):
        api.suspend_seller(seller=seller.pk, reason=" ", by=dario.member, at=AT + DAY)
    assert api.published_seller("flores-de-alba").published


def test_it_ends_what_expires_by_the_clock_and_lets_it_be_renewed(alba: Actor, dario: Actor) -> None:
    seller = make_seller(alba, dario, AT)
    late = AT + 365 * DAY
    with for_market("test"):
        assert api.expire_due(late - timedelta(seconds=1)) == 0
    assert api.published_seller("flores-de-alba")
    with for_market("test"):
        assert api.expire_due(late) == 3  # RUT, Cámara de Comercio, test order
        assert api.expire_due(late) == 0
    with pytest.raises(NotFound):
        api.published_seller("flores-de-alba")
    with for_organisation(alba.member.organisation.pk):
        renewal = api.begin_application(by=alba.member, at=late)
        assert renewal.renewal
        for line in api.lines(renewal, late):
            if line.requirement.key in ("rut_co", "chamber_co"):
                show(alba.member, line.requirement, late)
        api.submit_application(by=alba.member, at=late)
    approve_all(renewal, dario.member, late + DAY)
    again = api.published_seller("flores-de-alba")
    assert (again.pk, again.approved_at, again.certified) == (seller.pk, AT, True)


def test_it_reminds_once_for_each_of_the_packs_reminders(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    end = AT + 365 * DAY
    with for_market("test"):
        assert api.remind_due(end - 31 * DAY) == 0
        assert api.remind_due(end - 30 * DAY) == 3
        assert api.remind_due(end - 29 * DAY) == 0
        assert api.remind_due(end - 7 * DAY) == 2  # the test order reminds only thirty days before


def test_it_withdraws_an_approval_with_its_certifications(alba: Actor, dario: Actor) -> None:
    seller = make_seller(alba, dario, AT)
    api.revoke_seller(seller=seller.pk, reason="Cerró.", by=dario.member, at=AT + DAY)
    with for_market("test"):
        assert not Certification.objects.filter(ended_at__isnull=True).exists()
    with for_organisation(alba.member.organisation.pk):
        assert not api.begin_application(by=alba.member, at=AT + 2 * DAY).renewal


def test_it_shows_a_new_sector_only_after_its_evidence(alba: Actor, dario: Actor) -> None:
    make_seller(alba, dario, AT)
    with for_organisation(alba.member.organisation.pk):
        api.choose_scope(sectors=["floristerias", "cultivos"], places=["CO"], by=alba.member, at=AT + DAY)
    assert [one.slug for one in api.seller_card("flores-de-alba").sectors] == ["floristerias"]


def test_it_walks_only_the_moves_it_knows(alba: Actor, dario: Actor) -> None:
    application = hand_in(alba)
    with for_organisation(alba.member.organisation.pk), pytest.raises(Conflict):
        api.submit_application(by=alba.member, at=AT)
    approve_all(application, dario.member, AT + DAY)
    with pytest.raises(Conflict):
        decide(dario, application, "rut_co", Verdict.REJECT, seen=1, at=AT + 2 * DAY)
    assert State(states(application)[-1]) == State.APPROVED
