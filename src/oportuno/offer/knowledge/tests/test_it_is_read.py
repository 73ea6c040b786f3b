"""What anybody reads: articles and cases with their sources and versions, and how they are cited."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.offer.directory import api as directory
from oportuno.offer.knowledge import api
from oportuno.offer.knowledge.models import Article, Version
from oportuno.offer.knowledge.testing import DOORN, draft_in_full, show_article, subject
from oportuno.offer.search import api as search
from oportuno.people.organisations.testing import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seller")]
BODY = {"es": ["La rosa bebe mucho [@doorn2012, p. 60].", "Y más con calor [@doorn2012]."], "en": ["Roses drink a lot [@doorn2012]."]}
TITLE = {"es": "El agua de las rosas", "en": "The water of roses"}


@pytest.fixture
def article(dario: Actor) -> Article:
    """The market's own, published an hour ago."""
    return show_article(
        slug="agua", seller=dario.member.organisation.slug, title=TITLE, body=BODY, references=[DOORN], tags=["rosas"],
        bylines=[{"given": "Ana", "family": "Pérez", "affiliation": "UNAL", "orcid": "0000-0002-1825-0097"}], at=now() - timedelta(hours=1),
    )  # fmt: skip


def publish_again(article: Article, dario: Actor, title: str = "El agua y las rosas") -> Version:
    with for_organisation(dario.member.organisation.pk):
        api.keep_draft(article=article.pk, texts={"es": {"title": title}}, news="Otro título", by=dario.member, at=now())
        return api.publish_article(article=article.pk, by=dario.member, at=now())


def page(visitor: Client, path: str, status: int = 200) -> str:
    answer = visitor.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


def address(article: Article) -> str:
    with for_market("a test looks"):
        found = Article.objects.get(pk=article.pk)
    return f"/conocimiento/{found.number}-{found.slug}/"


def test_its_text_leads_to_its_sources_and_they_lead_back(article: Article, stranger: Client) -> None:
    read = page(stranger, address(article))
    assert re.search(r'<a href="#fuente-1" id="cita-1-2">1</a>', read)
    assert 'id="fuente-1"' in read
    assert 'href="#cita-1-2"' in read
    assert "van Doorn, W. G. (2012)." in read
    assert "Pérez" in read
    assert "UNAL" in read


def test_it_is_read_in_english_with_its_sources(article: Article, stranger: Client) -> None:
    read = page(stranger, f"/en{address(article)}")
    assert "Roses drink a lot" in read
    assert "The water of roses" in read
    assert "In <i>Horticultural Reviews</i>" in read


def test_a_case_shows_what_was_measured(alba: Actor, stranger: Client) -> None:
    case = show_article(
        slug="caso", kind="case", seller=alba.member.organisation.slug, title={"es": "Doce días"}, body={"es": "Así fue."},
        about_seller=alba.member.organisation.slug, sector="floristerias", at=now(),
    )  # fmt: skip
    read = page(stranger, address(case))
    assert "<strong>15 d</strong>" in read
    assert f'href="/v/{alba.member.organisation.slug}/"' in read
    assert "Doce días" in page(stranger, "/conocimiento/casos/?sector=floristerias")
    assert "Doce días" not in page(stranger, "/conocimiento/casos/?sector=escuelas")
    assert "Doce días" not in page(stranger, "/conocimiento/casos/?q=hortensia")
    assert "Doce días" in page(stranger, "/conocimiento/casos/?tema=poscosecha&q=doce")


def test_each_publication_is_a_version_with_an_address_of_its_own(article: Article, dario: Actor, stranger: Client) -> None:
    publish_again(article, dario)
    here = address(article)
    assert "El agua y las rosas" in page(stranger, here)
    old = page(stranger, f"{here}versiones/1/")
    assert "El agua de las rosas" in old
    assert 'content="noindex' in old
    assert '<link rel="canonical" href="http' in old
    assert f'{here}">' in old
    assert "citation_title" not in old
    changed = page(stranger, f"{here}versiones/2/cambios/")
    assert re.search(r"agua <del>de</del><ins>y</ins> las rosas", changed)
    assert page(stranger, f"{here}versiones/3/", 404)


