"""How many parts a text message takes, before it is paid for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oportuno.people.messaging.rules.texts import EXTENSION, GSM, UCS2, in_gsm, preview_sms

CASES = Path(__file__).parents[5].parent / "shared" / "cases" / "sms" / "dev.json"


@pytest.mark.parametrize(
    "text, encoding, segments, units",
    [
        ("", GSM, 1, 0),
        ("a" * 160, GSM, 1, 160),
        ("a" * 161, GSM, 2, 161),
        ("a" * 306, GSM, 2, 306),
        ("a" * 307, GSM, 3, 307),
        ("€" * 80, GSM, 1, 160),
        ("€" * 81, GSM, 2, 162),
        ("ñ" * 160, GSM, 1, 160),
        ("á" * 70, UCS2, 1, 70),
        ("á" * 71, UCS2, 2, 71),
        ("🌹" * 35, UCS2, 1, 70),
        ("🌹" * 36, UCS2, 2, 72),
        ("á" * 134, UCS2, 2, 134),
        ("á" * 135, UCS2, 3, 135),
    ],
)
def test_parts_are_counted_as_networks_do(text: str, encoding: str, segments: int, units: int) -> None:
    found = preview_sms(text)
    assert (found.encoding, found.segments, found.units) == (encoding, segments, units)


def test_an_escape_is_not_cut_from_its_letter() -> None:
    """At the seam the euro goes over whole: the first part holds 152, and one that counts 306 places in two takes three."""
    found = preview_sms("a" * 152 + "€" + "b" * 100)
    assert [len(part) for part in found.parts] == [152, 101]
    assert preview_sms("a" * 152 + "€" + "b" * 152).segments == 3


def test_a_pair_is_not_cut_in_two() -> None:
    found = preview_sms("á" * 66 + "🌹" + "é" * 20)
    assert [len(part) for part in found.parts] == [66, 21]


def test_what_made_it_dear_is_named_and_the_cheap_spelling_offered() -> None:
    found = preview_sms("Tu pedido llegó — “hoy”")
    assert (found.encoding, found.culprits) == (UCS2, ("ó", "—", "“", "”"))
    assert (found.nearest, found.nearest_segments) == ('Tu pedido llego - "hoy"', 1)
    assert preview_sms("Feliz día 🌹").nearest == ""
    assert preview_sms("Mañana, ¿sí?").nearest == "Mañana, ¿si?"
    assert preview_sms("Hasta pronto, Ñoño").nearest == ""


@given(st.text(alphabet=st.sampled_from("aé@€{}~[]|^\\\náñó🌹漢👩‍👧 "), max_size=700))
@settings(max_examples=500, deadline=None)
def test_the_parts_are_the_text_and_none_is_too_long(text: str) -> None:
    found = preview_sms(text)
    assert "".join(found.parts) == text
    assert found.segments == len(found.parts)
    widths = [
        sum((2 if letter in EXTENSION else 1) if found.encoding == GSM else len(letter.encode("utf-16-be")) // 2 for letter in part)
        for part in found.parts
    ]
    assert all(width <= found.limit for width in widths)
    assert found.left == found.limit - widths[-1]
    assert in_gsm(text) == "" or preview_sms(in_gsm(text)).encoding == GSM


@pytest.mark.skipif(not CASES.is_file(), reason="the folder of real text messages is not beside this checkout")
def test_real_messages_are_counted_right() -> None:
    for case in json.loads(CASES.read_text()):
        found = preview_sms(case["body"])
        assert (found.encoding, found.segments, found.bits, found.total_bits) == (
            case["encoding"],
            case["segments"],
            case["bits"],
            case["total_bits"],
        )
