"""Bombs of every kind are read in a process of their own, whose memory is measured (T14): each ends early, with one code, in 300 MB."""

from __future__ import annotations

import gzip
import json
import lzma
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

MOST = 300  # MB, of the whole process
READ_ALL = """
import json, sys
from pathlib import Path
from oportuno.offer.catalogue.rules.formats import recognised
from oportuno.kernel.tables import Unreadable, open_table
rows, code, line = 0, "", 0
try:
    table = open_table(Path(sys.argv[1]))
    for plain in recognised(table.shape, table.header).plain(table.rows):
        rows += 1
except Unreadable as trouble:
    code, line = trouble.code, trouble.line
most = next(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([code, line, rows, most]))
"""
HEAD = b"SKU,title,price\n"
MEGA = b"x" * 2**20
BOOK = (
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="a" sheetId="1"/></sheets></workbook>'
)
SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = (
    b"<worksheet "
    + SPACE
    + b'><sheetData><row r="1"><c t="inlineStr"><is><t>SKU</t></is></c><c t="inlineStr"><is><t>title</t></is></c></row>'
)


def sparse(path: Path) -> None:
    """Two gigabytes that take no room: a line of ours, then nothing but zeros."""
    with path.open("wb") as file:
        file.write(HEAD + b"A,Rosa,1\n" * 10_000)
        file.truncate(2 * 2**30)


def endless(path: Path) -> None:
    with path.open("wb") as file:
        file.write(HEAD + b"A,Rosa,1\nB,")
        for _ in range(100):
            file.write(MEGA)


def open_quote(path: Path) -> None:
    with path.open("wb") as file:
        file.write(HEAD + b'A,"Rosa,1\n')
        for _ in range(100):
            file.write(b"B,Rosa,1\n" * 2**16)


def packed(how: Callable[..., object]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with how(path, "wb") as file:
            file.write(HEAD)
            for _ in range(400):
                file.write(MEGA)

    return write


def book(**parts: int) -> Callable[[Path], None]:
    """A workbook with so many megabytes in a part."""

    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            packed.writestr("xl/workbook.xml", BOOK)
            with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
                sheet.write(SHEET)
                for _ in range(parts.get("sheet", 0)):
                    sheet.write(b"<row><c><v>" + MEGA + b"</v></c></row>")
            if "strings" in parts:
                with packed.open("xl/sharedStrings.xml", "w") as strings:
                    strings.write(b"<sst " + SPACE + b">")
                    for _ in range(parts["strings"]):
                        strings.write(b"<si><t>" + MEGA + b"</t></si>")

    return write


def many_rows(path: Path) -> None:
    with path.open("wb") as file:
        file.write(HEAD)
        for _ in range(200):
            file.write(b"A,Rosa,1\n" * 1000)


BOMBS: dict[str, tuple[Callable[[Path], None], str]] = {
    "two sparse gigabytes": (sparse, "line_too_long"),
    "one line of a hundred megabytes": (endless, "line_too_long"),
    "a quotation mark left open": (open_quote, "quote_open"),
    "gzip": (packed(gzip.open), "line_too_long"),
    "xz": (packed(lzma.open), "bomb"),
    "a sheet": (book(sheet=400), "cell_too_long"),
    "shared strings": (book(strings=400), "bomb"),
    "an honest file": (many_rows, ""),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_it_reads_any_bomb_in_bounded_memory(name: str, tmp_path: Path) -> None:
    write, expected = BOMBS[name]
    path = tmp_path / "bomb"
    write(path)
    ended = subprocess.run([sys.executable, "-c", READ_ALL, str(path)], capture_output=True, text=True, check=True, timeout=60)
    code, line, rows, megabytes = json.loads(ended.stdout)
    assert code == expected
    assert megabytes <= MOST
    assert rows == 200_000 if not expected else line > 0 or code == "bomb"