def test_nobody_changes_what_was_published(article: Article) -> None:
    with for_market("a test tries"):
        version = Version.objects.get(article=article)
        for change in (lambda: Version.objects.filter(pk=version.pk).update(texts={}), version.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        assert Version.objects.get(article=article).texts == version.texts


def test_its_number_and_old_addresses_lead_to_it_for_ever(article: Article, dario: Actor, stranger: Client) -> None:
    here = address(article)
    assert stranger.get("/conocimiento/agua/").headers["Location"] == here
    with for_organisation(dario.member.organisation.pk):
        api.keep_draft(article=article.pk, filing={"slug": "otra-direccion"}, news="Dirección", by=dario.member, at=now())
        api.publish_article(article=article.pk, by=dario.member, at=now())
    new = address(article)
    assert new != here
    assert stranger.get(here).headers["Location"] == new
    assert stranger.get(f"/conocimiento/{new.split('/')[2].split('-')[0]}/").headers["Location"] == new
    assert stranger.get(f"{here}versiones/1/").headers["Location"] == f"{new}versiones/1/"


def test_it_is_cited_in_four_ways_with_the_address_of_the_version(article: Article, stranger: Client) -> None:
    here = address(article)
    bibtex = page(stranger, f"{here}versiones/1/cita.bib")
    assert "author = {Pérez, Ana}" in bibtex
    assert f"{here}versiones/1/" in bibtex
    assert "AU  - Pérez, Ana" in page(stranger, f"{here}versiones/1/cita.ris")
    (item,) = json.loads(page(stranger, f"{here}versiones/1/cita.json"))
    assert (item["type"], item["author"]) == ("webpage", [{"family": "Pérez", "given": "Ana"}])
    assert item["version"]
    line = page(stranger, f"{here}versiones/1/cita.txt")
    assert line.startswith("Pérez, A. (")
    assert page(stranger, f"{here}versiones/1/cita.exe", 404)
    assert stranger.get(f"{here}versiones/1/cita.bib").headers["Content-Disposition"].startswith("attachment")


def test_machines_read_who_wrote_it_and_what_it_cites(article: Article, stranger: Client) -> None:
    read = page(stranger, address(article))
    blocks = [json.loads(one) for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', read)]
    told = next(one for one in blocks if one["@type"] == "ScholarlyArticle")
    assert told["author"][0]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert told["citation"][0]["name"] == DOORN["title"]
    assert told["version"] == "1"
    assert '<meta name="citation_author" content="Pérez, Ana">' in read
    assert '<meta name="citation_author_orcid" content="https://orcid.org/0000-0002-1825-0097">' in read
    assert re.search(r'<meta name="citation_publication_date" content="\d{4}/\d\d/\d\d">', read)
    assert "citation_reference" in read


def test_what_is_withdrawn_leaves_a_page_that_says_why(article: Article, dario: Actor, stranger: Client) -> None:
    publish_again(article, dario)
    here = address(article)
    with for_organisation(dario.member.organisation.pk):
        with pytest.raises(Refusal):
            api.withdraw_article(article=article.pk, why="no", by=dario.member, at=now())
        api.withdraw_article(article=article.pk, why="La segunda fuente se retractó.", by=dario.member, at=now())
    for path in (here, f"{here}versiones/1/", f"{here}versiones/2/cambios/", f"{here}versiones/1/cita.bib"):
        told = page(stranger, path, 410)
        assert "La segunda fuente se retractó." in told
        assert "La rosa bebe mucho" not in told
    assert "El agua" not in page(stranger, "/conocimiento/articulos/")
    with for_public():
        assert not search.search(search.Query(text="rosa bebe", kind="content")).items
        assert not Version.objects.filter(article=article).exists()
    publish_again(article, dario, "El agua, otra vez")
    assert "El agua, otra vez" in page(stranger, here)
    assert "El agua de las rosas" in page(stranger, f"{here}versiones/1/")


def test_nothing_of_a_seller_is_read_while_it_is_not_on_show(alba: Actor, dario: Actor, seller: directory.Seller, stranger: Client) -> None:
    one = show_article(slug="mia", seller=alba.member.organisation.slug, title=TITLE, body=BODY, references=[DOORN], at=now())
    here = address(one)
    assert "El agua de las rosas" in page(stranger, here)
    with for_public():
        assert search.search(search.Query(text="rosa bebe", kind="content")).items
    with for_organisation(dario.member.organisation.pk):
        directory.suspend_seller(seller=seller.pk, reason="Se revisa una queja.", by=dario.member, at=now())
    api.follow_owners([alba.member.organisation.pk])
    for path in (
        here,
        f"{here}versiones/1/",
        f"{here}versiones/1/cambios/",
        f"{here}versiones/1/cita.bib",
        "/conocimiento/mia/",
        f"{here[:15]}",
    ):
        if path != "/conocimiento/":
            assert stranger.get(path).status_code in (404, 301), path
    assert stranger.get(here).status_code == 404
    for path in ("/conocimiento/", "/conocimiento/articulos/", "/conocimiento/articulos/?q=agua", "/sitemap-articles.xml", "/"):
        assert "agua-de-las-rosas" not in page(stranger, path)
        assert "El agua de las rosas" not in page(stranger, path)
    with for_public():
        assert not search.search(search.Query(text="rosa bebe", kind="content")).items
    assert stranger.get(f"/api/v1/knowledge/{here.split('/')[2].split('-')[0]}").status_code == 404


def test_a_draft_over_what_is_on_show_is_nobody_elses_business(article: Article, dario: Actor, gala: Actor, stranger: Client) -> None:
    with for_organisation(dario.member.organisation.pk):
        api.keep_draft(article=article.pk, texts={"es": {"title": "Todavía no"}}, by=dario.member, at=now())
    assert "Todavía no" not in page(stranger, address(article))
    assert gala.get(gala.desk(f"conocimiento/{article.pk}/")).status_code == 404


def test_an_unknown_citation_stops_the_publication(dario: Actor) -> None:
    with for_organisation(dario.member.organisation.pk):
        article = draft_in_full(dario, now())
        api.remove_source(article=article.pk, source=api.references_of(article)[0].pk, by=dario.member, at=now())
        with pytest.raises(Refusal) as refused:
            api.publish_article(article=article.pk, by=dario.member, at=now())
        assert "doorn2012" in str(refused.value)
        assert Article.objects.get(pk=article.pk).live == 0


def test_sources_are_numbered_in_the_order_of_the_text(dario: Actor, stranger: Client) -> None:
    subject()
    one = show_article(
        slug="orden", seller=dario.member.organisation.slug, title={"es": "Orden"}, body={"es": ["Primero [@z], luego [@a]."]}, at=now(),
        references=[{"id": key, "type": "book", "title": f"Libro {key}"} for key in ("a", "m", "z")],
    )  # fmt: skip
    with for_market("a test looks"):
        assert [item["id"] for item in Version.objects.get(article=one).references] == ["z", "a", "m"]
    read = page(stranger, address(one))
    assert read.index("Libro z") < read.index("Libro a") < read.index("Libro m")


def test_hostile_words_are_only_words(dario: Actor, stranger: Client) -> None:
    bad = '<img src=x onerror=alert(1)>"><script>alert(1)</script>'
    one = show_article(
        slug="hostil", kind="case", seller=dario.member.organisation.slug, title={"es": f"T {bad}"}, body={"es": [f"Hola {bad} [@x, {bad}]"]},
        bylines=[{"given": bad, "family": bad, "affiliation": bad}], references=[{"id": "x", "type": "book", "title": bad, "note": bad}],
        tags=[bad[:50]], at=now(),
    )  # fmt: skip
    for path in (address(one), f"{address(one)}versiones/1/cambios/", "/conocimiento/", "/conocimiento/casos/"):
        read = page(stranger, path)
        assert "<img src=x" not in read
        assert "<script>alert" not in read


def test_lists_ask_as_much_for_ten_as_for_two(dario: Actor, stranger: Client) -> None:
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as caught:
            page(stranger, "/conocimiento/")
            page(stranger, "/conocimiento/articulos/")
        return [str(one["sql"]) for one in caught.captured_queries if "installed_pack" not in one["sql"]]  # looked at every few seconds

    organisation = dario.member.organisation.slug
    for number in range(4):  # enough for every shelf to have something
        show_article(slug=f"uno-{number}", seller=organisation, title={"es": f"Uno {number}"}, body={"es": "Hola."}, at=now())
    page(stranger, "/conocimiento/")
    few = asked()
    for number in range(6):
        show_article(slug=f"dos-{number}", seller=organisation, title={"es": f"Dos {number}"}, body={"es": "Hola."}, at=now())
    many = asked()
    assert len(many) == len(few)
