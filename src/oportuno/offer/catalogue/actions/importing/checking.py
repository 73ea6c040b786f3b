"""Is a row right? Turns what a file says into what we would keep, or says what is wrong with it. Touches nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from oportuno.kernel.tables.bounds import LONGEST_CELL
from oportuno.offer.catalogue.actions.importing.amounts import Amounts
from oportuno.offer.catalogue.queries.shelves import Shelf, Shelves
from oportuno.offer.catalogue.rules import codes
from oportuno.offer.catalogue.rules.attributes import Misfit, read
from oportuno.offer.catalogue.rules.formats import Plain
from oportuno.offer.catalogue.rules.formats.base import Found, Record, yes

TITLE, WORDS, SHORT, MOST_PICTURES, MOST_TAGS, MOST_DETAILS = 200, 100_000, 120, 30, 50, 100
STOCK_MOST = 10**12
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
WHOLE = re.compile(r"-?\d{1,15}(?:\.0+)?", re.ASCII)
EXCEL_DAY_ZERO = datetime(1899, 12, 30)
KINDS, CONDITIONS = ("good", "service", "course"), ("new", "used", "refurbished")
STRICT = frozenset({"template"})
"""Formats of ours, written for us: what does not fit there is wrong. In others' files it is left out, with a note."""


@dataclass(slots=True)
class Checked:
    """`record` has only what we keep. `problems` empty: the row may go in."""

    line: int
    record: Record
    sku: str
    ref: str | None
    parent: str | None
    problems: list[Found] = field(default_factory=list)
    notes: list[Found] = field(default_factory=list)


@dataclass(frozen=True)
class Setting:
    """What is the same for all rows of a run. `places`: folded names of points of sale → id."""

    shelves: Shelves
    currency: str
    locale: str
    zone: ZoneInfo
    language: str
    country: str
    format: str
    at: datetime
    places: Mapping[str, str]


