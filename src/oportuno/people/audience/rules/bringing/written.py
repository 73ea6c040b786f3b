"""A contact as a vCard 4.0 (RFC 6350), as our own reading takes it in again without a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

LONGEST = 75  # octets of a line; the rest goes onto the next ones
NEEDS = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n", "\r": ""})


def card_of(
    *, identity: str, name: str, given: str, family: str, is_company: bool, company: str, position: str, language: str, tags: Sequence[str],
    emails: Sequence[str], phones: Sequence[str], places: Sequence[str], networks: Sequence[str], fields: Mapping[str, str],
) -> str:  # fmt: skip
    """The first e-mail and phone are the preferred ones; `networks` are `network:handle`. Own fields are X-OPORTUNO-FIELD with their key for a type."""
    told = [
        "BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{identity}", f"KIND:{'org' if is_company else 'individual'}", f"FN:{_said(name)}",
        f"N:{_said(family)};{_said(given)};;;",
    ]  # fmt: skip
    told += [f"EMAIL{_first(place)}:{one}" for place, one in enumerate(emails)]
    told += [f"TEL;VALUE=uri{_first(place)}:tel:{one}" for place, one in enumerate(phones)]
    told += [f"ADR:;;{_said(one)};;;;" for one in places]
    told += [
        f"X-SOCIALPROFILE;TYPE={_said(network)}:{_said(handle)}" for network, _colon, handle in (one.partition(":") for one in networks)
    ]
    told += [f"ORG:{_said(company)}"] if company else []
    told += [f"TITLE:{_said(position)}"] if position else []
    told += [f"LANG:{language}"] if language else []
    told += ["CATEGORIES:" + ",".join(_said(tag) for tag in tags)] if tags else []
    told += [f"X-OPORTUNO-FIELD;TYPE={key}:{_said(value)}" for key, value in sorted(fields.items())]
    return "".join(f"{line}\r\n" for one in [*told, "END:VCARD"] for line in _folded(one))


def _said(text: str) -> str:
    return text.translate(NEEDS)


def _first(place: int) -> str:
    return "" if place else ";PREF=1"


def _folded(line: str) -> Iterator[str]:
    """No letter is cut in two."""
    now, size, limit = "", 0, LONGEST
    for letter in line:
        weight = len(letter.encode())
        if size + weight > limit:
            yield now
            now, size, limit = " ", 1, LONGEST
        now, size = now + letter, size + weight
    yield now
