"""RIS: lines of a tag and a value, as reference managers and library catalogues give them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .dates import date_parts, written
from .items import Item, SourceUnreadable, clean
from .names import names_of, names_written

LINE = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")
TYPES = {
    "JOUR": "article-journal", "JFULL": "article-journal", "BOOK": "book", "EBOOK": "book", "CHAP": "chapter", "ECHAP": "chapter",
    "RPRT": "report", "GOVDOC": "report", "STAND": "standard", "STAT": "legislation", "BILL": "legislation", "LEGAL": "legislation",
    "THES": "thesis", "CONF": "paper-conference", "CPAPER": "paper-conference", "ELEC": "webpage", "WEB": "webpage", "BLOG": "webpage",
    "MGZN": "article-magazine", "NEWS": "article-newspaper", "DATA": "dataset", "VIDEO": "motion_picture", "MPCT": "motion_picture",
}  # fmt: skip
BACK = {kind: tag for tag, kind in reversed(TYPES.items())}
FIELDS = {
    "TI": "title", "T1": "title", "CT": "title", "BT": "container-title", "JO": "container-title", "JF": "container-title",
    "T2": "container-title", "JA": "container-title", "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place", "VL": "volume",
    "IS": "issue", "ET": "edition", "DO": "DOI", "UR": "URL", "LA": "language", "N1": "note", "M3": "genre", "M1": "number",
}  # fmt: skip
MOST = 500


def read_ris(text: str) -> list[Item]:
    """Every record of a file. Raises SourceUnreadable with the line where there is none, or one without a title."""
    found: list[Item] = []
    record: dict[str, list[str]] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        tag = LINE.match(line.rstrip())
        if tag is None:
            continue
        if tag[1] == "ER":
            found.append(_item(record, number))
            record = {}
            if len(found) > MOST:
                raise SourceUnreadable("many")
        else:
            record.setdefault(tag[1], []).append(tag[2].strip())
    if record:
        found.append(_item(record, number))
    if not found:
        raise SourceUnreadable("nothing")
    return found


def write_ris(key: str, item: Mapping[str, Any]) -> str:
    """One record, ending with ER."""
    lines = [("TY", BACK.get(item["type"], "GEN")), ("ID", key)]
    lines += [("AU", names_written([one])) for one in item.get("author", [])]
    lines += [("A2", names_written([one])) for one in item.get("editor", [])]
    for tag in ("TI", "T2", "PB", "CY", "VL", "IS", "ET", "M1", "M3", "DO", "UR", "LA", "N1"):
        if value := item.get(FIELDS[tag]):
            lines.append((tag, value))
    if serial := item.get("ISSN") or item.get("ISBN"):
        lines.append(("SN", serial))
    if pages := item.get("page"):
        first, _dash, last = pages.replace("–", "-").partition("-")
        lines += [("SP", first.strip()), *([("EP", last.strip())] if last else [])]
    if parts := item.get("issued", {}).get("date-parts", [[]])[0]:
        lines += [("PY", str(parts[0])), ("DA", written(parts).replace("-", "/"))]
    return "".join(f"{tag}  - {' '.join(str(value).split())}\r\n" for tag, value in [*lines, ("ER", "")])


def _item(record: Mapping[str, list[str]], line: int) -> Item:
    given: Item = {"type": TYPES.get(next(iter(record.get("TY", [])), ""), "book")}
    for tag, values in record.items():
        if tag in FIELDS and values and not given.get(FIELDS[tag]):
            given[FIELDS[tag]] = values[0]
    given["author"] = names_of("; ".join(one for tag in ("AU", "A1") for one in record.get(tag, [])))
    given["editor"] = names_of("; ".join(one for tag in ("A2", "ED", "A3") for one in record.get(tag, [])))
    given["page"] = "–".join(record[tag][0] for tag in ("SP", "EP") if record.get(tag))
    serial = next(iter(record.get("SN", [])), "")
    given["ISBN" if given["type"] in ("book", "chapter") else "ISSN"] = serial
    when = next((parts for tag in ("DA", "Y1", "PY") for one in record.get(tag, []) if (parts := date_parts(one.rstrip("/")))), [])
    given["issued"] = {"date-parts": [when]}
    try:
        return clean(given)
    except SourceUnreadable as unreadable:
        raise SourceUnreadable(unreadable.code, line) from None
