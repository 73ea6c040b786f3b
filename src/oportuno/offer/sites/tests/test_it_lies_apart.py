"""Sites share no cookie with the market (threat T08): below /v/ nobody is signed in, and with a host of sites each has a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from oportuno.kernel.clock import now, stopped_at
from oportuno.kernel.content import read
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.offer.sites import api
from oportuno.offer.sites.api.apart import SitesApart
from oportuno.offer.sites.models import Comment, Entry, Form, FormAnswer, Topic
from oportuno.offer.sites.queries.previews import preview_address
from oportuno.offer.sites.queries.themes.trying import Trial
from oportuno.offer.sites.testing import open_site, take_domain, write
from oportuno.offer.sites.tests.asking import open_form
from oportuno.offer.sites.urls.public import pages
from oportuno.people.audience.api.forms import stamp_of
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
HOST = "felix-escribe.sitios.example.co"
MARKET = "https://mercado.example.com"
BELOW = "/v/felix-escribe/"


@pytest.fixture
def post(felix: Actor) -> Entry:
    """A post of a site that has something on every kind of page."""
    open_site(felix)
    write(felix.member, "Antes")
    form = open_form(felix)
    piece = write(felix.member, "Rosas", tags=["Agua"])
    with for_organisation(own(felix)):
        said = api.name_terms(kind="category", names=["Cuidados"], organisation=own(felix), at=now())
        api.file_entry(entry=piece.pk, terms=[*piece.terms, said[0].pk], by=felix.member, at=now())
        api.change_site(by=felix.member, at=now(), tagline="Escribo de rosas")
    assert form.slug
    return piece


@pytest.fixture
def sites_host(settings: LazySettings) -> str:
    """The market of an operator that gives sites a host."""
    settings.SITES_HOST, settings.ORIGIN = "sitios.example.co", MARKET
    return HOST


def own(actor: Actor) -> int:
    assert actor.organisation
    return actor.organisation.pk


def paths(felix: Actor, post: Entry) -> dict[str, str]:
    """One address of each page that every site has, below where it stands; "sitio/" is the home in the market."""
    with for_organisation(own(felix)):
        author = api.own_author(by=felix.member, at=now()).slug
        form = Form.objects.get().slug
    day = post.published_at
    assert day
    return {
        "home": "sitio/", "style_sheet": "tema.0.css", "blog": "blog/", "rss": "blog/rss.xml", "atom": "blog/atom.xml",
        "sitemap": "sitemap.xml", "category": "blog/categoria/cuidados/", "tag": "blog/etiqueta/agua/", "author": f"blog/autor/{author}/",
        "topics": "blog/temas/", "year": f"blog/{day:%Y}/", "month": f"blog/{day:%Y}/{day:%m}/", "form": f"formulario/{form}/",
        "form_seen": f"formulario/{form}/visto.gif", "entry": f"{post.path}/",
    }  # fmt: skip


def gathered() -> api.Gathered:
    """The newest post, as pages of the market gather it."""
    with for_public():
        return api.newest_posts(limit=1)[0]


SENT = {"comment", "useful", "topic_asked", "topic_voted"}
"""Pages that are only sent to."""


def told(answer: HttpResponse) -> tuple[int, bytes, dict[str, str]]:
    """All of an answer but what the second of its making signs: tokens against machines are the same for everybody within one."""
    body = re.sub(rb'value="[^"]*:[\w-]{6}:[\w-]{43}"', b"", answer.content)
    return answer.status_code, body, {name: value for name, value in answer.items() if name not in ("Age", "Expires")}


def browsers(actor: Actor) -> Iterator[Client]:
    """Of somebody who is signed in at the market, and who chose a language, a colour and a theme there."""
    actor.client.get("/desk/felix-escribe/sitio/ajustes/")
    assert {"sessionid", "csrftoken"} <= set(actor.client.cookies)
    for name, value in {"language": "en", "theme": "dark", "messages": "hola"}.items():
        actor.client.cookies[name] = value
    yield actor.client


@pytest.mark.parametrize("host", ["", HOST])
def test_what_a_member_brings_changes_no_byte_of_a_site(host: str, felix: Actor, post: Entry, settings: LazySettings) -> None:
    shown = paths(felix, post)
    assert shown.keys() | SENT == {one.name for one in pages("", "")}, "every page of a site is looked at here"
    for member in browsers(felix):
        if host:
            settings.SITES_HOST, settings.ORIGIN = "sitios.example.co", MARKET
        with stopped_at(now()):
            for name, path in {**shown, "lost": "no-hay/", "no term": "blog/etiqueta/no-hay/"}.items():
                address = f"/{path.removeprefix('sitio/')}" if host else f"{BELOW}{path}"
                where = {"HTTP_HOST": host} if host else {}
                hers, anybodys = member.get(address, **where), Client().get(address, **where)
                assert hers.status_code == (404 if name in ("lost", "no term") else 200), name
                assert told(hers) == told(anybodys), name
                assert not hers.cookies, name
                assert "Cookie" not in hers.get("Vary", ""), name


def test_what_is_not_published_is_shown_the_same_to_whoever_has_the_link(felix: Actor, post: Entry) -> None:
    draft = write(felix.member, "Todavía no", published=False)
    trial = Trial(own(felix), "cuaderno", {}, "es").address(at=now())
    for address in (preview_address(draft, at=now()), trial):
        for member in browsers(felix):
            with stopped_at(now()):
                hers, anybodys = member.get(address), Client().get(address)
            assert (hers.status_code, hers.content, len(hers.cookies)) == (200, anybodys.content, 0)


def test_each_page_below_the_market_leads_to_the_sites_own_host(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    for name, path in paths(felix, post).items():
        for query in ("", "?a=1&b=%C3%B1"):
            answer = stranger.get(f"{BELOW}{path}{query}")
            if name == "style_sheet":
                assert answer.status_code == 200, "what the workbench shows is dressed from the market's host"
                continue
            assert answer.status_code == 301, name
            assert answer["Location"] == f"https://{HOST}/{path.removeprefix('sitio/')}{query}"
            assert answer["Cache-Control"] == "public, max-age=3600"
            assert stranger.get(answer["Location"].removeprefix(f"https://{HOST}"), HTTP_HOST=HOST).status_code == 200
    assert stranger.get(f"{BELOW}señal/")["Location"] == f"https://{HOST}/se%C3%B1al/"
    assert stranger.head(f"{BELOW}blog/").status_code == 301
    sent = stranger.post(f"{BELOW}blog/comentarios/{post.pk}/", {"text": "Hola"})
    assert (sent.status_code, sent["Location"]) == (308, f"https://{HOST}/blog/comentarios/{post.pk}/")


def test_the_markets_own_pages_stay_where_they_are(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    draft = write(felix.member, "Todavía no", published=False)
    assert stranger.get(preview_address(draft, at=now())).status_code == 200
    assert stranger.get(Trial(own(felix), "cuaderno", {}, "es").address(at=now())).status_code == 200
    assert felix.get(felix.desk("sitio/")).status_code == 200
    for address in (BELOW, "/"):
        assert stranger.get(address).status_code in (200, 404), "no way to a site"


def test_a_site_is_its_host_and_nothing_of_the_market(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    home = stranger.get("/", HTTP_HOST=f"{HOST.upper()}:443", secure=True)
    assert home.status_code == 200
    for ours in ("/desk/felix-escribe/", "/entrar/", "/buscar/", "/api/v1/openapi.json", "/mi-cuenta/", "/healthz", "/vista-de-tema/x/"):
        answer = felix.client.get(ours, HTTP_HOST=HOST)
        assert answer.status_code == 404, ours
        assert not answer.cookies


@pytest.mark.parametrize(
    "name", ["nadie.sitios.example.co", "a.felix-escribe.sitios.example.co", "felix_escribe.sitios.example.co", "-.sitios.example.co"]
)
def test_a_name_that_is_nobodys_is_answered_with_nothing(name: str, felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    for path in ("/", "/blog/", "/entrar/", "/~sitio/felix-escribe/", f"{BELOW}blog/"):
        answer = felix.client.get(path, HTTP_HOST=name)
        assert answer.status_code == 404, path
        assert felix.organisation
        assert felix.organisation.name not in answer.content.decode()
        assert not answer.cookies
    assert f'href="{MARKET}/"' in stranger.get("/", HTTP_HOST=name).content.decode()


def test_the_host_of_sites_itself_leads_to_the_market(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    answer = stranger.get("/", HTTP_HOST="sitios.example.co")
    assert (answer.status_code, answer["Location"]) == (302, f"{MARKET}/")
    for path in ("/entrar/", "/desk/felix-escribe/", "/v/felix-escribe/", "/~sitio/felix-escribe/"):
        assert stranger.get(path, HTTP_HOST="sitios.example.co").status_code == 404, path


def test_a_site_that_is_closed_is_not_found_on_its_host_either(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    with for_organisation(own(felix)):
        api.close_site(by=felix.member, at=now())
    assert stranger.get("/blog/", HTTP_HOST=HOST).status_code == 404
    assert stranger.get("/dominios/permitido", {"domain": HOST}).status_code == 404
    with for_organisation(own(felix)):
        api.open_site(by=felix.member, at=now())
        api.allow_site(organisation=own(felix), allowed=False, at=now())
    assert stranger.get("/blog/", HTTP_HOST=HOST).status_code == 404


def test_nobody_forges_the_inner_prefix_on_any_host(felix: Actor, eva: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    open_site(eva)
    write(eva.member, "De Eva")
    for host in ("testserver", HOST, "eva-socios.sitios.example.co"):
        for path in ("/~sitio/felix-escribe/blog/", "/%7Esitio/felix-escribe/blog/", "/~sitio/-/blog/", "//~sitio/felix-escribe/blog/"):
            assert stranger.get(path, HTTP_HOST=host).status_code == 404, (host, path)


def test_no_seller_claims_a_name_below_the_host_of_sites(felix: Actor, post: Entry, sites_host: str) -> None:
    for name in ("sitios.example.co", HOST, "eva-socios.sitios.example.co", "a.b.sitios.example.co"):
        with for_organisation(own(felix)), pytest.raises(Refusal):
            api.bring_domain(name=name, by=felix.member, at=now())


def test_readers_speak_there_without_any_cookie(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    stamp = stamp_of(now() - timedelta(minutes=1))
    form = paths(felix, post)["form"]
    said = {
        f"/blog/comentarios/{post.pk}/": {"stamp": stamp, "text": "Muy útil", "name": "Carmen", "email": "carmen@example.com"},
        f"/blog/utilidad/{post.pk}/": {"util": "si"},
        "/blog/temas/pedido/": {"stamp": stamp, "title": "Rosas en macetas"},
        f"/{form}": {"stamp": stamp, "q_email": "carmen@example.com", "q_que_necesitas": "Rosas", "q_name": "Carmen", "agrees": "on"},
        f"{BELOW}{form}": {"stamp": stamp, "q_email": "otra@example.com", "q_que_necesitas": "Lirios", "q_name": "Otra", "agrees": "on"},
    }
    browser = Client(enforce_csrf_checks=True)
    for address, words in said.items():
        refused = browser.post(address, words, HTTP_HOST=HOST, HTTP_ORIGIN=MARKET)
        assert refused.status_code == 403, "the market's own pages send nothing here"
        answer = browser.post(address, words, HTTP_HOST=HOST, HTTP_ORIGIN=f"http://{HOST}")
        assert answer.status_code == 302, (address, answer.content.decode()[:2000])
        assert answer["Location"].startswith("/"), "back to the same host"
        assert not answer.cookies
    with for_organisation(own(felix)):
        assert (Comment.objects.count(), Topic.objects.count(), FormAnswer.objects.count()) == (1, 1, 2)


def test_it_is_known_by_its_own_host_everywhere(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    its = f"https://{HOST}"
    page = stranger.get(f"/{post.path}/", HTTP_HOST=HOST, secure=True).content.decode()
    assert f'<link rel="canonical" href="{its}/{post.path}/">' in page
    assert f'<meta property="og:url" content="{its}/{post.path}/">' in page
    assert f"{MARKET}{BELOW}" in page, "its page in the market is linked whole"
    assert "/v/felix-escribe/blog" not in page
    for path in ("blog/rss.xml", "blog/atom.xml", "sitemap.xml", "robots.txt"):
        told = stranger.get(f"/{path}", HTTP_HOST=HOST, secure=True).content.decode()
        found = set(re.findall(r"https?://[^\s<\"/]+", told)) - {"http://purl.org", "http://www.w3.org", "http://www.sitemaps.org"}
        assert found == {its}, path
    said = stranger.get("/api/v1/sites/felix-escribe").json()
    assert (said["url"], said["blog_url"]) == (f"{its}/", f"{its}/blog/")
    assert stranger.get("/api/v1/sites/felix-escribe/posts").json()["posts"][0]["url"] == f"{its}/{post.path}/"
    for path in ("sitio/", "sitio/dominio/"):
        assert f'href="{its}/"' in felix.get(felix.desk(path)).content.decode()
    assert gathered().address == f"{its}/{post.path}/"
    assert gathered().in_market == f"{BELOW}{post.path}/", "what is kept leads there wherever it is tomorrow"


def test_a_domain_of_its_own_still_comes_first(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    take_domain(felix, "www.felix-escribe.com")
    page = stranger.get(f"/{post.path}/", HTTP_HOST=HOST).content.decode()
    assert f'<link rel="canonical" href="https://www.felix-escribe.com/{post.path}/">' in page
    assert gathered().address == f"https://www.felix-escribe.com/{post.path}/"
    led = stranger.get(f"{BELOW}blog/")["Location"]
    assert led == f"https://{HOST}/blog/", "browsers keep this way: never to a name that may be another's one day"


def test_latest_posts_lead_to_where_each_site_is(felix: Actor, eva: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    site = open_site(eva)
    write(eva.member, "De Eva")
    with for_organisation(own(felix)):
        content = {"blocks": [{"type": "posts", "of": str(site.pk), "number": 3}]}
        page = api.begin_entry(kind="page", title="Amigos", content=read(content), by=felix.member, at=now())
        api.publish_entry(entry=page.pk, by=felix.member, at=now())
    assert 'href="https://eva-socios.sitios.example.co/blog/de-eva/"' in stranger.get("/amigos/", HTTP_HOST=HOST).content.decode()


@pytest.mark.parametrize("path", ["/v/eva-socios/", "/v/eva-socios/blog/", "/productos/rosa-roja/", "/en/categorias/rosas/"])
def test_what_was_linked_as_it_stands_in_the_market_is_found_there(
    path: str, felix: Actor, post: Entry, stranger: Client, sites_host: str
) -> None:
    led = stranger.get(path, HTTP_HOST=HOST)
    assert (led.status_code, led["Location"]) == (302, f"{MARKET}{path}")


def test_a_sites_own_page_comes_before_the_markets(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    write(felix.member, "Productos", kind="page")
    assert stranger.get("/productos/", HTTP_HOST=HOST).status_code == 200


def test_a_proxy_gets_certificates_for_sites_that_are_shown(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    assert stranger.get("/dominios/permitido", {"domain": HOST}).status_code == 200
    for name in ("nadie.sitios.example.co", "sitios.example.co", f"a.{HOST}"):
        assert stranger.get("/dominios/permitido", {"domain": name}).status_code == 404, name


def test_a_name_that_no_host_may_have_stays_in_the_market(felix: Actor, stranger: Client, sites_host: str) -> None:
    assert felix.organisation
    felix.organisation.slug = "felix_escribe"
    felix.organisation.save()
    open_site(felix)
    assert stranger.get("/v/felix_escribe/blog/").status_code == 200


def test_an_address_that_leads_to_a_site_leads_nowhere_else(felix: Actor, post: Entry, stranger: Client, sites_host: str) -> None:
    for path in ("/evil.example/", "//evil.example/", "%0d%0aX: y/", "@evil.example/", "..%2f..%2f/"):
        led = stranger.get(f"{BELOW}{path}")
        if led.status_code == 301:
            assert urlsplit(led["Location"]).netloc == HOST, path
            assert "\n" not in led["Location"]


def test_a_cookie_that_a_view_would_set_does_not_leave(rf: RequestFactory) -> None:
    """Second lock: none of them sets one today."""

    def careless(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse("hola", headers={"Vary": "Accept-Language, Cookie"})
        answer.set_cookie("visitor", "x")
        return answer

    request = rf.get("/", HTTP_HOST=HOST)
    request.own_site, request.resolver_match = "felix-escribe", None
    answer = SitesApart(careless)(request)
    assert (len(answer.cookies), answer["Vary"]) == (0, "Accept-Language")
