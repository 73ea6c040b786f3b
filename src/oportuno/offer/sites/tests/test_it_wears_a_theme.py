"""A site and its look: trying on, keeping, going back, files of themes."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites.models import LookKept, Site, ThemeState, ThemeVersion
from oportuno.offer.sites.queries.themes.finding import SOURCES
from oportuno.offer.sites.rules.themes.packing import package_of, unpacked
from oportuno.offer.sites.testing import open_site, write
from oportuno.offer.sites.tests.hostile import REFUSED, STYLE, theme, zipped
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def site_of(actor: Actor) -> Site:
    assert actor.organisation
    with for_organisation(actor.organisation.pk):
        return Site.objects.get()


def sheet_of(visitor: Client, address: str) -> tuple[str, str]:
    """(address, text) of the style sheet that a page names."""
    page = visitor.get(address).content.decode()
    found = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert found, page[:500]
    return found[1], visitor.get(found[1]).content.decode()


def adjusted(**said: str) -> dict[str, str]:
    return {"do": "keep", "of": "", "variation": "", **said}


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), (200, 40, 80)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def a_site(felix: Actor) -> str:
    """The address of Félix's open site with a post."""
    open_site(felix)
    write(felix.member, "Cómo cuidar una rosa")
    assert felix.organisation
    return f"/v/{felix.organisation.slug}/"


def test_a_page_has_one_style_sheet_that_is_kept_for_ever(a_site: str, stranger: Client) -> None:
    page = stranger.get(f"{a_site}sitio/").content.decode()
    assert page.count('rel="stylesheet"') == 1
    address, text = sheet_of(stranger, f"{a_site}sitio/")
    assert address.startswith(f"{a_site}tema.")
    assert "@layer theme" in text
    answer = stranger.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Encoding"] == "gzip"


def test_an_older_address_of_the_style_sheet_gives_what_is_true_now(a_site: str, stranger: Client) -> None:
    answer = stranger.get(f"{a_site}tema.0123456789abcdef0123.css")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60"


def test_what_one_keeps_is_what_visitors_see(felix: Actor, a_site: str, stranger: Client) -> None:
    before, _text = sheet_of(stranger, f"{a_site}blog/")
    answer = felix.post(felix.desk("sitio/tema/ajustes/?tema=vitrina"), adjusted(header="centred"))
    assert answer.status_code == 302
    after, text = sheet_of(stranger, f"{a_site}blog/")
    assert after != before
    assert "Bricolage Grotesque" in text
    assert "header-centred" in stranger.get(f"{a_site}blog/").content.decode()


def test_trying_on_changes_nothing_for_visitors(felix: Actor, a_site: str, stranger: Client) -> None:
    before, _text = sheet_of(stranger, f"{a_site}blog/")
    tried = felix.post(felix.desk("sitio/tema/ajustes/?tema=cuaderno"), {**adjusted(), "do": "try"})
    frame = re.search(r'<iframe src="([^"]+)"', tried.content.decode())
    assert frame
    assert "frame-src 'self'" in tried["Content-Security-Policy"]
    shown = stranger.get(frame[1].replace("&amp;", "&"))
    assert "paper-dots" in shown.content.decode()
    assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]
    assert shown["Cache-Control"] == "private, no-store"
    assert sheet_of(stranger, f"{a_site}blog/")[0] == before
    assert site_of(felix).theme == "revista"
    assert "frame-ancestors 'none'" in stranger.get(f"{a_site}blog/")["Content-Security-Policy"]


def test_a_link_to_a_trial_that_was_tampered_with_leads_nowhere(felix: Actor, a_site: str, stranger: Client) -> None:
    tried = felix.post(felix.desk("sitio/tema/ajustes/?tema=cuaderno"), {**adjusted(), "do": "try"}).content.decode()
    found = re.search(r'src="(/vista-de-tema/[^"?]+/)', tried)
    assert found
    assert stranger.get(found[1]).status_code == 200
    assert stranger.get(found[1].replace("/vista-de-tema/", "/vista-de-tema/x")).status_code == 404


def test_colours_that_cannot_be_read_are_not_kept_and_others_are_offered(felix: Actor, a_site: str) -> None:
    address = felix.desk("sitio/tema/ajustes/?tema=revista")
    refused = felix.post(address, adjusted(**{"colour-accent": "#fdf5c0"}))
    assert refused.status_code == 422
    assert site_of(felix).look == {}
    offered = re.search(r'name="use" value="(colour-accent:#[0-9a-f]{6})"', refused.content.decode())
    assert offered
    taken = felix.post(address, {**adjusted(**{"colour-accent": "#fdf5c0"}), "do": "", "use": offered[1]})
    colour = offered[1].partition(":")[2]
    assert f'value="{colour}"' in taken.content.decode()
    assert felix.post(address, adjusted(**{"colour-accent": colour})).status_code == 302
    assert site_of(felix).look["colours"] == {"accent": colour}