class Checker:
    """Checks rows one by one; keeps nothing between them."""

    def __init__(self, setting: Setting) -> None:
        self._set = setting
        self._amounts = Amounts(setting.currency, setting.locale)
        self._strict = setting.format in STRICT

    def check(self, plain: Plain) -> Checked:
        said = plain.record
        out = Checked(plain.line, {}, _clean(said.get("sku")), _clean(said.get("ref")) or None, _clean(said.get("parent")) or None)
        out.problems, out.notes = list(plain.problems), list(plain.notes)
        if out.problems:
            return out
        self._sku(out)
        if out.parent is None:
            self._words(said, out)
            self._classified(said, out)
            self._addresses(said, out)
        else:
            self._options(said, out)
        self._gtin(said, out)
        self._listing(said, out)
        self._prices(said, out)
        self._stock(said, out)
        self._derive(out)
        return out

    def _sku(self, out: Checked) -> None:
        if not out.sku:
            out.problems.append(("sku", "sku_missing", {}))
        elif len(out.sku) > codes.SKU_LONGEST:
            out.problems.append(("sku", "sku_too_long", {"value": out.sku[:40], "most": codes.SKU_LONGEST}))
        out.ref, out.parent = (out.ref or "")[:80] or None, (out.parent or "")[:80] or None

    def _words(self, said: Record, out: Checked) -> None:
        for name, longest in (("title", TITLE), ("description", WORDS)):
            for key in (name, f"{name}_es", f"{name}_en"):
                if key not in said:
                    continue
                kept = _clean(said[key])
                if "\ufffd" in kept:
                    out.problems.append((key, "letters", {"value": kept[:60]}))
                if len(kept) > longest:
                    out.notes.append((key, "cut", {"most": longest}))
                out.record[key if "_" in key else f"{name}_{self._set.language}"] = kept[:longest].rstrip()
        if "brand" in said:
            out.record["brand"] = _clean(said["brand"], SHORT)
        if said.get("kind"):
            if said["kind"] not in KINDS:
                out.problems.append(("kind", "kind_unknown", {"value": _clean(said["kind"], 40)}))
            out.record["kind"] = said["kind"]
        if "has_variants" in said:
            out.record["has_variants"] = yes(said["has_variants"]) is True

    def _classified(self, said: Record, out: Checked) -> None:
        shelf, named = None, [part for one in said.get("category", []) if (part := _clean(one))]
        if "category" in said:
            ranked = sorted((found for one in named if (found := self._set.shelves.find(one))), key=lambda found: -found.depth)
            shelf = ranked[0] if ranked else None
            out.record["category"] = shelf.slug if shelf else ""
            if named and not shelf:
                out.notes.append(("category", "category_unknown", {"value": named[0][:80]}))
        tags = [*said.get("tags", []), *([] if shelf else (part.strip() for one in named for part in one.split(">")))]
        if "tags" in said or tags:
            out.record["tags"] = list(dict.fromkeys(kept for tag in tags if (kept := _clean(tag, 60))))[:MOST_TAGS]
        self._attributes(said, out, shelf)

    def _attributes(self, said: Record, out: Checked, shelf: Shelf | None) -> None:
        """Explicit attributes must fit; free details become attributes where they happen to."""
        asks = shelf.asks if shelf else ()
        attributes: dict[str, Any] = {}
        details: dict[str, str | None] = {}
        for key, value in said.get("attributes", {}).items():
            asked = next((one for one in asks if one.named(key)), None)
            if asked is None:
                if value not in ("", None, []):
                    details[_clean(key, 60)] = _clean(", ".join(value) if isinstance(value, list) else value, 400)
                continue
            answer = None if value in ("", None, []) else read(asked, value)
            if isinstance(answer, Misfit):
                out.problems.append((asked.key, answer.code, {"attribute": asked.label_es, **answer.data}))
            else:
                attributes[asked.key] = answer
        for label, value in list(said.get("details", {}).items())[:MOST_DETAILS]:
            asked = next((one for one in asks if one.named(label)), None)
            answer = read(asked, value) if asked and value else Misfit("", "")
            if asked and not isinstance(answer, Misfit):
                attributes.setdefault(asked.key, answer)
            else:
                details[_clean(label, 60)] = _clean(value, 400) or None
        if "attributes" in said or attributes:
            out.record["attributes"] = attributes
        if "details" in said or details:
            out.record["details"] = details

    def _addresses(self, said: Record, out: Checked) -> None:
        for key in ("pictures", "files"):
            if key not in said:
                continue
            kept = []
            for pair in said[key][:MOST_PICTURES]:
                address, words = (pair[0], pair[1]) if key == "pictures" else (pair[1], pair[0])
                address = _clean(address)
                if not is_address(address):
                    out.problems.append((key, "picture_address" if key == "pictures" else "file_address", {"value": address[:120]}))
                    continue
                kept.append([address, _clean(words, 200)] if key == "pictures" else [_clean(words, 200) or address[:200], address])
            if len(said[key]) > MOST_PICTURES:
                out.notes.append((key, "too_many", {"most": MOST_PICTURES}))
            out.record[key] = [list(one) for one in dict.fromkeys(tuple(one) for one in kept)]
        if link := _clean(said.get("link", "")):
            if is_address(link):
                out.record["link"] = link
            else:
                out.problems.append(("link", "file_address", {"value": link[:120]}))
        elif "link" in said:
            out.record["link"] = ""

    def _options(self, said: Record, out: Checked) -> None:
        options = {_clean(name, 60): kept for name, value in said.get("options", {}).items() if (kept := _clean(value, 80))}
        if not options:
            out.problems.append(("options", "options_missing", {}))
        out.record["options"] = [list(pair) for pair in options.items()]  # a list, for its order is shown

    def _gtin(self, said: Record, out: Checked) -> None:
        if "gtin" not in said:
            return
        given = [_clean(one) for one in said.get("gtin_loose", [said["gtin"]])]
        found = next((padded for one in given if one and (padded := codes.gtin(one))), "")
        if not found and given[0]:
            where, code = (out.problems, "gtin_wrong") if self._strict else (out.notes, "gtin_left")
            where.append(("gtin", code, {"value": given[0][:40]}))
        out.record["gtin"] = found

    def _listing(self, said: Record, out: Checked) -> None:
        for key in ("active", "archived", "quote_only"):
            if key in said and said[key] != "":
                out.record[key] = said[key] if isinstance(said[key], bool) else yes(said[key]) is True
        if out.record.get("archived"):
            if out.record.get("active"):
                out.problems.append(("archived", "archived_active", {}))
            out.record["active"] = False  # what is put away is not shown
        for key, least, most in (("minimum", 1, 10**6), ("lead_days", 0, 3650)):
            if given := _clean(said.get(key, "")):
                count = whole(given)
                if count is None or not least <= count <= most:
                    out.problems.append((key, "count_wrong", {"value": given[:40], "least": least, "most": most}))
                out.record[key] = count
        if "unit" in said:
            out.record["unit"] = _clean(said["unit"], 40)
        if given := _clean(said.get("condition", "")):
            if given not in CONDITIONS:
                out.problems.append(("condition", "condition_unknown", {"value": given[:40]}))
            out.record["condition"] = given
        if given := _clean(said.get("tax", "")):
            tax = next(
                (
                    one
                    for one in self._set.shelves.taxes.values()
                    if codes.fold(given) in (one.key, codes.fold(one.title_es), codes.fold(one.title_en))
                ),
                None,
            )
            if tax is None:
                out.problems.append(("tax", "tax_unknown", {"value": given[:60]}))
            else:
                out.record["tax"] = tax.key

    def _prices(self, said: Record, out: Checked) -> None:
        if "prices" not in said:
            return
        kept: dict[str, list[list[Any]]] = {}
        for one in said["prices"]:
            found, problem = self._amounts.read(one)
            if problem:
                out.problems.append(problem)
                continue
            starts, ends = (self._moment(one[key], "prices", out, until=key == "ends") for key in ("starts", "ends"))
            if starts and ends and starts >= ends:
                out.problems.append(("prices", "dates_reversed", {"starts": one["starts"][:20], "ends": one["ends"][:20]}))
            assert found is not None
            row = [found.minor, found.compare, starts, ends]
            if row[2:] in [other[2:] for other in kept.setdefault(found.currency, [])]:
                out.problems.append(("prices", "price_twice", {"currency": found.currency}))
            kept[found.currency].append(row)
        kept.setdefault(self._set.currency, [])
        out.record["prices"] = {currency: sorted(rows, key=lambda row: (row[2] or "", row[3] or "")) for currency, rows in kept.items()}

    def _moment(self, said: str, name: str, out: Checked, *, until: bool) -> str | None:
        """A date in the seller's zone as ISO in UTC; a day without an hour lasts to its end when it is `until`."""
        if not said:
            return None
        try:
            moment = EXCEL_DAY_ZERO + timedelta(days=float(said)) if WHOLE.fullmatch(said) and len(said) == 5 else _parsed(said)
        except (ValueError, OverflowError):
            out.problems.append((name, "date_wrong", {"value": said[:40]}))
            return None
        if until and (moment.hour, moment.minute, moment.second) == (0, 0, 0):
            moment += timedelta(days=1)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=self._set.zone)
        return aware.astimezone(ZoneInfo("UTC")).isoformat()

    def _stock(self, said: Record, out: Checked) -> None:
        kept: dict[str, int] = {}
        for place, given in said.get("stock", {}).items():
            where = self._set.places.get(codes.fold(place)) if place else self._set.places.get("", "")
            count = whole(_clean(given))
            if where is None:
                out.problems.append(("stock", "place_unknown", {"value": place[:80]}))
            elif count is None or abs(count) > STOCK_MOST:
                out.problems.append(("stock", "stock_wrong", {"value": _clean(given, 40)}))
            elif count < 0:
                out.problems.append(("stock", "stock_negative", {"value": count}))
            else:
                kept[where] = count
        if kept:
            out.record["stock"] = kept

    def _derive(self, out: Checked) -> None:
        """What lists show, worked out here so that writing is one insert: the price that holds now, the sum of stock."""
        now = self._set.at.astimezone(ZoneInfo("UTC")).isoformat()
        prices = out.record.get("prices", {})
        valid = [
            (currency != self._set.currency, row[2] is None and row[3] is None, row[0], currency)
            for currency, rows in prices.items()
            for row in rows
            if (row[2] is None or row[2] <= now) and (row[3] is None or row[3] > now)
        ]
        if valid:
            best = min(valid)
            out.record["_price"], out.record["_currency"] = best[2], best[3]
        if "stock" in out.record:
            out.record["_on_hand"] = sum(out.record["stock"].values())


def _clean(value: Any, most: int = LONGEST_CELL) -> str:
    """Text that PostgreSQL can keep and a page can show, at most so long, without blanks around it."""
    return UNWANTED.sub("", "" if value is None else str(value)).strip()[:most].strip()


def whole(said: str) -> int | None:
    """A whole number, also as spreadsheets write it ("5.0"); None otherwise."""
    return int(said.partition(".")[0]) if WHOLE.fullmatch(said) else None


def is_address(said: str) -> bool:
    """A web address as far as can be told without asking: whether something is there, a job finds out."""
    if len(said) > 2000 or any(blank in said for blank in ' \t\n<>"'):
        return False
    try:
        parts = urlsplit(said)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and ("." in (parts.hostname or "") or parts.hostname == "localhost")
        )
    except ValueError:
        return False


def _parsed(said: str) -> datetime:
    date, _, hour = said.strip().replace("T", " ").partition(" ")
    if "/" in date:  # as Latin America writes it: day first
        day, month, year = date.split("/")
        date = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    if not hour:
        return datetime.fromisoformat(date)
    first, colon, rest = hour.partition(":")
    return datetime.fromisoformat(f"{date} {first.zfill(2)}{colon}{rest}")
