"""Who asked to be forgotten is in some old list again: nobody writes advertising to her."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.people.audience import api
from oportuno.people.audience.models import ConsentState, Contact, ForgottenAddress
from oportuno.people.audience.testing import FORM, bring_file, make_contact, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
AGREED = api.Proof(("bulletin",), "paper form at the fair", "I want your bulletin", now() - timedelta(days=30))
LIST = "Correo\ncarmen@example.com\nana@example.com\n"


@pytest.fixture(autouse=True)
def forgotten(alba: Actor) -> None:
    carmen = make_contact(alba.organisation)
    api.erase_contact(organisation=alba.organisation.pk, contact=carmen.pk, by=alba.member.id, at=now())  # type: ignore[union-attr]


def standings(actor: Actor) -> set[tuple[str, str, str]]:
    with for_organisation(actor.organisation.pk):  # type: ignore[union-attr]
        return set(ConsentState.objects.values_list("contact__email", "purpose", "standing"))


def test_what_stays_names_nobody(alba: Actor) -> None:
    [kept] = rows(alba.organisation, ForgottenAddress)
    assert "carmen" not in str(vars(kept))
    assert len(kept.digest) == 64


def test_a_file_cannot_bring_her_back_to_advertising(alba: Actor, gala: Actor, tmp_path: Path) -> None:
    bring_file(alba, tmp_path, LIST, consent=AGREED)
    out = {("carmen@example.com", purpose, "withdrawn") for purpose in ("bulletin", "offers", "topics")}
    assert standings(alba) == {("ana@example.com", "bulletin", "given"), *out}
    bring_file(gala, tmp_path, LIST, consent=AGREED)  # who never knew her knows nothing of it
    assert ("carmen@example.com", "bulletin", "given") in standings(gala)


def test_a_program_cannot_either(alba: Actor) -> None:
    given = api.addresses.email("carmen@example.com")
    assert given
    agreement = api.Agreement(api.Agreed("bulletin", words="yes"), api.Circumstances("paper form"), now() - timedelta(days=1))
    with pytest.raises(Refusal), for_organisation(alba.organisation.pk):  # type: ignore[union-attr]
        api.bring(identities=[given], agreements=[agreement], source="fair", by=alba.member, at=now())
    assert rows(alba.organisation, Contact) == []


def test_she_herself_may_come_back(alba: Actor, tmp_path: Path) -> None:
    again = make_contact(alba.organisation)
    with for_organisation(alba.organisation.pk):  # type: ignore[union-attr]
        api.give(contact=again, agreed=api.Agreed("bulletin", words="yes"), circumstances=FORM, at=now(), identity_key=again.email)
    assert rows(alba.organisation, ForgottenAddress) == []
    bring_file(alba, tmp_path, LIST, consent=AGREED)
    assert ("carmen@example.com", "bulletin", "given") in standings(alba)