def test_the_colours_of_another_variation_begin_as_the_theme_has_them(felix: Actor, a_site: str) -> None:
    """The form still showed the colours of the usual one."""
    felix.post(felix.desk("sitio/tema/ajustes/?tema=revista"), {**adjusted(**{"colour-accent": "#9b1c31"}), "variation": "oliva"})
    assert site_of(felix).look == {"variation": "oliva"}


def test_the_page_of_adjustments_is_told_how_it_reads_while_one_chooses(felix: Actor, a_site: str) -> None:
    told = felix.post(
        felix.desk("sitio/tema/prueba/?tema=vitrina"), adjusted(**{"colour-base": "#fff8ec", "colour-contrast": "#eeeeee"})
    ).json()
    assert told["stylesheet"].startswith("/vista-de-tema/")
    assert "header-block" in told["classes"]
    assert 'class="failing"' in told["readings"]


def test_one_goes_back_step_by_step(felix: Actor, a_site: str) -> None:
    for name in ("estudio", "vitrina"):
        felix.post(felix.desk(f"sitio/tema/ajustes/?tema={name}"), adjusted(size="large"))
    felix.post(felix.desk("sitio/tema/vuelta/"), {"do": "reset"})
    assert (site_of(felix).theme, site_of(felix).look) == ("vitrina", {})
    seen = []
    for _step in range(3):
        felix.post(felix.desk("sitio/tema/vuelta/"), {"do": "undo"})
        seen.append((site_of(felix).theme, site_of(felix).look))
    assert seen == [("vitrina", {"size": "large"}), ("estudio", {"size": "large"}), ("revista", {})]
    assert felix.post(felix.desk("sitio/tema/vuelta/"), {"do": "undo"}).status_code == 409


def test_an_analyst_looks_and_changes_nothing(felix: Actor, a_site: str, gala: Actor) -> None:
    from oportuno.kernel.clock import now
    from oportuno.people.organisations.api import join

    assert felix.organisation
    join(organisation=felix.organisation, person=gala.person, role="analyst", at=now())
    watching = Actor(gala.person, felix.organisation)
    assert watching.get(watching.desk("sitio/tema/")).status_code == 200
    assert watching.post(watching.desk("sitio/tema/ajustes/?tema=vitrina"), adjusted()).status_code == 403
    assert site_of(felix).theme == "revista"


def test_strangers_do_not_see_how_a_site_is_dressed(felix: Actor, a_site: str, gala: Actor) -> None:
    assert gala.get(felix.desk("sitio/tema/")).status_code == 404
    assert gala.post(felix.desk("sitio/tema/ajustes/?tema=vitrina"), adjusted()).status_code == 404


def test_a_theme_is_taken_away_as_a_file_and_brought_back_the_same(felix: Actor, a_site: str, stranger: Client) -> None:
    felix.post(felix.desk("sitio/tema/ajustes/?tema=cuaderno"), adjusted(**{"colour-accent": "#7a2b0f", "cards": "grid"}))
    worn, _text = sheet_of(stranger, f"{a_site}blog/")
    classes = re.search(r'<body class="([^"]+)"', stranger.get(f"{a_site}blog/").content.decode())
    file = felix.get(felix.desk("sitio/tema/archivo/"))
    assert file["Content-Disposition"] == 'attachment; filename="cuaderno.zip"'
    package = package_of(unpacked(file.content))
    assert not package.remarks
    assert "assets/fonts/bitter-latin-wght-normal.woff2" in package.fonts
    brought = felix.post(felix.desk("sitio/tema/archivo/"), {"file": SimpleUploadedFile("tema.zip", file.content)})
    assert brought.status_code == 302, brought.content.decode()[-3000:]
    felix.post(brought["Location"], adjusted())
    again = re.search(r'<body class="([^"]+)"', stranger.get(f"{a_site}blog/").content.decode())
    assert classes
    assert again
    assert again[1] == classes[1]
    address, text = sheet_of(stranger, f"{a_site}blog/")
    assert address != worn
    assert "--wp--preset--color--accent: #7a2b0f" in text
    font = re.search(r'url\("(/temas/archivos/[0-9a-f]{64}\.woff2)"\)', text)
    assert font
    answer = stranger.get(font[1])
    assert answer["Content-Type"] == "font/woff2"
    assert "immutable" in answer["Cache-Control"]


