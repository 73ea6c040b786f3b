"""BibTeX: entries of fields in braces or quotation marks. Strings and comments are understood, TeX itself is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .dates import SHORT, checked, date_parts, month_number
from .items import Item, SourceUnreadable, clean, doi_of
from .latex import from_latex, to_latex
from .names import LONGEST, Name

TYPES = {
    "article": "article-journal", "book": "book", "booklet": "book", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "proceedings": "book", "manual": "report", "techreport": "report",
    "report": "report", "standard": "standard", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "misc": "webpage", "dataset": "dataset", "video": "motion_picture", "legislation": "legislation",
    "unpublished": "report",
}  # fmt: skip
BACK = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "book": "book", "chapter": "incollection",
    "paper-conference": "inproceedings", "report": "techreport", "thesis": "phdthesis",
}  # fmt: skip
FIELDS = {
    "title": "title", "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title", "publisher": "publisher",
    "institution": "publisher", "school": "publisher", "organization": "publisher", "address": "publisher-place", "location": "publisher-place",
    "volume": "volume", "number": "issue", "issue": "issue", "pages": "page", "edition": "edition", "isbn": "ISBN", "issn": "ISSN",
    "url": "URL", "doi": "DOI", "language": "language", "note": "note", "type": "genre",
}  # fmt: skip
ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
NAME = re.compile(r"\s*,?\s*([A-Za-z][\w+-]*)\s*=\s*")
WORD = re.compile(r"[^\s,#{}\"()]+")
MOST, LARGEST = 500, 1_000_000


def read_bibtex(text: str) -> list[tuple[str, Item]]:
    """(key, source) of every entry. Raises SourceUnreadable with the line of what cannot be read."""
    if len(text) > LARGEST:
        raise SourceUnreadable("many")
    strings: dict[str, str] = {name: name for name in SHORT}
    found: list[tuple[str, Item]] = []
    for kind, key, fields, at in _entries(text, strings):
        line = text.count("\n", 0, at) + 1
        if len(found) >= MOST:
            raise SourceUnreadable("many")
        try:
            found.append((key, clean(_given(kind, fields))))
        except SourceUnreadable as unreadable:
            raise SourceUnreadable(unreadable.code, line) from None
    if not found:
        raise SourceUnreadable("nothing")
    return found


def write_bibtex(key: str, item: Mapping[str, Any]) -> str:
    """One entry, in UTF-8, of those kinds that every style knows."""
    kind = BACK.get(item["type"], "misc")
    place = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}.get(kind, "howpublished")
    whose = {"techreport": "institution", "phdthesis": "school", "misc": "organization"}.get(kind, "publisher")
    number = item.get("issue") or item.get("number")
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = {
        "author": " and ".join(_written(one) for one in item.get("author", [])),
        "editor": " and ".join(_written(one) for one in item.get("editor", [])),
        "title": f"{{{to_latex(item['title'])}}}",
        place: to_latex(item.get("container-title", "")),
        whose: to_latex(item.get("publisher", "")),
        "address": to_latex(item.get("publisher-place", "")),
        "year": str(parts[0]) if parts else "",
        "month": SHORT[parts[1] - 1] if len(parts) > 1 else "",
        "volume": to_latex(item.get("volume", "")),
        "number": to_latex(number or ""),
        "pages": to_latex(item.get("page", "").replace("–", "--")),
        "edition": to_latex(item.get("edition", "")),
        "isbn": to_latex(item.get("ISBN", "")),
        "issn": to_latex(item.get("ISSN", "")),
        "doi": to_latex(item.get("DOI", "")),
        "url": item.get("URL", "").replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "language": to_latex(item.get("language", "")),
        "note": to_latex(item.get("note", "")),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    body = ",\n".join(lines)
    return f"@{kind}{{{key},\n{body}\n}}\n"


def _entries(text: str, strings: dict[str, str]) -> Iterator[tuple[str, str, dict[str, str], int]]:
    at = 0
    while found := ENTRY.search(text, at):
        kind, at = found[1].lower(), found.end()
        if kind == "comment" or kind == "preamble":
            continue
        if kind == "string":
            fields, at = _fields(text, at, strings)
            strings |= fields
            continue
        comma = re.compile(r"[^\s,{}\"=]{0,200}\s*,").match(text, _skip(text, at))
        if comma is None:
            raise SourceUnreadable("line", text.count("\n", 0, at) + 1)
        fields, at = _fields(text, comma.end(), strings)
        yield kind, comma[0].rstrip(", \n\t"), fields, found.start()


def _fields(text: str, at: int, strings: Mapping[str, str]) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while name := NAME.match(text, at):
        value, at = _value(text, name.end(), strings)
        fields.setdefault(name[1].lower(), value)
    return fields, at


def _value(text: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """Pieces joined by "#": in braces, in quotation marks, a number, or the name of a string."""
    pieces = []
    while True:
        at = _skip(text, at)
        if text[at : at + 1] in ("{", '"'):
            end = _end(text, at)
            pieces.append(text[at + 1 : end])
            at = end + 1
        elif word := WORD.match(text, at):
            pieces.append(strings.get(word[0].lower(), word[0]))
            at = word.end()
        else:
            raise SourceUnreadable("line", text.count("\n", 0, at) + 1)
        at = _skip(text, at)
        if text[at : at + 1] != "#":
            return "".join(pieces), at
        at += 1


def _end(text: str, start: int) -> int:
    """Where what begins at `start` with a brace or a quotation mark ends, braces inside counted."""
    depth, quoted = 0, text[start] == '"'
    for at in range(start, len(text)):
        letter = text[at]
        if letter in "{}" and text[at - 1] != "\\":
            depth += 1 if letter == "{" else -1
            if depth == 0 and not quoted:
                return at
        elif letter == '"' and quoted and depth == 0 and at > start:
            return at
    raise SourceUnreadable("line", text.count("\n", 0, start) + 1)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _given(kind: str, fields: Mapping[str, str]) -> Item:
    given: Item = {"type": TYPES.get(kind, "webpage" if fields.get("url") else "book")}
    for name, field in FIELDS.items():
        if name in fields and not given.get(field):
            given[field] = from_latex(fields[name]) if name not in ("url", "doi") else fields[name].replace("\\", "").strip()
    if "howpublished" in fields and "URL" not in given and "http" in fields["howpublished"]:
        given["URL"] = re.sub(r"^.*?(https?://[^}\s]+).*$", r"\1", fields["howpublished"], flags=re.DOTALL)
    if given["type"] in ("report", "standard", "legislation"):
        given["number"] = given.pop("issue", "")
    if kind in ("phdthesis", "mastersthesis") and not given.get("genre"):
        given["genre"] = {"phdthesis": "Doctoral dissertation", "mastersthesis": "Master's thesis"}[kind]
    given["page"] = given.get("page", "").replace("--", "–")
    given["DOI"] = doi_of(given.get("DOI", ""))
    for role in ("author", "editor"):
        given[role] = [_name(one) for one in _people(fields.get(role, "")) if one != "others"]
    parts = date_parts(fields.get("date", "")) or date_parts(from_latex(fields.get("year", "")))
    month = month_number(fields.get("month", "")) if len(parts) == 1 else None
    given["issued"] = {"date-parts": [checked([*parts, month] if month else parts)]}
    return given


def _people(text: str) -> list[str]:
    """Cut at " and ", but not inside of braces, where it belongs to a name."""
    found, depth = [""], 0
    for piece in re.split(r"(\s+and\s+|[{}])", text):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if piece.strip() == "and" and piece != "and" and depth <= 0:
            found.append("")
        else:
            found[-1] += piece
    return [one.strip() for one in found if one.strip()]


def _name(text: str) -> Name:
    """ "Family, Given", "Given Family" or "{An Organisation}"."""
    text = text.strip()
    if text.startswith("{") and text.endswith("}"):
        return {"literal": from_latex(text)[:LONGEST]}
    if "," in text:
        family, *rest = (from_latex(part) for part in text.split(","))
        return {"family": family, "given": " ".join(reversed(rest)).strip()} if any(rest) else {"literal": family}
    words = from_latex(text).split()
    if len(words) < 2:
        return {"literal": " ".join(words)}
    begins = next((place for place, word in enumerate(words[:-1]) if place and word[0].islower()), len(words) - 1)
    return {"family": " ".join(words[begins:]), "given": " ".join(words[:begins])}


def _written(name: Mapping[str, str]) -> str:
    if literal := name.get("literal"):
        return f"{{{to_latex(literal)}}}"
    return to_latex(", ".join(part for part in (name.get("family"), name.get("given")) if part))
