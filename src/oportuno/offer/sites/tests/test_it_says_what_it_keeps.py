"""Whoever spoke in somebody's site sees all that is kept of her there, and takes it out."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from oportuno.offer.sites.testing import open_site, say, write
from oportuno.offer.sites.tests.asking import open_form, send
from oportuno.offer.sites.tests.test_it_is_asked_for_topics import ask
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def test_she_reads_and_takes_out_what_she_answered_said_and_asked_for(felix: Actor, carmen: Actor, gala: Actor, stranger: Client) -> None:
    open_site(felix)
    post = write(felix.member, "Rosas en invierno")
    email = carmen.person.email
    send(stranger, felix, open_form(felix), q_email=email, q_que_necesitas="Rosas para el sábado")
    say(stranger, felix, post, text="¿Y con heladas?", email=email, follows="on")
    ask(stranger, felix, "Rosas en maceta", email=email, agrees="on")
    page = carmen.get("/mi-cuenta/mis-datos/").content.decode()
    for words in ("Rosas para el sábado", "¿Qué necesitas?", "¿Y con heladas?", "Rosas en maceta"):
        assert words in page
        assert words not in gala.get("/mi-cuenta/mis-datos/").content.decode()
    taken = json.loads(carmen.get("/mi-cuenta/mis-datos/descarga/").content)
    kept = [one for held in taken["organisations"] for one in held["kept"]]
    assert {one["title"] for one in kept} == {"Pide tu ramo", "Rosas en invierno", "Rosas en maceta"}
    assert ["¿Qué necesitas?", "Rosas para el sábado"] in next(one["words"] for one in kept if one["title"] == "Pide tu ramo")
