"""The glossary as a sheet: a line a term. What goes out comes in again unchanged."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from oportuno.kernel.formulas import neutral, original

from .said import Said, lines_of_references, references_of_lines

COLUMNS = (
    "slug",
    "name_es",
    "others_es",
    "line_es",
    "name_en",
    "others_en",
    "line_en",
    "see",
    "references",
    "sector",
    "linked",
    "published",
)
BOM = "\ufeff"  # without it Excel reads UTF-8 as something else
MOST_LINES = 20_000
MOST_CHARACTERS = 20_000_000
YES, NO = {"sí", "si", "yes", "1", "true", "x"}, {"no", "0", "false"}


class Unreadable(ValueError):
    """The sheet as a whole is none of ours. `code` becomes a sentence, `what` stands in it."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(code)
        self.code, self.what = code, what


@dataclass(frozen=True)
class Line:
    """A line of a sheet. `slug` "" for a new term; `published` None leaves it as it is."""

    number: int
    slug: str
    said: Said
    published: bool | None
    columns: frozenset[str]

    def over(self, was: Said) -> Said:
        """What the term says after it: a column that the sheet does not have leaves the term's own."""
        named = {name: getattr(self.said, name) for name in COLUMNS if name in self.columns and hasattr(self.said, name)}
        return replace(was, **named)


def written(rows: Iterable[tuple[str, Said, bool]]) -> Iterator[str]:
    """Lines of CSV, the heading first."""
    yield BOM + _line(COLUMNS)
    for slug, said, published in rows:
        cells = {
            "slug": slug, "see": "|".join(said.see), "references": lines_of_references(said.references), "sector": said.sector,
            "linked": "sí" if said.linked else "no", "published": "sí" if published else "no",
            **{f"others_{one}": "|".join(getattr(said, f"others_{one}")) for one in ("es", "en")},
            **{f"{part}_{one}": getattr(said, f"{part}_{one}") for part in ("name", "line") for one in ("es", "en")},
        }  # fmt: skip
        yield _line([cells[name] for name in COLUMNS])


def lines(text: str) -> Iterator[Line]:
    """What a sheet says. Commas or semicolons, columns in any order. Raises Unreadable."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("long")
    clean = text.removeprefix(BOM).replace("\0", "")
    head = clean.split("\n", 1)[0]
    try:
        rows = list(csv.DictReader(io.StringIO(clean), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True))
    except csv.Error:
        raise Unreadable("broken") from None
    if len(rows) > MOST_LINES:
        raise Unreadable("long")
    columns = frozenset(name.strip().lower() for name in (rows[0] if rows else {}) if name)
    if not columns & {"name_es", "name_en", "slug"}:
        raise Unreadable("columns", ", ".join(COLUMNS))
    for number, row in enumerate(rows, 2):
        cells = {
            name.strip().lower(): original((value or "").strip())
            for name, value in row.items()
            if isinstance(name, str) and name and not isinstance(value, list)
        }
        if any(cells.values()):
            yield _read(number, cells, columns)


def _read(number: int, cells: dict[str, str], columns: frozenset[str]) -> Line:
    said = Said(
        name_es=cells.get("name_es", ""), name_en=cells.get("name_en", ""), line_es=cells.get("line_es", ""), line_en=cells.get("line_en", ""),
        others_es=_many(cells, "others_es"), others_en=_many(cells, "others_en"), see=_many(cells, "see"),
        references=references_of_lines(cells.get("references", "")), sector=cells.get("sector", "")[:60],
        linked=cells.get("linked", "").lower() not in NO,
    )  # fmt: skip
    told = cells.get("published", "").lower()
    return Line(number, cells.get("slug", "").lower(), said, True if told in YES else False if told in NO else None, columns)


def _many(cells: dict[str, str], name: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in cells.get(name, "").split("|") if one.strip())


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([neutral(one) for one in cells])
    return line.getvalue()
