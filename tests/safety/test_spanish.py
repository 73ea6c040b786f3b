"""Whoever reads Spanish meets no sentence of the code's English: every page, by whoever may open it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from oportuno.kernel.messages import PO, applications
from tests.safety import answers
from tests.safety.examples import doors, values_for
from tests.safety.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ONE_MARKET = True
SAID = ("aria-label", "title", "placeholder", "alt", "data-confirm")
SILENT = ("script", "style", "code", "pre", "template")
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]")
LEFT_OUT = ("ui:", "account_logout")  # the living pages show components, by their names
OWN_NAMES = {"English"}  # a language is called as its readers call it


class Reader(HTMLParser):
    """What a page says, without code and without what it marks as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: set[str] = set()
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        muted = tag in SILENT or not (given.get("lang") or "es").startswith("es")
        if not muted and not self._muted():
            self.said |= {" ".join((given[name] or "").split()) for name in SAID if name in given}
        if tag not in VOID:
            self._open.append((tag, muted))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._muted() and data.strip():
            self.said.add(" ".join(data.split()))

    def _muted(self) -> bool:
        return any(muted for _tag, muted in self._open)


def english() -> tuple[set[str], list[re.Pattern[str]]]:
    """Messages as they stand in the code: whole sentences, and patterns of those with something put in."""
    pairs = []
    for application in applications():
        if (application / PO).exists():
            with (application / PO).open("rb") as file:
                for message in read_po(file, locale="es"):
                    ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
                    texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
                    pairs += [(" ".join(one.split()), " ".join(texts[0].split())) for one in ids if one and texts[0]]
    spanish = {text for _, text in pairs}
    foreign = {source for source, text in pairs if source != text and source not in spanish}
    holed = {one for one in foreign if HOLE.search(one) and len(HOLE.sub("", one)) > 12}
    patterns = [re.compile(".+".join(map(re.escape, HOLE.split(one)))) for one in holed]
    return foreign - holed, patterns


def pages(market: Market) -> Iterator[tuple[str, HttpResponse]]:
    """Every page that answers a GET, in Spanish, each opened by somebody who may."""
    for door in doors():
        if door.name.startswith(LEFT_OUT):
            continue
        address, audience = door.address(values_for(door, market)), door.policies["GET"].audience
        reader = {"member": market.alba, "person": market.carmen}.get(audience)
        if (audience in ("operator", "member") and reader is None) or market.dario.member.organisation.slug in address:
            reader = market.dario
        cache.clear()
        answer = answers.ask(reader.client if reader else Client(), "GET", address)
        if answer.status_code == 404 and audience == "operator":
            address = address.replace(market.alba.member.organisation.slug, market.dario.member.organisation.slug, 1)
            answer = answers.ask(market.dario.client, "GET", address)
        if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            yield address, answer


def test_it_says_nothing_in_english_to_who_reads_spanish(market: Market) -> None:
    sentences, patterns = english()
    seen: set[str] = set()
    wrong, read = [], 0
    for address, answer in pages(market):
        reader = Reader()
        reader.feed(answer.content.decode())
        read += 1
        for said in reader.said - seen - OWN_NAMES:
            seen.add(said)
            if said in sentences or any(one.fullmatch(said) for one in patterns):
                wrong.append(f"{address} ({answer.status_code}): {said}")
    assert read > 60
    assert not wrong, "\n".join(wrong)
