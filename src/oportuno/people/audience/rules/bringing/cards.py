"""A vCard as a contact."""

from __future__ import annotations

from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.bringing import meaning
from oportuno.people.audience.rules.bringing.checking import add_email, add_phone, add_tags, finished
from oportuno.people.audience.rules.bringing.shapes import Brought, Setting
from oportuno.people.audience.rules.bringing.vcard import Card, Property, split, unescaped

NETWORKS = ("facebook", "instagram", "linkedin", "twitter", "x")
LATE = frozenset({"fax", "pager"})
FIELDS = {
    "BDAY": "birthday",
    "ANNIVERSARY": "anniversary",
    "NICKNAME": "nickname",
    "ROLE": "role",
    "TZ": "time_zone",
    "X-PHONETIC-FIRST-NAME": "phonetic_name",
}
MOST_SAID = 20


def from_card(card: Card, setting: Setting) -> Brought:
    one = Brought(card.line)
    if card.trouble:
        one.problems.append(("", card.trouble, {"value": card.first("FN")[:80]}))
        return one
    _name(card, one)
    one.company = next((parts[0].strip() for parts in (found.parts for found in card.all("ORG")) if parts[0].strip()), "")
    one.job_title = card.first("TITLE") or card.first("ROLE")
    one.language = meaning.language(card.first("LANG"))
    one.note = "\n".join(found.text.strip() for found in card.all("NOTE"))
    add_tags(one, (word for found in card.all("CATEGORIES") for word in map(unescaped, split(found.value, ","))))
    for found in card.all("EMAIL"):
        add_email(one, found.text.strip())
    for found in card.all("ADR"):
        _address(found, one)
    postal = [one.keys.pop() for _ in range(sum(key.kind == "postal" for key in one.keys))][::-1]
    for found in sorted(card.all("TEL"), key=lambda tel: bool(tel.types & LATE)):  # where one lives tells whose number it is
        add_phone(one, found.text.strip(), one.country or setting.country)
    one.keys.extend(postal)
    _networks(card, one)
    for name, key in FIELDS.items():
        if said := card.first(name):
            one.fields[key] = said[:400]
    for found in card.all("X-OPORTUNO-FIELD"):
        for key in found.types:
            one.fields[key] = found.text[:1000]
    if said := card.first("URL"):
        one.fields["website"] = said[:400]
    one.said = _said(card)
    return finished(one, setting)


def _name(card: Card, one: Brought) -> None:
    one.name = card.first("FN")
    family, given, more, before, after = ([*card.all("N")[0].parts, *[""] * 5] if card.all("N") else [""] * 5)[:5]
    one.given_name, one.family_name = _plain(given), _plain(family)
    if not one.name.strip():
        one.name = " ".join(_plain(part) for part in (before, given, more, family, after) if part.strip())
    kind = (card.first("KIND") or card.first("X-ABSHOWAS")).lower()
    one.kind = "organisation" if kind in ("org", "company") else ""


def _plain(part: str) -> str:
    return " ".join(part.replace(",", " ").split())


def _address(found: Property, one: Brought) -> None:
    box, more, street, city, region, code, country = ([part.strip() for part in found.parts] + [""] * 7)[:7]
    if not any((box, more, street, city)):
        return
    town = " ".join(part for part in (code, city) if part)
    if given := addresses.postal(", ".join(part for part in (street, more, box, town, region, country) if part), one.name):
        one.keys.append(given)
    one.place = one.place or city
    one.country = one.country or meaning.country(country)


def _networks(card: Card, one: Brought) -> None:
    for found in (*card.all("X-SOCIALPROFILE"), *card.all("SOCIALPROFILE"), *card.all("IMPP")):
        network = next((name for name in NETWORKS if name in found.types or f"{name}.com" in found.value), "")
        handle = found.text.strip().rstrip("/").rpartition("/")[2].rpartition(":")[2]
        if network and handle:
            one.keys.append(addresses.social("x" if network == "twitter" else network, handle))


def _said(card: Card) -> dict[str, object]:
    """In the card's own words and under its own names, so that anybody can compare."""
    return {
        "fn": [found.text for found in card.properties if found.name == "FN"][:MOST_SAID],
        "email": [found.text for found in card.properties if found.name == "EMAIL"][:MOST_SAID],
        "tel": [found.text for found in card.properties if found.name == "TEL"][:MOST_SAID],
        "org": [found.parts for found in card.properties if found.name == "ORG"][:MOST_SAID],
        "version": [found.text for found in card.properties if found.name == "VERSION"][:1],
    }
