"""Forms as they stand on pages: harvested, filled in, sent. A new form is tried the day it appears."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client

from tests.safety import answers
from tests.safety.examples import doors, values_for
from tests.safety.market import Market

NEVER = ("/salir/", "/cierre/", "/retiro/", "/salida/", "/cancelacion/", "/vaciado/", "/revocacion/", "/fin/", "/borrado/")
"""Endings: sent last or not at all, or the rest of the walk has nothing left."""
FREE = {"text", "search", "textarea", "url", "email", "tel", "hidden"}
VALUES = {
    "email": "nueva@example.com",
    "tel": "+573001234567",
    "url": "https://example.com/x",
    "number": "3",
    "date": "2027-01-31",
    "time": "10:00",
}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    required: bool = False
    checked: bool = False


@dataclass
class Form:
    """A form that posts. `page` is where it stands."""

    page: str
    action: str
    fields: list[Field] = field(default_factory=list)
    multipart: bool = False

    def data(self, text: Callable[[Field], str | None] = lambda field: None) -> dict[str, str]:
        """Filled in as a person would, or with `text` where that answers something for a field of free text."""
        said: dict[str, str] = {}
        for one in self.fields:
            if one.kind in ("file", "submit", "csrf"):
                continue
            if one.kind in ("checkbox", "radio"):
                if one.checked or one.required or one.name not in said:
                    said[one.name] = one.value or "on"
                continue
            said[one.name] = (text(one) or one.value) if one.kind in FREE else one.value
            if not said[one.name]:
                said[one.name] = VALUES.get(one.kind) or next((c for c in one.choices if c), "") or (text(one) or "algo")
        return said


class Reader(HTMLParser):
    """Collects the posting forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Form] = []
        self.form: Form | None = None
        self.select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.form = None
            action = said.get("data-hx-post") or said.get("action", "")
            if said.get("method", "").lower() == "post" or "data-hx-post" in said:
                self.form = Form(self.page, urljoin(self.page, action), multipart="multipart" in said.get("enctype", ""))
                self.found.append(self.form)
        elif self.form is None:
            return
        elif tag in ("input", "textarea") and said.get("name"):
            kind = "textarea" if tag == "textarea" else said.get("type", "text")
            kind = "csrf" if said["name"] == "csrfmiddlewaretoken" else kind
            self.form.fields.append(
                Field(said["name"], kind, said.get("value", ""), required="required" in said, checked="checked" in said)
            )
        elif tag == "select" and said.get("name"):
            self.select = Field(said["name"], "select", required="required" in said)
            self.form.fields.append(self.select)
        elif tag == "option" and self.select is not None:
            self.select.choices.append(said.get("value", ""))
            if "selected" in said:
                self.select.value = said.get("value", "")
        elif tag == "button" and said.get("name"):
            self.form.fields.append(Field(said["name"], "select", said.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        elif tag == "form":
            self.form = None


def forms_on(page: str, answer: HttpResponse) -> list[Form]:
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return []
    reader = Reader(page)
    reader.feed(answer.content.decode())
    return reader.found


def pages(market: Market) -> Iterator[tuple[str, Client]]:
    """Every page that somebody of Alba's, of the market, or anybody reads, with who reads it."""
    return ((address, reader(market, audience)) for address, audience in addresses(market))


def reader(market: Market, audience: str) -> Client:
    """Who a policy means; anybody is a new stranger each time."""
    people = {"operator": market.dario, "member": market.alba, "person": market.carmen}
    return people[audience].client if audience in people else Client()


def addresses(market: Market) -> Iterator[tuple[str, str]]:
    for door in doors():
        audience = door.policies["GET"].audience
        if audience != "key" and not door.path.startswith(("api/", "ui/", "media/", "salir")):
            yield door.address(values_for(door, market)), audience


def all_forms(market: Market) -> list[tuple[Form, Client]]:
    """Each posting form once, by address and fields, with who may send it. Asked once of each market: tests leave it as they found it."""
    if (alba := market.alba.member.organisation.pk) not in market.harvest:
        market.harvest[alba] = list(harvested(market))
    return [(form, reader(market, audience)) for form, audience in market.harvest[alba]]


def harvested(market: Market) -> Iterator[tuple[Form, str]]:
    known: set[tuple[str, str]] = set()
    for address, audience in addresses(market):
        for form in forms_on(address, answers.ask(reader(market, audience), "GET", address)):
            named = (form.action, " ".join(sorted({one.name for one in form.fields})))
            if form.action.startswith("/") and named not in known:
                known.add(named)
                yield form, audience
