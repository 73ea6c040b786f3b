"""A row of a table as a contact, by a mapping of its columns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from oportuno.kernel.tables import Row
from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.bringing import meaning
from oportuno.people.audience.rules.bringing.checking import add_email, add_phone, add_tags, finished
from oportuno.people.audience.rules.bringing.columns import FIELD, LEFT_OUT, MOST_FIELDS, SOCIAL, field_key
from oportuno.people.audience.rules.bringing.shapes import OUT, Brought, Setting

Reader = Callable[[Brought, str, Setting], None]
PLAIN = frozenset({"name", "given_name", "family_name", "company", "job_title"})
POSTAL = ("street", "postcode", "city", "region", "country")
LONGEST_FIELD = 1_000
BETWEEN_TAGS = re.compile(r"\s*(?:[,;|]|:::)\s*")
TRIES = 50  # cells of a column that tell what it holds


def from_row(row: Row, mapping: Mapping[str, str], setting: Setting) -> Brought:
    """`mapping`: heading → what it is. Columns of one kind add up: two e-mails are two addresses."""
    one = Brought(row.line)
    if row.trouble:
        one.problems.append(("", row.trouble, {}))
        return one
    postal: dict[str, list[str]] = {}
    phones: list[str] = []
    for heading, value in row.cells.items():
        target = mapping.get(heading, LEFT_OUT)
        if not target or not (text := meaning.cell(value)):
            continue
        if target in PLAIN:
            if not getattr(one, target):
                setattr(one, target, text)
        elif target in POSTAL:
            postal.setdefault(target, []).append(text)
        elif target == "phone":
            phones.append(text)
        elif target.startswith(FIELD):
            one.fields.setdefault(target[len(FIELD) :], text[:LONGEST_FIELD])
        elif reader := READERS.get(target):
            reader(one, text, setting)
        elif target.startswith(SOCIAL):
            one.keys.append(addresses.social(target[len(SOCIAL) :], text.rstrip("/").rpartition("/")[2]))
    if postal:
        _address(one, postal)
    for text in phones:  # last: where somebody lives tells which country's number it is
        add_phone(one, text, one.country or setting.country)
    return finished(one, setting)


def _address(one: Brought, parts: Mapping[str, Sequence[str]]) -> None:
    one.place = next(iter(parts.get("city", ())), "")
    said = next(iter(parts.get("country", ())), "")
    one.country = meaning.country(said)
    if "street" in parts:
        words = [*parts["street"], " ".join((*parts.get("postcode", ()), *parts.get("city", ()))), *parts.get("region", ()), said]
        name = one.name or f"{one.given_name} {one.family_name}"
        if given := addresses.postal(", ".join(word for word in words if word.strip()), name):
            one.keys.append(given)


def _email(one: Brought, text: str, setting: Setting) -> None:
    add_email(one, text)


def _tags(one: Brought, text: str, setting: Setting) -> None:
    add_tags(one, _words(text))


@lru_cache(maxsize=1024)
def _words(text: str) -> list[str]:
    return BETWEEN_TAGS.split(text)


def _postal(one: Brought, text: str, setting: Setting) -> None:
    """Whole addresses, as our own sheets write them."""
    for piece in text.split(":::"):
        if given := addresses.postal(piece.strip(), one.name or f"{one.given_name} {one.family_name}"):
            one.keys.append(given)


def _social(one: Brought, text: str, setting: Setting) -> None:
    """`network:handle`, as our own sheets write them."""
    for piece in text.split(":::"):
        network, _colon, handle = piece.strip().partition(":")
        if network and handle:
            one.keys.append(addresses.social(network, handle))


def _note(one: Brought, text: str, setting: Setting) -> None:
    one.note = f"{one.note}\n{text}" if one.note else text


def _stage(one: Brought, text: str, setting: Setting) -> None:
    one.stage = meaning.stage(text)
    if not one.stage:
        one.fields.setdefault("stage_elsewhere", text[:LONGEST_FIELD])


def _kind(one: Brought, text: str, setting: Setting) -> None:
    one.kind = "organisation" if text.lower() in meaning.COMPANIES else "person"


def _language(one: Brought, text: str, setting: Setting) -> None:
    one.language = meaning.language(text)


def _status(one: Brought, text: str, setting: Setting) -> None:
    one.standing = OUT if meaning.is_out(text) else one.standing


def _opted_out(one: Brought, text: str, setting: Setting) -> None:
    one.standing = OUT if meaning.is_yes(text) else one.standing


def _website(one: Brought, text: str, setting: Setting) -> None:
    one.fields.setdefault("website", text[:LONGEST_FIELD])


def _attributes(one: Brought, text: str, setting: Setting) -> None:
    """listmonk's: an object of further fields."""
    try:
        said: Any = json.loads(text)
    except (ValueError, RecursionError):
        one.notes.append(("attributes", "not_json", {"value": text[:60]}))
        return
    if not isinstance(said, dict):
        return
    for key, value in list(said.items())[:MOST_FIELDS]:
        plain = field_key(str(key))
        if plain and value not in (None, "", [], {}):
            one.fields[plain] = (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[:LONGEST_FIELD].replace(
                "\x00", ""
            )
            if plain in ("city", "ciudad") and isinstance(value, str):
                one.place = one.place or value


READERS: dict[str, Reader] = {
    "email": _email, "tags": _tags, "note": _note, "stage": _stage, "kind": _kind, "language": _language,
    "status": _status, "opted_out": _opted_out, "website": _website, "postal_address": _postal, "social": _social, "attributes": _attributes,
}  # fmt: skip


def by_content(first: Sequence[Row], mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping, with columns whose cells are plainly e-mail addresses or phone numbers, whatever their heading says."""
    found = dict(mapping)
    for heading, target in mapping.items():
        cells = [text for row in first[:TRIES] if (text := meaning.cell(row.cells.get(heading, "")))]
        if not cells or not (target == LEFT_OUT or target.startswith(FIELD)):
            continue
        if sum(addresses.PLAIN_EMAIL.fullmatch(cell) is not None for cell in cells) > len(cells) * 0.6:
            found[heading] = "email"
        elif "phone" not in mapping.values() and sum(_like_phone(cell) for cell in cells) > len(cells) * 0.8:
            found[heading] = "phone"
    return found


def _like_phone(text: str) -> bool:
    digits = re.sub(r"[\s().+-]", "", text)
    return digits.isascii() and digits.isdecimal() and 10 <= len(digits) <= 13
