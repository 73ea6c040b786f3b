"""Pictures that a file names by their address are brought later, from a real web server."""

from __future__ import annotations

import http.server
import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connections
from PIL import Image

from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.offer.catalogue import api
from oportuno.offer.catalogue.models import ProductPicture
from oportuno.offer.catalogue.testing import bring_text, of
from oportuno.people.organisations.testing import Actor

HEADER = "SKU,Título en español,Categoría,Precio,Imágenes"


@pytest.fixture
def shop(settings: LazySettings) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Another shop's server: its address, and what was asked of it, each with whether a transaction was open meanwhile."""
    asked: list[tuple[str, bool]] = []
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")
    main = connections["default"]  # of this thread: the one that the job works with

    class Shop(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, waiting_open(main)))
            self.send_response(404 if "none" in self.path else 200)
            self.end_headers()
            self.wfile.write(b"<html>" if "text" in self.path else picture.getvalue())

        def log_message(self, *args: Any) -> None:
            """Silence."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.WEB_ALLOW = [f"127.0.0.1:{server.server_port}"]
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()
    thread.join()


def waiting_open(main: Any) -> bool:
    return main.connection is not None and main.connection.info.transaction_status.name != "IDLE"


@pytest.mark.django_db(transaction=True)
def test_it_brings_each_once_tells_what_is_none_and_holds_no_transaction_meanwhile(
    alba: Actor, shelves: api.Shelves, tmp_path: Path, shop: tuple[str, list[tuple[str, bool]]]
) -> None:
    home, asked = shop
    rows = [
        f"A,Rosa,rosas,10,{home}/one.png",
        f"B,Clavel,claveles,10,{home}/one.png",
        f"C,Lirio,lirios,10,{home}/none.png",
        f"D,Cala,cartuchos,10,{home}/text.png",
    ]
    bring_text(alba, tmp_path, "\n".join([HEADER, *rows]))
    lease = Lease(0, 0, of(alba).pk, "test")
    assert api.bring_next_pictures(lease) is False
    with for_organisation(of(alba).pk):
        found = list(ProductPicture.objects.order_by("address", "id").values_list("picture_id", "trouble"))
    none, one, other, text = found
    assert one[0] == other[0] is not None
    assert (none[0], text[0]) == (None, None)
    assert none[1]
    assert text[1]
    assert sorted(path for path, _ in asked) == ["/none.png", "/one.png", "/text.png"]
    assert not any(open_then for _, open_then in asked)
    assert api.bring_next_pictures(lease) is False
    assert len(asked) == 3
