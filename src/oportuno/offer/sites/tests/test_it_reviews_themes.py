"""From a designer's file to a seller's site: checked by a program, decided by a person, rated by who uses it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.testing.together import together
from oportuno.offer.sites.models import Site, Theme, ThemeState, ThemeVersion
from oportuno.offer.sites.queries.themes.invariants import counted_otherwise
from oportuno.offer.sites.testing import open_site, theme_file, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def made(number: str = "1.0", *, name: str = "Cayena", **how: str) -> bytes:
    return theme_file(name, number, **how).read()


def hand_in(designer: Actor, content: bytes, news: str = "") -> Any:
    return designer.post(designer.desk("temas/"), {"file": SimpleUploadedFile("t.zip", content), "news": news})


def newest() -> ThemeVersion:
    with for_market("a test looks"):
        return ThemeVersion.objects.order_by("-uploaded_at").select_related("theme").first()


def decide(operator: Actor, version: UUID, verdict: str, reason: str = "") -> Any:
    return operator.post(operator.desk(f"revision-de-temas/{version}/decision/"), {"verdict": verdict, "reason": reason})


def approved(felix: Actor, dario: Actor, number: str = "1.0", news: str = "") -> ThemeVersion:
    assert hand_in(felix, made(number), news).status_code == 302
    version = newest()
    assert decide(dario, version.pk, "approve").status_code == 302
    return version


def put_on(actor: Actor, version: ThemeVersion) -> Any:
    return actor.post(actor.desk(f"sitio/tema/ajustes/?tema={version.pk}"), {"do": "keep", "of": "", "variation": ""})


@pytest.fixture
def seller(eva: Actor) -> Actor:
    """Somebody with a site that is seen, who is no designer."""
    open_site(eva)
    write(eva.member, "Qué llega en noviembre")
    return eva


def test_a_theme_waits_until_a_person_has_approved_it(felix: Actor, dario: Actor, seller: Actor) -> None:
    assert hand_in(felix, made()).status_code == 302
    version = newest()
    assert (version.state, version.published) == (ThemeState.WAITING, False)
    assert "Cayena" not in seller.get(seller.desk("sitio/tema/")).content.decode()
    assert put_on(seller, version).status_code == 404
    assert "Cayena" in dario.get(dario.desk("revision-de-temas/")).content.decode()
    case = dario.get(dario.desk(f"revision-de-temas/{version.pk}/")).content.decode()
    assert "/vista-de-tema/" in case
    assert decide(dario, version.pk, "approve").status_code == 302
    gallery = seller.get(seller.desk("sitio/tema/")).content.decode()
    assert "Cayena" in gallery
    assert "Roja y tranquila." in gallery
    assert put_on(seller, version).status_code == 302


def test_a_reviewer_sees_it_worn_before_it_is_approved(felix: Actor, dario: Actor, stranger: Client) -> None:
    hand_in(felix, made())
    case = dario.get(dario.desk(f"revision-de-temas/{newest().pk}/")).content.decode()
    sample = re.search(r'<iframe src="([^"]+)"', case)
    assert sample
    page = stranger.get(sample[1].replace("&amp;", "&")).content.decode()
    sheet = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert sheet
    assert "--wp--preset--color--base: #fff7f0" in stranger.get(sheet[1]).content.decode()


def test_who_hands_in_what_cannot_be_read_is_told_and_nothing_waits(felix: Actor, dario: Actor) -> None:
    answer = hand_in(felix, made(ink="#cfcfcf"))
    assert answer.status_code == 422
    assert "#cfcfcf / #fff7f0" in answer.content.decode()
    with for_market("a test looks"):
        assert not ThemeVersion.objects.exists()


@pytest.mark.parametrize("content", [made(licence=""), made(licence="Todos los derechos reservados"), made(number=""), made(name="")])
def test_a_theme_says_whose_it_is_and_how_it_may_be_used(felix: Actor, content: bytes) -> None:
    assert hand_in(felix, content).status_code == 422
    with for_market("a test looks"):
        assert not ThemeVersion.objects.exists()


def test_only_professionals_hand_themes_in(seller: Actor) -> None:
    assert seller.get(seller.desk("temas/")).status_code == 404
    assert hand_in(seller, made()).status_code == 404
    with for_market("a test looks"):
        assert not ThemeVersion.objects.exists()


def test_only_the_market_decides(felix: Actor, seller: Actor, dario: Actor) -> None:
    hand_in(felix, made())
    version = newest()
    for somebody in (felix, seller):
        address = somebody.desk(f"revision-de-temas/{version.pk}/decision/")
        assert somebody.post(address, {"verdict": "approve"}).status_code == 404
    assert newest().state == ThemeState.WAITING


def test_who_is_not_approved_reads_why(felix: Actor, dario: Actor) -> None:
    hand_in(felix, made())
    version = newest()
    assert decide(dario, version.pk, "refuse", "No").status_code == 422
    assert newest().state == ThemeState.WAITING
    reason = "La letra de los menús es demasiado pequeña en un teléfono."
    assert decide(dario, version.pk, "refuse", reason).status_code == 302
    assert reason in felix.get(felix.desk("temas/")).content.decode()
    assert decide(dario, version.pk, "approve").status_code == 409


def test_a_newer_version_is_offered_and_never_put_on_by_itself(felix: Actor, dario: Actor, seller: Actor) -> None:
    first = approved(felix, dario)
    put_on(seller, first)
    second = approved(felix, dario, "1.1", news="Ahora con modo oscuro.")
    page = seller.get(seller.desk("sitio/tema/")).content.decode()
    assert "Ahora con modo oscuro." in page
    with for_organisation(seller.member.organisation.pk):
        assert Site.objects.get().theme == str(first.pk)
    put_on(seller, second)
    assert "Ahora con modo oscuro." not in seller.get(seller.desk("sitio/tema/")).content.decode()


@pytest.mark.parametrize("number", ["1.0", "0.9", "1.0.0"])
def test_a_number_is_given_once_and_grows(felix: Actor, dario: Actor, number: str) -> None:
    approved(felix, dario)
    assert hand_in(felix, made(number)).status_code == 409


def test_handing_in_again_takes_the_waiting_one_back(felix: Actor, dario: Actor) -> None:
    hand_in(felix, made("1.0"))
    first = newest()
    hand_in(felix, made("1.1"))
    with for_market("a test looks"):
        assert ThemeVersion.objects.get(pk=first.pk).state == ThemeState.TAKEN_BACK
    assert decide(dario, first.pk, "approve").status_code == 409


def test_installs_and_stars_are_counted_once_an_organisation(felix: Actor, dario: Actor, seller: Actor, alba: Actor) -> None:
    version = approved(felix, dario)
    open_site(alba)
    for actor in (seller, alba, seller):
        put_on(actor, version)
        actor.post(actor.desk("sitio/tema/ajustes/?tema=revista"), {"do": "keep", "of": "", "variation": ""})
        put_on(actor, version)
    for actor, stars in ((seller, 5), (alba, 2), (alba, 4)):
        assert actor.post(actor.desk("sitio/tema/estrellas/"), {"stars": str(stars)}).status_code == 302
    with for_market("a test looks"):
        theme = Theme.objects.get()
    assert (theme.installs, theme.ratings, theme.stars, theme.rating) == (2, 2, 9, 4.5)
    assert seller.post(seller.desk("sitio/tema/estrellas/"), {"stars": "6"}).status_code == 422


def test_who_does_not_use_a_theme_does_not_rate_it(felix: Actor, dario: Actor, seller: Actor) -> None:
    approved(felix, dario)
    assert seller.post(seller.desk("sitio/tema/estrellas/"), {"stars": "1"}).status_code == 404
    with for_market("a test looks"):
        assert Theme.objects.get().ratings == 0


def test_a_blocked_version_is_worn_by_nobody_from_then_on(felix: Actor, dario: Actor, seller: Actor, stranger: Client) -> None:
    version = approved(felix, dario)
    put_on(seller, version)
    assert seller.organisation
    home = f"/v/{seller.organisation.slug}/blog/"
    assert "header-line" in stranger.get(home).content.decode()
    assert decide(dario, version.pk, "block", "Copia la obra de otra diseñadora.").status_code == 302
    assert "header-masthead" in stranger.get(home).content.decode()
    assert "Cayena" not in seller.get(seller.desk("sitio/tema/")).content.decode()


def test_a_withdrawn_theme_stays_with_who_has_it(felix: Actor, dario: Actor, seller: Actor, stranger: Client) -> None:
    version = approved(felix, dario)
    put_on(seller, version)
    felix.post(felix.desk(f"temas/{version.pk}/retiro/"), {"what": "theme"})
    assert seller.organisation
    assert "header-line" in stranger.get(f"/v/{seller.organisation.slug}/blog/").content.decode()
    with for_market("a test looks"):
        assert not Theme.objects.get().published


def test_a_designer_sees_only_her_own(felix: Actor, dario: Actor, eva: Actor, gala: Actor) -> None:
    hand_in(felix, made())
    version = newest()
    assert felix.get(felix.desk(f"temas/{version.pk}/")).status_code == 200
    for other in (eva, gala):
        assert other.get(other.desk(f"temas/{version.pk}/")).status_code == 404
        assert other.post(other.desk(f"temas/{version.pk}/retiro/"), {"what": "version"}).status_code == 404
    assert newest().state == ThemeState.WAITING


def test_who_has_something_to_do_about_a_theme_reads_it_on_the_first_screen(felix: Actor, dario: Actor) -> None:
    def today(actor: Actor) -> str:
        return actor.get(actor.desk()).content.decode()

    assert "revision-de-temas/" not in today(dario).split("<main")[1]
    hand_in(felix, made())
    version = newest()
    assert "revision-de-temas/" in today(dario).split("<main")[1]
    decide(dario, version.pk, "refuse", "La letra de los menús es demasiado pequeña.")
    assert f"temas/{version.pk}/" in today(felix)
    hand_in(felix, made("1.1"))
    assert f"temas/{version.pk}/" not in today(felix)


@pytest.mark.django_db(transaction=True)
def test_stars_given_at_the_same_time_are_all_counted(felix: Actor, dario: Actor, eva: Actor, alba: Actor) -> None:
    """Two organisations, each twice at once: the theme has two votes and two sites."""
    version = approved(felix, dario)
    for actor in (eva, alba):
        open_site(actor)
    together([lambda actor=actor: put_on(actor, version) for actor in (eva, eva, alba, alba)])
    stars = [(eva, 5), (eva, 3), (alba, 4), (alba, 4)]
    together([lambda actor=actor, n=n: actor.post(actor.desk("sitio/tema/estrellas/"), {"stars": str(n)}) for actor, n in stars])
    with for_market("a test looks"):
        theme = Theme.objects.get()
        assert counted_otherwise() == 0
    assert (theme.installs, theme.ratings) == (2, 2)
    assert theme.stars in (7, 9)
