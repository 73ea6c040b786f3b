"""Moving in from the workbench: a file is brought, looked at, let in and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from oportuno.doors.integrations import api
from oportuno.doors.integrations.models import WordpressRun
from oportuno.doors.integrations.testing import driven, export, item
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.testing.queue import give_up
from oportuno.offer.sites.api import Entry
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
HERE = "sitio/wordpress/"


def _brought(actor: Actor, tmp_path: Path, name: str = "viejo.xml", spoil: str = "") -> WordpressRun:
    file = export(tmp_path / name, [item(1, "<!-- wp:calendar /--><p>Hola</p>"), item(2, status="draft")]).read_bytes() + spoil.encode()
    answer = actor.post(actor.desk(HERE), {"file": SimpleUploadedFile(name, file)})
    assert answer.status_code == 302, answer.content
    assert actor.organisation is not None
    with for_organisation(actor.organisation.pk):
        run = WordpressRun.objects.latest("id")
    return driven(actor, run)


def _page(actor: Actor, path: str) -> str:
    answer = actor.get(actor.desk(path))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_what_would_come_and_writes_nothing_before_one_says_so(alba: Actor, tmp_path: Path) -> None:
    assert alba.organisation is not None
    assert "Viejo" not in _page(alba, HERE)
    run = _brought(alba, tmp_path)
    shown = _page(alba, f"{HERE}{run.pk}/")
    assert "Viejo blog" in shown
    assert "calendar" in shown
    with for_organisation(alba.organisation.pk):
        assert not Entry.objects.exists()
    assert alba.post(alba.desk(f"{HERE}{run.pk}/aplicacion/")).status_code == 302
    driven(alba, run)
    shown = _page(alba, f"{HERE}{run.pk}/")
    assert "/blog/pieza-1/" in shown
    assert alba.post(alba.desk(f"{HERE}{run.pk}/devolucion/")).status_code == 302
    with for_organisation(alba.organisation.pk):
        assert set(Entry.objects.values_list("state", flat=True)) == {"trashed"}
    assert alba.post(alba.desk(f"{HERE}{run.pk}/devolucion/")).status_code == 409


def test_a_damaged_file_is_told_and_brings_nothing(alba: Actor, tmp_path: Path) -> None:
    run = _brought(alba, tmp_path, spoil="<")
    assert run.state == "failed"
    shown = _page(alba, f"{HERE}{run.pk}/")
    assert str(run.trouble["line"]) in shown
    assert alba.post(alba.desk(f"{HERE}{run.pk}/aplicacion/")).status_code == 409


def test_the_site_is_taken_as_a_file(alba: Actor, tmp_path: Path) -> None:
    assert alba.get(alba.desk(f"{HERE}exportacion.xml")).status_code == 302  # there is no site yet
    run = _brought(alba, tmp_path)
    alba.post(alba.desk(f"{HERE}{run.pk}/aplicacion/"))
    driven(alba, run)
    answer = alba.get(alba.desk(f"{HERE}exportacion.xml"))
    assert b"<wp:wxr_version>1.2</wp:wxr_version>" in b"".join(answer.streaming_content)


def test_nobody_else_sees_or_decides_it(alba: Actor, beto: Actor, gala: Actor, tmp_path: Path) -> None:
    run = _brought(alba, tmp_path)
    for path in ("", "exportacion.xml", f"{run.pk}/"):
        assert gala.get(alba.desk(HERE + path)).status_code == 404
        assert beto.get(alba.desk(HERE + path)).status_code == 403
    assert gala.get(gala.desk(f"{HERE}{run.pk}/")).status_code == 404
    for verb in ("aplicacion", "cancelacion", "devolucion"):
        assert gala.post(gala.desk(f"{HERE}{run.pk}/{verb}/")).status_code == 404
    assert alba.organisation is not None
    with for_organisation(alba.organisation.pk):
        assert WordpressRun.objects.get().state == "ready"


def test_a_password_never_travels_over_an_open_line() -> None:
    with pytest.raises(Refusal) as caught:
        api.Remote("http://blog.example.com", "ana", "abcd")
    assert caught.value.field == "address"
    assert api.Remote("blog.example.com/", "ana", "abcd").address == "https://blog.example.com"


def test_a_running_wordpress_is_not_asked_over_an_open_line_nor_at_home(alba: Actor) -> None:
    said = {"user": "ana", "password": "abcd efgh", "do": "bring"}
    for address in ("http://viejo.example", "https://127.0.0.1", "https://[::1]/", "https://metadata.internal"):
        answer = alba.post(alba.desk(f"{HERE}conexion/"), {**said, "address": address})
        assert answer.status_code == 422
        assert b"abcd efgh" not in answer.content
    assert alba.organisation is not None
    with for_organisation(alba.organisation.pk):
        assert not WordpressRun.objects.exists()
    assert alba.get(alba.desk(f"{HERE}conexion/")).status_code == 200


def test_what_stopped_says_so_and_goes_on_when_one_says_so(alba: Actor, tmp_path: Path) -> None:
    file = export(tmp_path / "viejo.xml", [item(1)]).read_bytes()
    alba.post(alba.desk(HERE), {"file": SimpleUploadedFile("viejo.xml", file)})
    assert alba.organisation is not None
    with for_organisation(alba.organisation.pk):
        run = WordpressRun.objects.get()
    assert "Se detuvo" not in _page(alba, f"{HERE}{run.pk}/")
    give_up("wordpress.bring")
    assert "Se detuvo" in _page(alba, f"{HERE}{run.pk}/")
    assert alba.post(alba.desk(f"{HERE}{run.pk}/aplicacion/")).status_code == 302
    assert "Se detuvo" not in _page(alba, f"{HERE}{run.pk}/")
    assert alba.post(alba.desk(f"{HERE}{run.pk}/aplicacion/")).status_code == 409, "it works already"
    assert driven(alba, run).state == "ready"
