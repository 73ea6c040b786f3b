"""Pictures and files come after the words, one after another; what is not to be had stays as a link."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from oportuno.doors.integrations.models import Brought, BroughtFile
from oportuno.doors.integrations.testing import bring, export, item, meta, told
from oportuno.doors.integrations.wordpress.actions.fetching import TRIES, bring_next_files
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import Entry, Redirect
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


class _Old(BaseHTTPRequestHandler):
    """The site it came from: one picture, one that is none, and one that is busy."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        drawn = io.BytesIO()
        Image.new("RGB", (300, 200), "#c33").save(drawn, "PNG")
        status, body = {"/rosa.png": (200, drawn.getvalue()), "/mala.png": (200, b"<html>no"), "/ocupada.png": (503, b"")}.get(
            self.path, (404, b"")
        )
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def old(settings: object) -> Iterator[str]:
    _Old.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Old)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WEB_ALLOW = [f"127.0.0.1:{server.server_port}"]
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _fetched(actor: Actor) -> None:
    assert actor.organisation is not None
    lease = Lease(0, 0, actor.organisation.pk, "test")
    while bring_next_files(lease):
        pass


def _site(actor: Actor, tmp_path: Path, old: str) -> list[dict[str, object]]:
    content = "".join(f'<p><img src="{old}/{name}.png" alt="Una {name}"></p>' for name in ("rosa", "mala", "ocupada", "perdida"))
    picture = item(9, "", post_type="attachment", attachment_url=f"{old}/rosa.png", status="inherit")
    run = bring(actor, export(tmp_path / "a.xml", [item(1, content, more=meta("_thumbnail_id", "9")), picture]))
    waiting = told(actor, run)["files"]
    assert waiting == {"waiting": 4, "here": 0, "gone": 0}
    _fetched(actor)
    assert told(actor, run)["files"] == {"waiting": 0, "here": 1, "gone": 3}
    found: list[dict[str, object]] = Entry.objects.get().document["blocks"]
    return found


def test_what_has_come_is_shown_and_what_has_not_is_a_link(alba: Actor, tmp_path: Path, old: str) -> None:
    assert alba.organisation is not None
    with for_organisation(alba.organisation.pk):
        blocks = _site(alba, tmp_path, old)
        (kept,) = media.items()
        assert blocks[0] == {"type": "image", "picture": str(kept.pk), "alt": "Una rosa"}
        assert [str(one["text"]).startswith(f'<a href="{old}/') for one in blocks[1:]] == [True, True, True]
        assert Entry.objects.get().picture_id == kept.pk
        assert not Brought.objects.exclude(waits=[]).exists()
        assert all(one.why for one in BroughtFile.objects.filter(state="gone"))
    assert _Old.asked.count("/ocupada.png") == TRIES
    assert _Old.asked.count("/rosa.png") == 1


def test_where_a_picture_of_the_old_site_was_it_is_found_still(alba: Actor, tmp_path: Path, old: str) -> None:
    assert alba.organisation is not None
    file = export(tmp_path / "a.xml", [item(1, f'<p><img src="{old}/rosa.png"></p>')])
    file.write_text(file.read_text().replace("https://viejo.example", old))
    bring(alba, file)
    _fetched(alba)
    with for_organisation(alba.organisation.pk):
        assert "/media/" in Redirect.objects.get(path="rosa.png").target


def test_what_was_written_here_meanwhile_gets_its_pictures_and_stays(alba: Actor, tmp_path: Path, old: str) -> None:
    assert alba.organisation is not None
    bring(alba, export(tmp_path / "a.xml", [item(1, f'<p>Hola</p><p><img src="{old}/rosa.png"></p>')]))
    with for_organisation(alba.organisation.pk):
        entry = Entry.objects.get()
        sites.keep_draft(entry=entry.pk, title="Mejor", by=alba.member, at=now(), done=True)
    _fetched(alba)
    with for_organisation(alba.organisation.pk):
        (kept,) = media.items()
        entry.refresh_from_db()
        newest = sites.newest_revision(entry)
        assert newest.title == "Mejor"
        for document in (entry.document, newest.document):
            assert document["blocks"][1]["picture"] == str(kept.pk)


def test_a_second_import_does_not_fetch_again(alba: Actor, tmp_path: Path, old: str) -> None:
    assert alba.organisation is not None
    source = f'<p><img src="{old}/rosa.png"></p>'
    bring(alba, export(tmp_path / "a.xml", [item(1, source)]))
    _fetched(alba)
    bring(alba, export(tmp_path / "a.xml", [item(1, source), item(2, source)]))
    _fetched(alba)
    with for_organisation(alba.organisation.pk):
        (kept,) = media.items()
        assert [one.document["blocks"][0]["picture"] for one in Entry.objects.all()] == [str(kept.pk)] * 2
    assert _Old.asked == ["/rosa.png"]


def test_no_file_is_asked_for_at_home(alba: Actor, tmp_path: Path) -> None:
    """Threat T11: an export may name any address."""
    assert alba.organisation is not None
    places = ("http://127.0.0.1:1/a.png", "http://169.254.169.254/latest", "https://[::1]/a.png", "http://localhost/a.png")
    bring(alba, export(tmp_path / "a.xml", [item(1, "".join(f'<img src="{place}">' for place in places))]))
    _fetched(alba)
    with for_organisation(alba.organisation.pk):
        assert set(BroughtFile.objects.values_list("state", "tries")) == {("gone", 1)}
