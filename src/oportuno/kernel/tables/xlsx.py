"""Reading XLSX as a stream: one sheet, values only, in bounded memory.

Libraries build the whole sheet, which a cell at XFD1048576 or a zip bomb makes as large as it likes. This reads the few
parts that matter of ECMA-376 (SpreadsheetML) with expat, refuses document types (entity bombs), and counts what unpacks.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from oportuno.kernel.tables.bounds import LONGEST_CELL, MOST_COLUMNS, Unreadable

MOST_PARTS = 2_000
MOST_SHEET = 2 * 2**30  # bytes of XML of the one sheet we read, streamed
MOST_STRINGS = 64 * 2**20  # bytes of XML of the shared strings, which stay in memory
MOST_SMALL = 4 * 2**20
MOST_RATIO = 250
CHUNK = 128 * 1024
MOST_LINE = 1_048_576  # rows of a sheet; a number beyond is no line
BROKEN = (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, LookupError, ValueError)
"""What damaged parts make zipfile and expat raise; an encoding that nobody knows is a LookupError."""
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Book:
    """The first sheet of a workbook."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            self._parts = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable("zip_broken") from error
        if len(self._parts) > MOST_PARTS:
            raise Unreadable("bomb")
        if "xl/workbook.xml" not in self._parts:
            raise Unreadable("not_a_workbook")
        self._read = 0
        self.unpacked = 0

    def taken(self) -> int:
        return self._read

    def close(self) -> None:
        self._zip.close()

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """(line, cells): text, Decimal for numbers, bool. Blank cells are empty text."""
        strings = self._strings()
        sheet = _Sheet(strings)
        for _ in self._parsed(self._first_sheet(), sheet, MOST_SHEET):
            ready, sheet.ready = sheet.ready, []
            yield from ready
        yield from sheet.ready

    def _first_sheet(self) -> str:
        found: list[str] = []

        def sheets(name: str, given: dict[str, str]) -> None:
            if name.endswith("}sheet") and not found and given.get("state", "visible") == "visible":
                found.append(given.get(RELATION, ""))

        self._elements("xl/workbook.xml", sheets)
        targets: dict[str, str] = {}

        def relations(name: str, given: dict[str, str]) -> None:
            targets[given.get("Id", "")] = given.get("Target", "")

        if "xl/_rels/workbook.xml.rels" in self._parts:
            self._elements("xl/_rels/workbook.xml.rels", relations)
        target = targets.get(found[0] if found else "", "worksheets/sheet1.xml")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part not in self._parts:
            raise Unreadable("not_a_workbook")
        return part

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._parts:
            return []
        reader = _Strings()
        for _ in self._parsed("xl/sharedStrings.xml", reader, MOST_STRINGS):
            pass
        return reader.found

    def _elements(self, part: str, start: Any) -> None:
        class Reader:
            def start(self, name: str, given: dict[str, str]) -> None:
                start(name, given)

            def end(self, name: str) -> None:
                """Nothing ends here."""

            def text(self, data: str) -> None:
                """Nor says anything."""

        for _ in self._parsed(part, Reader(), MOST_SMALL):
            pass

    def _parsed(self, part: str, reader: Any, most: int) -> Iterator[None]:
        """Feed a part to a reader; yields after each chunk."""
        info = self._parts[part]
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = lambda name, given: reader.start(f"{{{name}", {_braced(k): v for k, v in given.items()})
        parser.EndElementHandler = lambda name: reader.end(f"{{{name}")
        parser.CharacterDataHandler = reader.text
        seen = 0
        try:
            with self._zip.open(info) as file:
                while chunk := _chunk(file):
                    seen += len(chunk)
                    self.unpacked += len(chunk)
                    self._read += 0 if most != MOST_SHEET else len(chunk) * info.compress_size // max(info.file_size, 1)
                    if seen > most or seen > 2**26 + MOST_RATIO * info.compress_size:
                        raise Unreadable("bomb")
                    parser.Parse(chunk, False)
                    yield
                parser.Parse(b"", True)
        except BROKEN as error:
            raise Unreadable("xml_broken") from error


def _chunk(file: IO[bytes]) -> bytes:
    return file.read(CHUNK)


def _braced(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _no_doctype(*_: Any) -> None:
    raise Unreadable("bomb")


class _Strings:
    """Shared strings: the texts of all runs of an item, without phonetic hints."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._now: list[str] | None = None
        self._in_text = self._phonetic = False

    def start(self, name: str, given: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if tag == "si":
            self._now = []
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "t":
            self._in_text = not self._phonetic

    def end(self, name: str) -> None:
        tag = name.rpartition("}")[2]
        if tag == "si":
            self.found.append("".join(self._now or []))
            self._now = None
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "t":
            self._in_text = False

    def text(self, data: str) -> None:
        if self._in_text and self._now is not None:
            self._now.append(data)


class _Sheet:
    """Rows of a sheet, as they come by."""

    def __init__(self, strings: list[str]) -> None:
        self.ready: list[tuple[int, list[Any]]] = []
        self._strings = strings
        self._line = 0
        self._row: dict[int, Any] = {}
        self._column = -1
        self._kind = "n"
        self._said: list[str] = []
        self._length = 0
        self._listening = False

    def start(self, name: str, given: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if tag == "row":
            said = given.get("r", "")
            self._line = int(said) if said.isdecimal() and len(said) < 8 and 0 < int(said) <= MOST_LINE else self._line + 1
            self._row, self._column = {}, -1
        elif tag == "c":
            self._column = _column(given.get("r", ""), self._column + 1)
            self._kind, self._said = given.get("t", "n"), []
        elif tag in ("v", "t"):
            self._listening = True

    def end(self, name: str) -> None:
        tag = name.rpartition("}")[2]
        if tag in ("v", "t"):
            self._listening = False
        elif tag == "c" and self._said and 0 <= self._column < MOST_COLUMNS:
            self._row[self._column] = self._value("".join(self._said))
        elif tag == "row" and self._row:
            last = max(self._row)
            self.ready.append((self._line, [self._row.get(i, "") for i in range(last + 1)]))

    def text(self, data: str) -> None:
        if self._listening:
            self._length = self._length + len(data) if self._said else len(data)
            if self._length > LONGEST_CELL:
                raise Unreadable("cell_too_long", line=self._line)
            self._said.append(data)

    def _value(self, said: str) -> Any:
        match self._kind:
            case "s":
                return self._strings[int(said)] if said.isdigit() and int(said) < len(self._strings) else ""
            case "b":
                return said.strip() == "1"
            case "n":
                try:
                    return Decimal(repr(float(said)) if "E" in said.upper() or len(said) > 15 else said)
                except (InvalidOperation, ValueError):
                    return said
            case "e":
                return ""
            case _:
                return said


def _column(reference: str, default: int) -> int:
    """ "C7" is column 2, counted from zero."""
    number = 0
    for letter in reference:
        if not ("A" <= letter <= "Z"):
            break
        number = number * 26 + ord(letter) - 64
    return number - 1 if number else default
