"""People of somebody's file into a list: looked up, put in at a word, taken out at another. Nobody new is made of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.testing.together import together
from oportuno.people.audience.api import erase_contact
from oportuno.people.audience.testing import Contact, Identity, make_contact, rows
from oportuno.people.organisations.testing import Actor
from oportuno.people.segments import api
from oportuno.people.segments.models import ListFile
from oportuno.people.segments.testing import make_segment

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(alba: Actor) -> Any:
    with for_organisation(alba.member.organisation.pk):
        return api.make_segment(name="Feria", tree=None, kind="list", by=alba.member, at=now())


def people(alba: Actor) -> dict[str, Contact]:
    found = {name: make_contact(alba.organisation, f"{name}@example.com") for name in ("ana", "luz", "eva")}
    with for_organisation(alba.member.organisation.pk):
        Identity.objects.create(contact=found["eva"], kind="phone", value="300", key="+573001234567", created_at=now())
    return found


def look(actor: Actor, segment: Any, content: bytes | str, name: str = "lista.csv", slug: str = "") -> Any:
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return actor.client.post(reverse("segments:list-file", args=[slug or actor.member.organisation.slug, segment.pk]), {"file": file})


def decide(actor: Actor, segment: Any, file: UUID, do: str = "") -> Any:
    path = reverse("segments:list-file-decision", args=[actor.member.organisation.slug, segment.pk])
    return actor.client.post(path, {"file": str(file), "do": do})


def members(actor: Actor, segment: Any) -> set[UUID]:
    with for_organisation(actor.member.organisation.pk):
        assert api.count_in(segment.pk) == len(api.contacts_in(segment.pk))
        return set(api.contacts_in(segment.pk))


def test_it_tells_whom_it_means_then_puts_them_in_and_out_again(alba: Actor, group: Any) -> None:
    known = people(alba)
    with for_organisation(alba.member.organisation.pk):
        api.put_in(segment=group.pk, contacts=[known["luz"].pk], by=alba.member, at=now())
    content = f"""Nombre;Correo;Celular;Código postal
Ana;ANA@Example.com;;760001
Luz;luz@example.com;;3001234567
Ana otra vez;ana@example.com;;
Eva;;300 123 4567;
Nadie;nadie@example.com;;
Sin nada;;;
{known["ana"].pk};;;
"""
    shown = look(alba, group, content)
    file = shown.context["looked"].file
    assert (file.new, file.there, file.twice, file.unknown, file.wrong, file.rows) == (2, 1, 2, 1, 1, 7)
    assert "nadie@example.com" in shown.content.decode()
    assert shown.context["looked"].wrong == [7]
    assert members(alba, group) == {known["luz"].pk}
    assert len(rows(alba.organisation, Contact)) == 3

    assert decide(alba, group, file.pk).status_code == 302
    assert members(alba, group) == {one.pk for one in known.values()}
    assert decide(alba, group, file.pk).status_code == 409
    listed = alba.client.get(reverse("segments:list-file", args=[alba.member.organisation.slug, group.pk])).content.decode()
    assert "lista.csv" in listed
    assert "nadie@example.com" not in listed

    assert decide(alba, group, file.pk, "undo").status_code == 302
    assert members(alba, group) == {known["luz"].pk}
    assert decide(alba, group, file.pk, "undo").status_code == 409


def test_who_went_and_came_again_by_hand_stays(alba: Actor, group: Any) -> None:
    known = people(alba)
    file = look(alba, group, "Correo\nana@example.com\neva@example.com\n").context["looked"].file
    decide(alba, group, file.pk)
    with for_organisation(alba.member.organisation.pk):
        api.take_out(segment=group.pk, contacts=[known["ana"].pk], by=alba.member, at=now())
        api.put_in(segment=group.pk, contacts=[known["ana"].pk], by=alba.member, at=now())
    decide(alba, group, file.pk, "undo")
    assert members(alba, group) == {known["ana"].pk}


@pytest.mark.parametrize("content", ["ana@example.com\neva@example.com\n", "3001234567\nana@example.com\n"])
def test_a_file_without_headings_is_read_from_its_first_line(alba: Actor, group: Any, content: str) -> None:
    people(alba)
    assert look(alba, group, content).context["looked"].file.new == 2


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"[1, 2]", b"\x1f\x8bbroken"])
def test_a_file_that_is_none_is_refused_in_a_sentence(alba: Actor, group: Any, content: bytes) -> None:
    answer = look(alba, group, content)
    looked = answer.context.get("looked")
    assert answer.status_code == 422 or (looked.file.new, looked.file.unknown) == (0, 0)
    if answer.status_code == 422:
        assert answer.context["form"].errors["file"][0][-1] in ".?)"
        assert rows(alba.organisation, ListFile) == []


def test_it_finds_nobody_of_another_organisation(alba: Actor, gala: Actor, group: Any) -> None:
    hers = make_contact(gala.organisation, "suya@example.com")
    file = look(alba, group, f"Correo,Id\nsuya@example.com,\n,{hers.pk}\n").context["looked"].file
    assert (file.new, file.unknown) == (0, 2)
    mine = make_contact(alba.organisation, "ana@example.com")
    file = look(alba, group, "Correo\nana@example.com\n").context["looked"].file
    assert gala.client.post(
        reverse("segments:list-file-decision", args=[gala.member.organisation.slug, group.pk]), {"file": str(file.pk)}
    ).status_code == 404  # fmt: skip
    assert look(gala, group, "Correo\nana@example.com\n").status_code == 404
    assert members(alba, group) == set()
    decide(alba, group, file.pk)
    assert members(alba, group) == {mine.pk}


def test_who_is_erased_in_between_is_not_put_in(alba: Actor, group: Any) -> None:
    known = people(alba)
    file = look(alba, group, "Correo\nana@example.com\neva@example.com\n").context["looked"].file
    erase_contact(organisation=alba.member.organisation.pk, contact=known["ana"].pk, by=alba.member.id, at=now())
    decide(alba, group, file.pk)
    assert members(alba, group) == {known["eva"].pk}


def test_conditions_decide_about_the_others(alba: Actor) -> None:
    live = make_segment(alba, {"what": "place", "op": "is", "value": ["Cali"]}, name="Cali")
    assert look(alba, live, "Correo\nana@example.com\n").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_it_is_once(alba: Actor, group: Any) -> None:
    people(alba)
    file = look(alba, group, "Correo\nana@example.com\neva@example.com\n").context["looked"].file
    for do in ("", "undo"):
        acts: list[Callable[[], int]] = [
            partial(lambda do: int(decide(Actor(alba.person, alba.organisation), group, file.pk, do).status_code), do)
        ] * 2
        assert sorted(together(acts)) == [302, 409]
    assert members(alba, group) == set()
