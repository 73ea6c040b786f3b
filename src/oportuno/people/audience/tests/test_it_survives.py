"""Files of contacts that nobody meant well with, and a machine that dies: no crash, no half contact, the same end."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import phonenumbers
import pytest
from django.utils.translation import override

from oportuno.kernel.clock import now
from oportuno.kernel.imports.testing import kill_again_and_again
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience import api
from oportuno.people.audience.actions.importing import applying, staging
from oportuno.people.audience.actions.importing.running import Bringing
from oportuno.people.audience.api import imports
from oportuno.people.audience.models import Consent, ConsentState, Contact, ContactImport, Identity, ImportedRow, Note
from oportuno.people.audience.rules import addresses
from oportuno.people.audience.testing import bring_file, make_contact, rows
from oportuno.people.organisations.testing import Actor

SEEDS = [
    b"Nombre,Correo,Celular,Ciudad\nCarmen,carmen@example.com,3001234567,Cali\nLuis,luis@example.com,,\n",
    b'uuid,email,name,attributes,status\n1,a@example.com,A,"{""edad"": 3}",enabled\n2,b@example.com,B,{},blocklisted\n',
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:P=E9rez;Ana=\r\n;;\r\nTEL;CELL:300 123 4567\r\nEND:VCARD\r\n",
    b"BEGIN:VCARD\nVERSION:4.0\nFN:Ana\nEMAIL;PREF=1:ana@example.com\nADR:;;Calle 1;Cali;;;Colombia\nNOTE:uno\\, dos\n  tres\nEND:VCARD\n",
    b"Email Address;First Name;UNSUB_TIME\na@example.com;A;2026-01-01\n",
]
ODD = [b"\x00", b"\xff", b'"', b"\n", b"\r", b",", b";", b"=", b":", b"END:VCARD", b"BEGIN:VCARD\n", b"@", b"+", b"\\", "\u202e".encode(), b"%s", b"{", b"'=1+1"]  # fmt: skip


def mutated(random_: random.Random) -> bytes:
    content = bytearray(random_.choice(SEEDS))
    for _ in range(random_.randint(1, 6)):
        at = random_.randrange(len(content) + 1)
        match random_.randrange(4):
            case 0:
                content[at:at] = random_.choice(ODD)
            case 1:
                del content[at : at + random_.randint(1, 12)]
            case 2:
                content += content[at:][: random_.randint(1, 80)]
            case _:
                content[at:at] = bytes(random_.randrange(256) for _ in range(random_.randint(1, 4)))
    match random_.randrange(6):
        case 0:
            return bytes(content).decode("utf-8", "replace").encode("utf-16")
        case 1:
            return gzip.compress(bytes(content))
        case _:
            return bytes(content)


@pytest.mark.slow
@pytest.mark.django_db
def test_it_survives_five_hundred_mutated_files(alba: Actor, tmp_path: Path) -> None:
    random_, seen = random.Random(20_261_123), set()
    for number in range(500):
        content = mutated(random_)
        run = bring_file(alba, tmp_path, content, name=f"{number}.csv")
        assert run.state in ("done", "failed"), content
        assert run.new + run.changed + run.same + run.wrong >= run.rows, content
        seen.add((run.program, run.state))
        if number % 10 == 0:
            with for_organisation(alba.organisation.pk), override("en"):
                assert all("%(" not in one.sentence and one.sentence[-1] in ".)?" for one in imports.problems(run)), content
    assert {"csv", "listmonk", "vcard", "mailchimp"} <= {program for program, state in seen if state == "done"}
    with for_organisation(alba.organisation.pk):  # nobody is there whom nothing reaches
        assert set(Contact.objects.values_list("pk", flat=True)) == set(Identity.objects.values_list("contact_id", flat=True))


def table(count: int) -> bytes:
    """With people twice in it, shared phones and notes."""
    lines = ["Nombre,Correo,Celular,Ciudad,Etiquetas,Notas"]
    for i in range(count):
        who = i - 7 if i % 50 == 49 else i
        lines.append(f"Persona {who},p{who}@example.com,+57300{i // 3:07d},Cali,lista {i % 5},{'nota ' + str(i) if i % 10 == 0 else ''}")
    return "\n".join(lines).encode()


def whole(actor: Actor) -> list[object]:
    """All that came in, without what differs from one import to the next."""
    with for_organisation(actor.organisation.pk):
        names = dict(Contact.objects.values_list("pk", "email"))
        return [
            sorted(Contact.objects.values_list("email", "display_name", "phone", "place")),
            sorted(
                (names[contact], kind, key, shared)
                for contact, kind, key, shared in Identity.objects.values_list("contact_id", "kind", "key", "shared")
            ),
            sorted((names[contact], text) for contact, text in Note.objects.values_list("contact_id", "text")),
            sorted((names[contact], standing) for contact, standing in ConsentState.objects.values_list("contact_id", "standing")),
            sorted((names[contact], words) for contact, words in Consent.objects.values_list("contact_id", "words")),
        ]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_ends_the_same_when_it_is_killed_ten_times_in_the_middle(alba: Actor, gala: Actor, tmp_path: Path) -> None:
    count = 2_000
    agreed = api.Proof(("bulletin", "offers"), "form", "yes", now())
    undisturbed = bring_file(gala, tmp_path, table(count), name="b.csv", consent=agreed)
    assert undisturbed.state == "done"
    file = tmp_path / "a.csv"
    file.write_bytes(table(count))
    here = alba.organisation.pk
    with for_organisation(here):
        run = api.start_import(name="a.csv", path=file, at=now(), dry_run=False, consent=agreed)
    phases = kill_again_and_again(
        run,
        api="oportuno.people.audience.api",
        phases=[f"oportuno.people.audience.actions.importing.{name}" for name in ("applying", "staging")],
        statements=(25, 70),
    )
    assert {"reading", "applying"} <= phases
    done = api.run_import(Lease(0, 0, here, "test"), run.pk)
    assert (done.state, done.new, done.same, done.wrong) == ("done", undisturbed.new, undisturbed.same, 0)
    assert whole(alba) == whole(gala)
    again = bring_file(alba, tmp_path, table(count), consent=agreed)
    assert (again.new, again.changed) == (0, 0)


@pytest.mark.django_db
def test_it_reads_its_file_again_when_a_power_cut_emptied_the_stage(alba: Actor, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(table(300))
    here = alba.organisation.pk
    with for_organisation(here):
        run = api.start_import(name="a.csv", path=file, at=now(), dry_run=False)
    lease = Lease(0, 0, here, "test")
    Bringing(lease).read(run)
    with for_organisation(here):
        ImportedRow.objects.all().delete()
    done = api.run_import(lease, run.pk)
    assert (done.state, done.rows, done.wrong) == ("done", 300, 0)


@pytest.mark.django_db
def test_who_became_known_since_the_dry_run_does_not_become_two(alba: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "BATCH", 1)
    monkeypatch.setattr(staging, "BATCH", 1)
    seen: list[str] = []

    def meanwhile(run: ContactImport) -> None:
        seen.append(run.state)
        if run.state == "applying" and seen.count("applying") == 2:  # after the first of two is written
            make_contact(alba.organisation, "b@example.com", "Beatriz")

    file = tmp_path / "a.csv"
    file.write_bytes(b"Correo,Ciudad\na@example.com,Cali\nb@example.com,Cali\n")
    with for_organisation(alba.organisation.pk):
        run = api.start_import(name="a.csv", path=file, at=now(), dry_run=False)
    done = api.run_import(Lease(0, 0, alba.organisation.pk, "test"), run.pk, progress=meanwhile)
    assert (done.state, done.new, done.changed) == ("done", 1, 1)
    assert sorted((one.email, one.display_name, one.place) for one in rows(alba.organisation, Contact)) == [
        ("a@example.com", "", "Cali"),
        ("b@example.com", "Beatriz", "Cali"),
    ]


def test_the_quick_reading_of_numbers_is_the_librarys() -> None:
    random_, quick = random.Random(3), 0
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    for _ in range(6_000):
        country = random_.choice(["CO", "MX", "US", "ES", "AR", "BR", "CL", "PE", "IT", "DE", "GB", *regions])
        code = phonenumbers.country_code_for_region(random_.choice([country, "US", "AR", "MX"]))
        digits = "".join(random_.choice("0123456789") for _ in range(random_.randint(5, 12)))
        example = phonenumbers.example_number(country)
        written = [digits, f"+{code}{digits}", f"+{code} {digits[:3]} {digits[3:]}", f"({digits[:3]}) {digits[3:]}"]
        text = (
            phonenumbers.format_number(example, random_.choice([0, 1, 2]))
            if example and random_.random() < 0.3
            else random_.choice(written)
        )
        if found := addresses.plain_phone(text, country):
            quick += 1
            number = phonenumbers.parse(text, country)
            assert phonenumbers.is_possible_number(number)
            assert found.key == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), (text, country)
    assert quick > 1_000
