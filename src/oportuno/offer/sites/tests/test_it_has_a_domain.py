"""A site on a domain of its own (threat T33): proved by DNS, served there alone, freed when it is given back, never taken over."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites import api
from oportuno.offer.sites.models import Domain
from oportuno.offer.sites.rules.domains import read_name
from oportuno.offer.sites.testing import open_site, write
from oportuno.offer.sites.tests import name_server
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
Names = Callable[..., None]


@pytest.fixture
def names(tmp_path: Path, settings: LazySettings) -> Iterator[Names]:
    """Says what DNS knows: names(**{"_oportuno.example.com": ["…"]})."""
    file = tmp_path / "names.json"
    file.write_text("{}")
    server = subprocess.Popen([sys.executable, name_server.__file__, str(file)], stdout=subprocess.PIPE, text=True)
    assert server.stdout
    settings.DNS_SERVERS = [f"127.0.0.1:{server.stdout.readline().strip()}"]
    yield lambda **known: file.write_text(json.dumps(known)) and None
    server.terminate()
    server.wait()


def own(actor: Actor) -> int:
    assert actor.organisation
    return actor.organisation.pk


def bring(actor: Actor, name: str) -> Domain:
    with for_organisation(own(actor)):
        return api.bring_domain(name=name, by=actor.member, at=now())


def prove(actor: Actor, domain: Domain) -> Domain:
    with for_organisation(own(actor)):
        return api.prove_domain(domain=domain.pk, by=actor.member, at=now())


def test_a_proved_domain_shows_the_site_and_nothing_else(felix: Actor, stranger: Client, names: Names) -> None:
    open_site(felix)
    write(felix.member, "Cómo cuidar una rosa")
    domain = bring(felix, "https://www.felix-escribe.com/")
    assert "Cómo cuidar una rosa" not in stranger.get("/blog/", HTTP_HOST="www.felix-escribe.com").content.decode()
    names(**{"_oportuno.www.felix-escribe.com": ["otra cosa", domain.token]})
    assert prove(felix, domain).published
    blog = stranger.get("/blog/", HTTP_HOST="www.felix-escribe.com")
    assert blog.status_code == 200
    assert 'href="/blog/como-cuidar-una-rosa/"' in blog.content.decode()
    assert '<link rel="canonical" href="https://www.felix-escribe.com/blog/">' in blog.content.decode()
    assert stranger.get("/", HTTP_HOST="www.felix-escribe.com").status_code == 200
    assert "https://www.felix-escribe.com" in stranger.get("/robots.txt", HTTP_HOST="www.felix-escribe.com", secure=True).content.decode()
    for ours in ("/desk/felix-escribe/", "/entrar/", "/buscar/", "/api/v1/openapi.json", "/mi-cuenta/"):
        assert stranger.get(ours, HTTP_HOST="www.felix-escribe.com").status_code == 404, ours


def test_no_cookie_of_the_market_comes_with_an_own_domain(felix: Actor, stranger: Client, names: Names) -> None:
    open_site(felix)
    domain = bring(felix, "felix.example.org")
    names(**{"_oportuno.felix.example.org": [domain.token]})
    prove(felix, domain)
    answer = stranger.get("/", HTTP_HOST="felix.example.org")
    assert answer.status_code == 200
    assert not answer.cookies


def test_without_the_proof_there_is_no_domain(felix: Actor, names: Names) -> None:
    open_site(felix)
    domain = bring(felix, "felix.example.org")
    with pytest.raises(Refusal):
        prove(felix, domain)
    names(**{"_oportuno.felix.example.org": ["oportuno-sitio=de-otro"]})
    with pytest.raises(Refusal):
        prove(felix, domain)
    with for_organisation(own(felix)):
        assert not Domain.objects.get(pk=domain.pk).published


def test_a_name_server_that_is_silent_takes_nothing_away(
    felix: Actor, stranger: Client, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oportuno.kernel.web.names.LONGEST", 0.5)
    open_site(felix)
    domain = bring(felix, "felix.example.org")
    names(**{"_oportuno.felix.example.org": [domain.token]})
    prove(felix, domain)
    names(**{"_oportuno.felix.example.org": None})
    for day in range(1, 6):
        api.recheck_domains(at=now() + timedelta(days=day))
    assert stranger.get("/", HTTP_HOST="felix.example.org").status_code == 200


def test_a_proof_that_is_gone_for_three_days_ends_the_domain(felix: Actor, names: Names) -> None:
    open_site(felix)
    domain = bring(felix, "felix.example.org")
    names(**{"_oportuno.felix.example.org": [domain.token]})
    prove(felix, domain)
    names()
    states = []
    for day in range(1, 4):
        api.recheck_domains(at=now() + timedelta(days=day))
        with for_organisation(own(felix)):
            states.append(Domain.objects.get(pk=domain.pk).published)
    assert states == [True, True, False]
    names(**{"_oportuno.felix.example.org": [domain.token]})
    api.recheck_domains(at=now() + timedelta(days=5))
    with for_organisation(own(felix)):
        assert Domain.objects.get(pk=domain.pk).published, "proved again, it is served again"


def test_nobody_takes_over_a_domain_that_dangles(felix: Actor, eva: Actor, stranger: Client, names: Names) -> None:
    for actor in (felix, eva):
        open_site(actor)
    mine = bring(felix, "felix.example.org")
    names(**{"_oportuno.felix.example.org": [mine.token]})
    prove(felix, mine)
    theirs = bring(eva, "felix.example.org")
    with pytest.raises(Refusal):
        prove(eva, theirs)
    with for_organisation(own(felix)):
        api.give_back_domain(domain=mine.pk, by=felix.member, at=now())
    with pytest.raises(Refusal):  # DNS still holds the proof of who left: it proves nothing for others
        prove(eva, theirs)
    assert eva.organisation
    assert eva.organisation.name not in stranger.get("/", HTTP_HOST="felix.example.org").content.decode()
    names(**{"_oportuno.felix.example.org": [theirs.token]})
    assert prove(eva, theirs).published


def test_two_who_prove_one_domain_do_not_both_have_it(felix: Actor, eva: Actor, names: Names) -> None:
    for actor in (felix, eva):
        open_site(actor)
    mine, theirs = bring(felix, "nuestro.example.org"), bring(eva, "nuestro.example.org")
    names(**{"_oportuno.nuestro.example.org": [mine.token, theirs.token]})
    prove(felix, mine)
    with pytest.raises(Conflict):
        prove(eva, theirs)


@pytest.mark.parametrize(
    "typed", ["", "localhost", "127.0.0.1", "a b.com", "-a.com", "x" * 64 + ".com", "http://", "mercado", "a..b", "caja.local"]
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(typed)}$"):
        read_name(typed)


def test_names_are_read_as_dns_writes_them() -> None:
    assert read_name(" HTTPS://Www.München.DE/blog ") == "www.xn--mnchen-3ya.de"


def test_the_markets_own_name_is_nobodys(felix: Actor, settings: LazySettings) -> None:
    settings.ORIGIN = "https://mercado.example.com"
    open_site(felix)
    for name in ("mercado.example.com", "felix.mercado.example.com"):
        with pytest.raises(Refusal):
            bring(felix, name)


def test_nobody_reaches_a_site_by_the_inner_prefix(felix: Actor, stranger: Client) -> None:
    open_site(felix)
    assert felix.organisation
    assert stranger.get(f"/~sitio/{felix.organisation.slug}/").status_code == 404


def test_a_site_is_dressed_the_same_on_its_own_domain_from_there_alone(
    felix: Actor, stranger: Client, names: Names, settings: LazySettings, tmp_path: Path
) -> None:
    """Its style sheet, fonts and pictures come from its own host: the policy lets nothing else in."""
    settings.MEDIA_ROOT = tmp_path / "media"
    open_site(felix)
    domain = bring(felix, "felix.example.org")
    names(**{"_oportuno.felix.example.org": [domain.token]})
    prove(felix, domain)
    felix.post(felix.desk("sitio/tema/ajustes/?tema=cuaderno"), {"do": "keep", "of": "", "variation": ""})
    file = felix.get(felix.desk("sitio/tema/archivo/")).content
    brought = felix.post(felix.desk("sitio/tema/archivo/"), {"file": SimpleUploadedFile("t.zip", file)})
    felix.post(brought["Location"], {"do": "keep", "of": "", "variation": ""})
    page = stranger.get("/blog/", HTTP_HOST="felix.example.org").content.decode()
    sheet = re.search(r'<link rel="stylesheet" href="(/tema\.[0-9a-f]+\.css)"', page)
    assert sheet
    answer = stranger.get(sheet[1], HTTP_HOST="felix.example.org")
    assert "immutable" in answer["Cache-Control"]
    addresses = set(re.findall(r'url\("([^"]+)"\)', answer.content.decode()))
    assert addresses
    for address in addresses:
        assert address.startswith("/temas/archivos/")
        assert stranger.get(address, HTTP_HOST="felix.example.org").status_code == 200
    assert stranger.get("/vista-de-tema/x/", HTTP_HOST="felix.example.org").status_code == 404
