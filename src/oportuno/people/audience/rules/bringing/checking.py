"""The last step for a contact of any file: names, addresses, and whether it can be known by anything at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.bringing.shapes import Brought, Setting
from oportuno.people.audience.rules.own_fields import settled

MOST_KEYS, MOST_TAGS, LONGEST_TAG, LONGEST_NOTE = 20, 30, 40, 4000
SEVERAL = re.compile(r"\s*(?:[;,|\n]|:::)\s*")
SEVERAL_PHONES = re.compile(r"\s*(?:[;|\n]|:::|,(?!\s*ext)|\s/\s)\s*")
NAMED_EMAIL = re.compile(r".*<([^<>]+)>\s*")
EXTENSION = re.compile(r"\s*(?:;ext=|\bext\.?|\bextension|\bx)\s*\d*\s*$", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def add_email(one: Brought, text: str) -> None:
    """One address, or several with marks between them; what is none is told, once for each."""
    if found := addresses.email(text):
        one.keys.append(found)
        return
    for piece in SEVERAL.split(text):
        if named := NAMED_EMAIL.fullmatch(piece):
            piece = named[1]
        piece = piece.strip().removeprefix("mailto:")
        if piece and (found := addresses.email(piece)):
            one.keys.append(found)
        elif piece:
            one.notes.append(("email", "email_wrong", {"value": piece[:80]}))


def add_phone(one: Brought, text: str, country: str) -> None:
    """One number, or several; an extension is left out. `country` is where a number without a country's code belongs."""
    if found := addresses.plain_phone(text, country):
        one.keys.append(found)
        return
    for piece in SEVERAL_PHONES.split(EXTENSION.sub("", text)):
        piece = EXTENSION.sub("", piece.strip().removeprefix("tel:"))
        if piece and (found := addresses.phone(piece, country)):
            one.keys.append(found)
        elif piece:
            one.notes.append(("phone", "phone_wrong", {"value": piece[:40]}))


def add_tags(one: Brought, words: Iterable[str]) -> None:
    found = [plain for word in words if (plain := addresses.plain_name(word).strip("\"'* ").lower()[:LONGEST_TAG])]
    one.tags = sorted({*one.tags, *found})[:MOST_TAGS] if found else one.tags


def finished(one: Brought, setting: Setting) -> Brought:
    """Whole: its names agree, each address stands once, and there is one at all; else `problems` says why not."""
    one.given_name, one.family_name = addresses.plain_name(one.given_name)[:80], addresses.plain_name(one.family_name)[:80]
    one.name = addresses.plain_name(one.name) if one.name else addresses.plain_name(f"{one.given_name} {one.family_name}".strip())
    if one.company or one.job_title:
        one.company, one.job_title = addresses.plain_name(one.company), addresses.plain_name(one.job_title)[:120]
    if not one.name and one.company and not one.given_name:
        one.name, one.kind = one.company, one.kind or "organisation"
    one.place = addresses.plain_name(one.place)[:120]
    if one.note:
        one.note = CONTROL.sub("", one.note).replace("\r\n", "\n").strip()[:LONGEST_NOTE]
    if one.fields and setting.fields:
        _settle_fields(one, setting)
    if len(one.keys) > 1:
        one.keys = list({(key.kind, key.key): key for key in reversed(one.keys)}.values())[::-1][:MOST_KEYS]
    if "\ufffd" in one.name or "\ufffd" in one.company or "\ufffd" in one.place:
        one.problems.append(("name", "letters", {"value": (one.name or one.company)[:60]}))
    elif not one.keys:
        one.problems.extend(one.notes or [("", "no_address", {"value": one.name[:80]})])
    return one


def _settle_fields(one: Brought, setting: Setting) -> None:
    """Values of declared fields as they are kept; what is no value of its field is told and left out."""
    said = one.fields
    one.fields, unfit = settled(setting.fields, said)
    labels = {field.key: field.label for field in setting.fields}
    one.notes.extend((f"field:{key}", f"field_{code}", {"field": labels[key], "value": str(said[key])[:60]}) for key, code in unfit.items())
