"""What is looked at before sending: each remark has its reason, and what must be mended stops it."""

from __future__ import annotations

from typing import Any

import pytest

from oportuno.growth.campaigns.actions.linking import answer_links
from oportuno.growth.campaigns.queries.checks import checked
from oportuno.growth.campaigns.rules.checking import BLOCK, Around, Sheet, links_of, remarks_on, shouts
from oportuno.growth.campaigns.testing import MONDAY, again, lease, reader, written
from oportuno.kernel.isolation import for_organisation

WORDS = "Estas son las flores que llegaron esta semana a la tienda, y dónde puedes verlas antes del sábado."
FINE = Sheet(
    "email", "Rosas de noviembre", '<p>Hola <a href="https://example.com/">ver</a></p>', WORDS, (), {"https://example.com/": 200}, 0
)


def codes(around: Around = Around(10, True, True), **changed: Any) -> dict[str, str]:  # noqa: B008
    return {one.code: one.level for one in remarks_on(Sheet(**{**vars(FINE), **changed}), around)}


def test_a_plain_bulletin_has_nothing_to_mend() -> None:
    assert codes() == {}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"subject": " "}, "no subject"),
        ({"text": ""}, "no words"),
        ({"unknown": ["nadie"]}, "unknown fields"),
        ({"links": {"https://example.com/": 404}}, "links gone"),
    ],
)
def test_what_must_be_mended_stops_it(changed, code) -> None:
    assert codes(**changed)[code] == BLOCK


def test_nobody_to_send_it_to_or_no_address_of_ones_own_stops_it() -> None:
    assert codes(Around(0, True, True)) == {"no audience": BLOCK}
    assert codes(Around(5, False, True)) == {"no postal address": BLOCK}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"subject": "OFERTA DE HOY PARA TODOS"}, "shouted subject"),
        ({"subject": "Rosas!! Ya!!"}, "many marks"),
        ({"text": "¡Gana dinero con flores! " + WORDS}, "lures"),
        ({"text": "Haz clic aquí. " + WORDS}, "lures"),
        ({"html": "x" * 110_000 + FINE.html}, "too heavy"),
        ({"subject": "r" * 90}, "long subject"),
        ({"pictures_without_words": 2}, "pictures without words"),
        ({"html": "<img src=x>" * 4 + FINE.html, "text": "Mira"}, "almost only pictures"),
        ({"links": {"https://bit.ly/x": 200}}, "shortened links"),
        ({"links": {"http://192.0.2.1/": 200}}, "links to numbers"),
        ({"links": {}}, "no links"),
        ({"links": {"https://example.com/": 500}}, "links broken"),
        ({"links": {"https://example.com/": 0}}, "links broken"),
        ({"links": {"https://example.com/": None}}, "links not asked"),
    ],
)
def test_what_filters_dislike_is_said_and_stops_nothing(changed, code) -> None:
    assert codes(**changed)[code] == "warn"
    assert BLOCK not in codes(**changed).values()


def test_a_text_message_is_not_asked_for_what_only_mails_have() -> None:
    assert codes(Around(10, False, True), channel="sms", subject="", html="", links={}) == {}


def test_a_word_in_a_word_is_no_lure_and_names_are_no_shouting() -> None:
    assert "lures" not in codes(text="Congratisimo y urgentemente " + WORDS)
    assert not shouts("Rosas de la ONU y la OEA")
    assert links_of('<a href="https://a.example/">x</a><a href="https://a.example/">y</a><a href="mailto:x@y">z</a>') == [
        "https://a.example/"
    ]


@pytest.mark.django_db
def test_every_address_is_asked_and_ours_are_looked_up(alba, settings) -> None:
    """Nothing is asked of networks that are nobody's business: the outgoing client refuses them."""
    settings.ORIGIN = "https://mercado.example"
    reader(alba, "a@example.com")
    blocks = [
        {"type": "button", "label": label, "href": href}
        for label, href in (("Ver", "/buscar/"), ("No", "/no-hay/tal-cosa/aqui/"), ("X", "http://127.0.0.1:9/"))
    ]
    found = written(alba, WORDS, *blocks)
    answer_links(lease(alba), found.pk, at=MONDAY)
    links = again(alba, found.pk).links
    assert links["https://mercado.example/buscar/"] == 200
    assert links["http://127.0.0.1:9/"] == 0
    with for_organisation(alba.organisation.pk):
        said = [one.sentence for one in checked(again(alba, found.pk))]
    assert any("no respondieron bien" in one for one in said)
