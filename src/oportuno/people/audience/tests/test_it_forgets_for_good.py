"""Who asked to be forgotten is in some old list again: nobody writes advertising to her."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience import api
from oportuno.people.audience.actions import importing as imports
from oportuno.people.audience.actions.importing.running import Bringing
from oportuno.people.audience.actions.importing.staging import Incoming
from oportuno.people.audience.models import ConsentState, Contact, ForgottenAddress, Identity
from oportuno.people.audience.testing import FORM, bring_file, make_contact, rows
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
AGREED = api.Proof(("bulletin",), "paper form at the fair", "I want your bulletin", now() - timedelta(days=30))
LIST = "Correo\ncarmen@example.com\nana@example.com\n"


@pytest.fixture(autouse=True)
def forgotten(alba: Actor) -> None:
    carmen = make_contact(alba.organisation)
    api.erase_contact(organisation=alba.organisation.pk, contact=carmen.pk, by=alba.member.id, at=now())


def standings(actor: Actor) -> set[tuple[str, str, str]]:
    with for_organisation(actor.organisation.pk):
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
    with pytest.raises(Refusal), for_organisation(alba.organisation.pk):
        api.bring(identities=[given], agreements=[agreement], source="fair", by=alba.member, at=now())
    assert rows(alba.organisation, Contact) == []


def test_she_herself_may_come_back(alba: Actor, tmp_path: Path) -> None:
    again = make_contact(alba.organisation)
    with for_organisation(alba.organisation.pk):
        api.give(contact=again, agreed=api.Agreed("bulletin", words="yes"), circumstances=FORM, at=now(), identity_key=again.email)
    assert rows(alba.organisation, ForgottenAddress) == []
    bring_file(alba, tmp_path, LIST, consent=AGREED)
    assert ("carmen@example.com", "bulletin", "given") in standings(alba)


def agreed_as(actor: Actor, email: str) -> Contact:
    made = make_contact(actor.organisation, email, "Carmen")
    with for_organisation(actor.organisation.pk):
        api.give(contact=made, agreed=api.Agreed("bulletin", words="yes"), circumstances=FORM, at=now(), identity_key=email)
    return made


def written_again(actor: Actor, contact: Contact, way: str) -> None:
    """A member gives the contact, who agreed under another address, the one that was forgotten as its main address."""
    given = api.addresses.email("carmen@example.com")
    assert given
    with for_organisation(actor.organisation.pk):
        if way == "joined":
            other = api.write_contact(written=api.Written(name="Carmen"), identities=[given], by=actor.member, at=now())
            api.merge_contacts(kept=contact.pk, gone=other.pk, chosen={"email": "gone"}, by=actor.member, at=now())
            return
        added = api.add_identity(contact=contact.pk, given=given, by=actor.member, at=now())
        if way == "made main":
            api.make_main(contact=contact.pk, identity=added.pk, by=actor.member, at=now())
        else:
            [first] = Identity.objects.filter(contact=contact).exclude(pk=added.pk)
            api.remove_identity(contact=contact.pk, identity=first.pk, by=actor.member, at=now())


@pytest.mark.parametrize("way", ["joined", "made main", "the only one left"])
def test_what_another_address_agreed_to_is_not_sent_to_hers(alba: Actor, way: str) -> None:
    written_again(alba, agreed_as(alba, "ana@example.com"), way)
    assert ("carmen@example.com", "bulletin", "withdrawn") in standings(alba)
    assert ("carmen@example.com", "bulletin", "given") not in standings(alba)


def test_an_address_beside_takes_nothing_from_whoever_agreed(alba: Actor) -> None:
    """Where nothing is written to hers."""
    ana, given = agreed_as(alba, "ana@example.com"), api.addresses.email("carmen@example.com")
    assert given
    with for_organisation(alba.organisation.pk):
        api.add_identity(contact=ana.pk, given=given, by=alba.member, at=now())
    assert standings(alba) == {("ana@example.com", "bulletin", "given")}


def test_nor_by_a_file_that_was_read_when_she_asked(alba: Actor, tmp_path: Path) -> None:
    """Her row stood on the stage before anybody knew."""
    path = tmp_path / "list.csv"
    path.write_text("Correo\nluisa@example.com\nana@example.com\n")
    here = alba.organisation.pk
    with for_organisation(here):
        run = imports.start_import(name="list.csv", path=path, at=now(), dry_run=False, consent=AGREED)
    drive = Bringing(Lease(0, 0, here, "import contacts"))
    with for_organisation(here):
        incoming = Incoming(run, alba.organisation)
        while incoming.step(run):
            pass
    luisa = make_contact(alba.organisation, "luisa@example.com")
    api.erase_contact(organisation=here, contact=luisa.pk, by=alba.member.id, at=now())
    drive.go(run.pk)
    assert ("luisa@example.com", "bulletin", "withdrawn") in standings(alba)
    assert ("ana@example.com", "bulletin", "given") in standings(alba)
