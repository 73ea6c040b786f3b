"""WooCommerce's own sample shop goes in through the browser: seen before it is written, found by search, and the second time nothing changes."""

from __future__ import annotations

import io
from pathlib import Path
from threading import Thread

import pytest
from django.db import connections
from PIL import Image
from playwright.sync_api import Page, expect

from oportuno.doors.marketplace.testing import react
from oportuno.kernel.web import Fetched
from oportuno.offer.media.actions import files as media
from tests.stories.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FILE = Path(__file__).resolve().parents[3] / "shared" / "cases" / "catalogue" / "woocommerce_sample_products.csv"
WRONG = 'ID,Type,SKU,Name,Published,"Regular price"\n1,simple,mala-1,Mala,1,-5\n2,simple,buena-1,Cesto de mimbre trenzado,1,12\n3,simple,buena-1,Otra,1,7\n'


@pytest.fixture(autouse=True)
def _pictures_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands at the addresses of the file: a picture of ours, for no test asks the internet."""
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "teal").save(out, "PNG")
    monkeypatch.setattr(media, "fetch", lambda address, **_: Fetched(address, 200, {}, out.getvalue()))


def bring(alba: Page, site: Site, name: str, content: bytes) -> None:
    """Upload a file, let it be read, and look at what it would change."""
    alba.goto("/desk/flores-de-alba/importaciones/")
    alba.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    alba.get_by_role("button", name="Ver qué cambiaría").click()
    expect(alba.get_by_text("Puedes salir de esta página", exact=False)).to_be_visible()
    site.work()
    alba.reload()


def told(names: tuple[str, ...]) -> None:
    """Let readers take what happened; in a thread, for the browser's driver keeps this one's event loop."""

    def work() -> None:
        react(*names)
        connections.close_all()

    thread = Thread(target=work)
    thread.start()
    thread.join(30)


def test_a_file_that_is_too_big_is_told_at_once_and_not_sent(site: Site, tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as out:
        out.truncate(500 * 2**20 + 1)  # as large as it says, and empty on the disk
    alba, sent = site.signed_in(site.market.alba), []
    alba.goto("/desk/flores-de-alba/importaciones/")
    alba.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    chooser, press = alba.locator("input[type=file]"), alba.get_by_role("button", name="Ver qué cambiaría")
    chooser.set_input_files(huge)
    expect(alba.get_by_role("alert")).to_have_text("Este archivo pesa más de 500 MB: no se envía.")
    press.click()
    expect(chooser).to_be_focused()
    assert sent == []
    chooser.set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"sku\n"})
    expect(alba.get_by_role("alert")).to_have_count(0)
    press.click()
    alba.wait_for_url("**/importaciones/*-*/")


def test_it_shows_imports_and_finds_a_real_shop(site: Site) -> None:
    if not FILE.is_file():
        pytest.skip(f"the folder of real files is not beside the checkout: {FILE}")
    alba = site.signed_in(site.market.alba)
    bring(alba, site, FILE.name, FILE.read_bytes())
    expect(alba.get_by_role("heading", name="Todavía no se ha guardado nada")).to_be_visible()
    expect(alba.get_by_text("Hoodie", exact=False).first).to_be_visible()
    stranger = site.visitor()
    stranger.goto("/buscar/?q=hoodie")
    expect(stranger.get_by_text("Hoodie with Logo")).to_have_count(0)

    alba.get_by_role("button", name="Importar", exact=True).click()
    site.work()
    alba.reload()
    expect(alba.get_by_text("La importación terminó")).to_be_visible()
    told(("catalogue.feed_imports", "catalogue.bring_pictures"))
    site.work()
    visitor = site.visitor()
    visitor.goto("/buscar/?q=hoodie logo")
    visitor.get_by_text("Hoodie with Logo").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Hoodie with Logo")
    expect(visitor.locator("main img").first).to_be_visible()

    bring(alba, site, FILE.name, FILE.read_bytes())
    expect(alba.get_by_role("heading", name="No hay nada que guardar")).to_be_visible()
    expect(alba.get_by_role("button", name="Importar", exact=True)).to_have_count(0)


def test_it_says_line_by_line_what_is_wrong_and_keeps_the_good_rows(site: Site) -> None:
    alba = site.signed_in(site.market.alba)
    bring(alba, site, "mala.csv", WRONG.encode())
    expect(alba.get_by_text("El precio -5 es menor que cero.")).to_be_visible()
    with alba.expect_download() as wrong:
        alba.get_by_role("link", name="Solo las filas con errores").click()
    report = Path(wrong.value.path()).read_text("utf-8-sig").splitlines()
    assert len(report) == 3
    assert report[1].startswith("2,mala-1")
    assert "ya está en la línea 3" in report[2]
    alba.get_by_role("button", name="Importar las filas buenas y dejar las que tienen error").click()
    site.work()
    alba.goto("/desk/flores-de-alba/productos/?q=mimbre")
    expect(alba.get_by_text("Cesto de mimbre trenzado")).to_be_visible()
    alba.goto("/desk/flores-de-alba/productos/?q=mala")
    expect(alba.get_by_text("Nada coincide", exact=False)).to_be_visible()