def test_a_picture_that_a_theme_brings_is_encoded_by_us(felix: Actor, a_site: str, stranger: Client) -> None:
    brought = theme({"assets/grain.png": png()}, styles={"background": {"backgroundImage": {"url": "file:./assets/grain.png"}}})
    answer = felix.post(felix.desk("sitio/tema/archivo/"), {"file": SimpleUploadedFile("t.zip", brought)})
    felix.post(answer["Location"], adjusted())
    _address, text = sheet_of(stranger, f"{a_site}blog/")
    found = re.search(r'background-image: url\("(/temas/archivos/[0-9a-f]{64}\.webp)"\)', text)
    assert found
    content = b"".join(stranger.get(found[1]).streaming_content)
    assert content[8:12] == b"WEBP"


@pytest.mark.parametrize("name", ["no zip at all", "a path that leads out", "one file that unfolds to 20 MB", "theme.json that is HTML"])
def test_a_file_that_is_no_theme_is_refused_with_a_sentence(felix: Actor, a_site: str, name: str) -> None:
    answer = felix.post(felix.desk("sitio/tema/archivo/"), {"file": SimpleUploadedFile("t.zip", REFUSED[name])})
    assert answer.status_code == 422
    assert 'class="field-error"' in answer.content.decode()
    assert site_of(felix).theme == "revista"
    with for_organisation(felix.member.organisation.pk):
        assert not ThemeVersion.objects.exists()


def test_what_one_brings_for_oneself_nobody_else_is_offered(felix: Actor, a_site: str, gala: Actor) -> None:
    answer = felix.post(felix.desk("sitio/tema/archivo/"), {"file": SimpleUploadedFile("t.zip", theme())})
    key = answer["Location"].partition("tema=")[2]
    open_site(gala)
    assert key not in gala.get(gala.desk("sitio/tema/")).content.decode()
    assert gala.get(gala.desk(f"sitio/tema/ajustes/?tema={key}")).status_code == 404
    assert gala.post(gala.desk(f"sitio/tema/ajustes/?tema={key}"), adjusted()).status_code == 404
    assert site_of(gala).theme == "revista"


def test_a_theme_that_is_gone_is_replaced_by_the_usual_one(felix: Actor, a_site: str, stranger: Client) -> None:
    with for_organisation(felix.member.organisation.pk):
        Site.objects.update(theme="00000000-0000-4000-8000-000000000000", look={"header": "nonsense"})
    _address, text = sheet_of(stranger, f"{a_site}blog/")
    assert "Newsreader" in text
    assert felix.get(felix.desk("sitio/tema/")).status_code == 200
    assert felix.get(felix.desk("sitio/tema/ajustes/")).status_code == 200


def test_only_so_many_looks_are_kept(felix: Actor, a_site: str) -> None:
    for turn in range(24):
        felix.post(felix.desk("sitio/tema/ajustes/?tema=revista"), adjusted(width=("narrow", "wide")[turn % 2]))
    with for_organisation(felix.member.organisation.pk):
        assert LookKept.objects.count() == 20


def test_the_gallery_asks_as_much_for_many_themes_as_for_few(
    felix: Actor, a_site: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    felix.get(felix.desk("sitio/tema/"))
    with django_assert_max_num_queries(45):
        felix.get(felix.desk("sitio/tema/"))


def test_a_style_sheet_of_a_shipped_theme_asks_the_database_nothing_more(a_site: str, stranger: Client) -> None:
    """Looks are worked out once a process; only the digest of a designer's theme is asked for."""
    stranger.get(f"{a_site}blog/")
    assert all(len(digest) == 64 for digest in SOURCES)


def test_a_version_says_what_it_was_brought_for(felix: Actor, a_site: str) -> None:
    felix.post(felix.desk("sitio/tema/archivo/"), {"file": SimpleUploadedFile("t.zip", zipped({"style.css": STYLE, "theme.json": json.dumps({"version": 3, "styles": {"css": "x"}})}))})  # fmt: skip
    with for_organisation(felix.member.organisation.pk):
        found = ThemeVersion.objects.get()
    assert found.state == ThemeState.OWN
    assert found.remarks == [{"code": "custom css", "where": "styles.css", "what": ""}]
    assert "styles.css" in felix.get(felix.desk(f"sitio/tema/ajustes/?tema={found.key}")).content.decode()


def test_a_zip_of_ours_opens_anywhere(felix: Actor, a_site: str) -> None:
    file = felix.get(felix.desk("sitio/tema/archivo/")).content
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        assert json.loads(archive.read("theme.json"))["version"] == 3
        assert b"Theme Name: Revista" in archive.read("style.css")
