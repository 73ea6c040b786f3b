"""vCards as twenty years of programs wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from oportuno.people.audience.rules.bringing.shapes import Brought, Setting
from oportuno.people.audience.rules.bringing.source import open_source

SETTING = Setting("CO")


def cards(folder: Path, content: str | bytes) -> list[Brought]:
    path = folder / "a.vcf"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    source = open_source(path)
    try:
        return list(source.contacts(SETTING))
    finally:
        source.close()


def keys(one: Brought, kind: str) -> list[str]:
    return [key.key for key in one.keys if key.kind == kind]


def test_it_reads_an_iphones_card(tmp_path: Path) -> None:
    [one] = cards(
        tmp_path,
        "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 17.0//EN\r\nN:Pérez;María José;;Dra.;\r\nFN:Dra. María José Pérez\r\n"
        "ORG:Flores\\, S.A.;Ventas\r\nitem1.EMAIL;type=INTERNET;type=pref:maria@example.com\r\nEMAIL;type=INTERNET;type=HOME:casa@example.com\r\n"
        "TEL;type=CELL;type=VOICE;type=pref:+57 300 1234567\r\nitem2.ADR;type=HOME:;;Calle 10 # 4-20\\, apto 301;Bogotá;Cundinamarca;110111;Colombia\r\n"
        "item3.URL;type=pref:https\\://example.com\r\nX-SOCIALPROFILE;type=twitter:http://twitter.com/maria\r\nBDAY;value=date:1980-05-02\r\n"
        "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 500 + "\r\n CgoK\r\nEND:VCARD\r\n",
    )  # fmt: skip
    assert (one.name, one.given_name, one.family_name, one.company) == ("Dra. María José Pérez", "María José", "Pérez", "Flores, S.A.")
    assert keys(one, "email") == ["maria@example.com", "casa@example.com"]
    assert (keys(one, "phone"), keys(one, "social"), one.place, one.country) == (["+573001234567"], ["x:maria"], "Bogotá", "CO")
    assert one.fields == {"birthday": "1980-05-02", "website": "https://example.com"}
    assert one.said
    assert one.said["org"] == [["Flores, S.A.", "Ventas"]]


def test_it_reads_an_old_phones_card_in_its_letters(tmp_path: Path) -> None:
    [one] = cards(
        tmp_path,
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Mu=F1oz;Jos=E9;;;\r\n"
        b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4A=6F=73=C3=A9=20=\r\n=4D=75=C3=B1=6F=7A\r\nTEL;CELL;PREF:3001234567\r\nTEL;FAX:6011112233\r\n"
        b"NOTE;ENCODING=QUOTED-PRINTABLE:uno=0D=0Ados\r\nEND:VCARD\r\n",
    )
    assert (one.name, one.family_name, one.note) == ("José Muñoz", "Muñoz", "uno\ndos")
    assert keys(one, "phone") == ["+573001234567", "+576011112233"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_it_reads_whichever_letters_the_file_is_in(tmp_path: Path, encoding: str) -> None:
    [one] = cards(tmp_path, "BEGIN:VCARD\nVERSION:3.0\nFN:Íñigo Núñez\nEMAIL:i@example.com\nEND:VCARD\n".encode(encoding))
    assert one.name == "Íñigo Núñez"


def test_it_reads_folded_grouped_and_lower_case_lines(tmp_path: Path) -> None:
    [one] = cards(
        tmp_path,
        "begin:vcard\nversion:4.0\nkind:org\nfn:Flores de\n  Alba\nEMAIL;PREF=2:b@example.com\nEMAIL;PREF=1:a@example.com\n"
        'TEL;VALUE=uri;TYPE="voice,work":tel:+57-601-123-4567;ext=12\nCATEGORIES:Clientes,Mayoristas\\, Cali\nX-ODD;P="a:b;c":d\nlinea sin nada\nend:vcard\n',
    )
    assert (one.name, one.kind, one.tags) == ("Flores de Alba", "organisation", ["clientes", "mayoristas, cali"])
    assert keys(one, "email") == ["a@example.com", "b@example.com"]
    assert keys(one, "phone") == ["+576011234567"]


def test_one_bad_card_spoils_no_other(tmp_path: Path) -> None:
    first, cut, nobody, last = cards(
        tmp_path,
        "BEGIN:VCARD\nFN:A\nEMAIL:a@example.com\nEND:VCARD\nbasura\nBEGIN:VCARD\nFN:B\nEMAIL:b@example.com\n"
        "BEGIN:VCARD\nFN:C\nEND:VCARD\n\nBEGIN:VCARD\rFN:D\rTEL:3001234567\rEND:VCARD\r",
    )
    assert (first.problems, keys(last, "phone")) == ([], ["+573001234567"])
    assert [(one.line, one.problems[0][1]) for one in (cut, nobody)] == [(6, "card_cut"), (9, "no_address")]


def test_a_card_within_a_card_is_somebody_elses(tmp_path: Path) -> None:
    [one] = cards(
        tmp_path,
        "BEGIN:VCARD\nVERSION:2.1\nFN:Jefa\nTEL:3001234567\nAGENT:\nBEGIN:VCARD\nFN:Asistente\nTEL:3009999999\nEND:VCARD\nEND:VCARD\n",
    )
    assert (one.name, keys(one, "phone")) == ("Jefa", ["+573001234567"])


def test_a_picture_of_many_megabytes_is_passed_over(tmp_path: Path) -> None:
    [one] = cards(tmp_path, b"BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=b:" + b"A" * 9_000_000 + b"\nEMAIL:a@example.com\nEND:VCARD\n")
    assert keys(one, "email") == ["a@example.com"]
