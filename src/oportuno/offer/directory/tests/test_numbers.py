"""Numbers that people type."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.directory import api
from oportuno.offer.directory.models import Evidence, TaxNumber
from oportuno.people.organisations.testing import Actor, make_organisation, make_person

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("market")


def begin(actor: Actor) -> None:
    api.begin_application(by=actor.member, at=AT)
    api.choose_scope(sectors=["floristerias"], places=[actor.member.organisation.country], by=actor.member, at=AT)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("900.123.456-3", "The check digit of this NIT does not fit the others; compare it with your document."),
        ("123", "This NIT has too few or too many digits."),
        ("nueve mil", "This is not a valid NIT; compare it with your document."),
        ("", "Write your NIT."),
    ],
)
def test_it_says_in_one_sentence_what_is_wrong_with_a_nit(alba: Actor, typed: str, sentence: str) -> None:
    with for_organisation(alba.member.organisation.pk), translation.override("en"):
        begin(alba)
        with pytest.raises(Refusal) as refused:
            api.add_evidence(requirement="tax_co", words=typed, by=alba.member, at=AT)
    assert str(refused.value) == sentence
    with for_market("test"):
        assert not Evidence.objects.exists()
        assert not TaxNumber.objects.exists()


@pytest.mark.parametrize(
    ("country", "requirement", "name", "wrong", "right", "kept"),
    [
        ("MX", "tax_mx", "RFC", "GODE561231GR9", "GODE-561231-GR8", "GODE561231GR8"),
        ("MX", "tax_mx", "RFC", "EKU9003173C8", "EKU 900317 3C9", "EKU9003173C9"),
        ("EC", "tax_ec", "RUC", "1792060347001", "1792060346-001", "1792060346001"),
        ("EC", "tax_ec", "RUC", "1710034066001", "1710034065001", "1710034065001"),
    ],
)
def test_it_checks_the_numbers_of_other_countries(country: str, requirement: str, name: str, wrong: str, right: str, kept: str) -> None:
    person = make_person("Itzel")
    itzel = Actor(person, make_organisation("Flores de Itzel", owner=person, country=country))
    with for_organisation(itzel.member.organisation.pk):
        begin(itzel)
        with translation.override("es"), pytest.raises(Refusal) as refused:
            api.add_evidence(requirement=requirement, words=wrong, by=itzel.member, at=AT)
        assert not TaxNumber.objects.exists()
        api.add_evidence(requirement=requirement, words=right, by=itzel.member, at=AT)
        assert [one.number for one in TaxNumber.objects.all()] == [kept]
    assert str(refused.value) == f"El dígito de verificación de este {name} no corresponde a los demás; compáralo con tu documento."


def test_it_keeps_one_number_of_a_kind_without_its_marks(alba: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        begin(alba)
        api.add_evidence(requirement="tax_co", words="800.197.268-4", by=alba.member, at=AT)
        api.add_evidence(requirement="tax_co", words="900.123.456-8", by=alba.member, at=AT)
        assert [(one.kind, one.number) for one in TaxNumber.objects.all()] == [("co.nit", "9001234568")]
        assert Evidence.objects.filter(withdrawn_at__isnull=True).count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("phone", "300 123 4567", "+573001234567"),
        ("phone", "+52 55 1234 5678", "+525512345678"),
        ("web_address", "www.floresdealba.co", "https://www.floresdealba.co"),
        ("founded_year", " 1998 ", 1998),
        ("answer_hours", "4", 4),
        ("home", "CO-05-615", "CO-05-615"),
    ],
)
def test_it_keeps_what_was_typed_in_one_form(alba: Actor, field: str, typed: str, kept: object) -> None:
    with for_organisation(alba.member.organisation.pk):
        begin(alba)
        seller = api.change_profile(by=alba.member, at=AT, **{field: typed})
    assert getattr(seller, "home_id" if field == "home" else field) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("phone", "123"),
        ("phone", "llámame"),
        ("web_address", "javascript:alert(1)"),
        ("web_address", "http://[::1"),
        ("web_address", 'https://a.co/"><script>'),
        ("web_address", "https://user:secret@a.co"),
        ("founded_year", "2030"),
        ("founded_year", "１９９８"),
        ("answer_hours", "0"),
        ("answer_hours", "-4"),
        ("home", "MX-JAL"),
        ("trade_name", ""),
        ("difference_es", "x" * 601),
    ],
)
def test_it_refuses_what_will_not_do_and_changes_nothing(alba: Actor, field: str, typed: str) -> None:
    with for_organisation(alba.member.organisation.pk):
        begin(alba)
        with pytest.raises(Refusal) as refused:
            api.change_profile(by=alba.member, at=AT, **{"story_es": "Una historia", field: typed})
        assert set(refused.value.data["errors"]) == {field}
        assert api.own_seller(alba.member.organisation.pk).story_es == ""
