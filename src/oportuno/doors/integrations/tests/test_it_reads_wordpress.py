"""Export files are read as far as they are whole, and no further than an honest file goes."""

from __future__ import annotations

import io
import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from oportuno.doors.integrations.testing import HEAD, TAIL, bring, comment, item, meta
from oportuno.doors.integrations.wordpress.queries.sentences import trouble
from oportuno.doors.integrations.wordpress.wxr import Head, Item, read
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.packed import Unreadable
from oportuno.offer.sites.api import Entry, Site
from oportuno.people.organisations.testing import Actor


def _why(text: str | bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        list(read(io.BytesIO(text if isinstance(text, bytes) else text.encode())))
    return caught.value


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_it_reads_each_version_by_its_namespaces(version: str, scheme: str) -> None:
    text = (HEAD + item(3) + TAIL).replace("http://wordpress.org/export/1.2/", f"{scheme}://wordpress.org/export/{version}/")
    text = text.replace("xmlns:wp=", "xmlns:w=").replace("<wp:", "<w:").replace("</wp:", "</w:").replace("sion>1.2<", f"sion>{version}<")
    head, found = list(read(io.BytesIO(text.encode())))
    assert (isinstance(head, Head) and head.version, head.address) == (version, "https://viejo.example")
    assert isinstance(found, Item)
    assert (found.number, found.slug, found.content) == ("3", "pieza-3", "<p>Hola</p>")


def test_blank_lines_before_the_declaration_spoil_nothing() -> None:
    assert len(list(read(io.BytesIO(("\ufeff\n\n " + HEAD + item(3) + TAIL).encode())))) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("hola", "not_well_formed"),
        ("<html><body>404</body></html>", "not_wxr"),
        ("<rss version='2.0'><channel><item><title>otro</title></item></channel></rss>", "no_version"),
        (HEAD.replace("<wp:wxr_version>1.2</wp:wxr_version>", "") + item(1) + TAIL, "no_version"),
        (HEAD.replace("<wp:wxr_version>1.2</wp:wxr_version>", "") + TAIL, "no_version"),
        (HEAD.replace("sion>1.2<", "sion>9.9<") + item(1) + TAIL, "version"),
        (HEAD + item(1), "cut_off"),
        (HEAD + item(1)[:100], "cut_off"),
        (HEAD + item(1).replace("</title>", "</titulo>") + TAIL, "mismatch"),
        (HEAD + "\x03" + TAIL, "not_well_formed"),
        ('<!DOCTYPE rss [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]>' + HEAD.partition("?>")[2] + item(1, "&b;") + TAIL, "doctype"),
        ('<!DOCTYPE rss SYSTEM "file:///etc/passwd">' + HEAD.partition("?>")[2] + TAIL, "doctype"),
        (HEAD + "<item>" + "<a>" * 20 + "</a>" * 20 + "</item>" + TAIL, "deep"),
        (HEAD.replace("UTF-8", "x-nadie") + TAIL, "not_text"),
    ],
)
def test_it_says_why_a_file_cannot_be_read(text: str, code: str) -> None:
    why = _why(text)
    assert why.code == code
    assert trouble({"code": why.code, "line": why.line, "data": dict(why.data)})


def test_an_item_that_no_honest_file_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oportuno.doors.integrations.wordpress.wxr.reader.MOST_LETTERS", 10_000)
    assert _why(HEAD + item(1, "x" * 20_000) + TAIL).code == "item_too_big"


class _Long(io.RawIOBase):
    """A file of many items that is nowhere whole."""

    def __init__(self, many: int) -> None:
        self._parts: Iterator[bytes] = (part.encode() for part in self._all(many))
        self._rest = b""
        self.size = 0

    @staticmethod
    def _all(many: int) -> Iterator[str]:
        yield HEAD
        for number in range(many):
            yield item(number, "<p>" + "palabra " * 1_200 + "</p>", more=comment(number, "Sí") + meta("a", "b"))
        yield TAIL

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (part := next(self._parts, b"")):
            self._rest += part
        given, self._rest = self._rest[:size], self._rest[size:]
        self.size += len(given)
        return given


def test_a_long_file_takes_no_more_memory_than_a_short_one() -> None:
    file = _Long(3_000)
    tracemalloc.start()
    many = sum(isinstance(record, Item) for record in read(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (many, file.size > 30e6) == (3_000, True)
    assert peak < 3e6


def _broken(source: bytes, dice: random.Random) -> bytes:
    """The same file, spoilt as disks, transfers and bad programs spoil files."""
    found = bytearray(source)
    for _time in range(dice.randint(1, 4)):
        at, size = dice.randrange(len(found)), dice.randint(1, 400)
        match dice.randrange(6):
            case 0:
                del found[at:]
            case 1:
                del found[at : at + size]
            case 2:
                found[at:at] = bytes(dice.randrange(256) for _ in range(size % 20))
            case 3:
                found[at:at] = found[at : at + size]
            case 4:
                found[at] = dice.randrange(256)
            case _:
                found[at:at] = dice.choice(
                    [
                        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
                        b"]]>",
                        b"<![CDATA[",
                        b"&nada;",
                        b"<item>",
                        b"\x00",
                        b"<!--",
                        b'[caption][gallery ids="1',
                    ]
                )
        if not found:
            return b" "
    return bytes(found)


@pytest.mark.slow
@pytest.mark.django_db
def test_five_hundred_broken_files_bring_all_or_nothing(alba: Actor, cases: Path, tmp_path: Path) -> None:
    assert alba.organisation is not None
    dice = random.Random(20101016)
    names = ("wxr-simple.xml", "valid-wxr-1.1.xml", "small-export.xml", "theme-preview.xml")
    sources = [(cases / "wordpress" / name).read_bytes() for name in names]
    states: dict[str, int] = {}
    for number in range(500):
        path = tmp_path / "roto.xml"
        path.write_bytes(_broken(dice.choice(sources), dice) or b" ")
        with for_organisation(alba.organisation.pk):
            before = Entry.objects.count()
        run = bring(alba, path)
        states[run.state] = states.get(run.state, 0) + 1
        with for_organisation(alba.organisation.pk):
            grown = Entry.objects.count() - before
            assert run.state in ("done", "failed"), number
            assert grown == (run.new if run.state == "done" else 0), number
            Entry.objects.all().delete()
            Site.objects.all().update(menus={})
    assert states["failed"] > 200
