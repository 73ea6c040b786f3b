"""Who can unpack gets everybody's pages packed; what was made for one person never is."""

from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from oportuno.kernel.ui.packing import LEAST, packs_what_is_everybodys

LONG = b"<p>Una rosa es una rosa.</p>" * 100
HTML = {"Content-Type": "text/html", "Cache-Control": "public, max-age=4", "Vary": "Cookie"}


def asked(answer, *, method="GET", accepts="gzip, br"):
    request = RequestFactory().generic(method, "/", headers={"Accept-Encoding": accepts})
    return packs_what_is_everybodys(lambda _request: answer)(request)


def test_a_public_page_is_packed_for_who_can_unpack_it():
    for _again in range(2):
        packed = asked(HttpResponse(LONG, headers=HTML))
        assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Cookie, Accept-Encoding")
        assert gzip.decompress(packed.content) == LONG
        assert int(packed["Content-Length"]) == len(packed.content) < len(LONG) / 4
    plain = asked(HttpResponse(LONG, headers=HTML), accepts="")
    assert (plain.content, plain["Vary"]) == (LONG, "Cookie, Accept-Encoding"), "caches keep both apart"
    assert "Content-Encoding" not in asked(HttpResponse(b"", headers=HTML | {"Content-Length": "9000"}), method="HEAD")


def test_a_file_is_packed_whole(tmp_path):
    (tmp_path / "drawing.svg").write_bytes(LONG)
    answer = FileResponse((tmp_path / "drawing.svg").open("rb"), headers={"Cache-Control": "public, max-age=60"})
    packed = asked(answer)
    assert packed["Content-Type"] == "image/svg+xml"
    assert gzip.decompress(packed.content) == LONG


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(LONG, headers=HTML | {"Cache-Control": "private, max-age=0"}),
        HttpResponse(LONG, headers={"Content-Type": "text/html"}),
        HttpResponse(LONG, headers=HTML | {"Content-Type": "image/webp"}),
        HttpResponse(LONG, headers=HTML | {"Content-Encoding": "br"}),
        HttpResponse(LONG, headers=HTML, status=206),
        HttpResponse(b"x" * 10, headers=HTML | {"Content-Length": str(LEAST - 1)}),
    ],
    ids=["private", "says nothing", "a picture", "packed already", "a part", "too small"],
)
def test_anything_else_goes_out_as_it_is(answer):
    before = (answer.content, answer.get("Content-Encoding"))
    given = asked(answer)
    assert (given.content, given.get("Content-Encoding")) == before


def test_what_streams_to_one_person_still_streams():
    answer = StreamingHttpResponse(iter([LONG]), headers={"Content-Type": "text/csv"})
    assert asked(answer) is answer
    assert answer.streaming
