"""A book is put together, made, handed out, and says when it can be made anew."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from oportuno.kernel import prints
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.prints.testing import letters_in, opened
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import flores, make_seller
from oportuno.offer.ebooks import api
from oportuno.offer.ebooks.models import Book, Edition
from oportuno.offer.glossary.testing import make_term
from oportuno.offer.knowledge import api as knowledge
from oportuno.offer.knowledge.testing import DOORN, FAO, show_article
from oportuno.people.organisations.testing import Actor

__all__ = ["flores"]


@pytest.fixture
def articles(alba: Actor, dario: Actor, flores: Any) -> list[int]:
    """Two of Alba's and one of the market's, with sources in common."""
    make_seller(alba, dario)
    made = []
    for slug, owner, kind in (("agua", alba, "article"), ("frio", alba, "case"), ("norma", dario, "article")):
        article = show_article(
            slug=slug, seller=owner.member.organisation.slug, title={"es": f"Sobre {slug}", "en": f"On {slug}"}, kind=kind, at=now(),
            body={"es": f"La vida en florero depende de {slug} [@doorn2012, p. 60].", "en": f"Vase life depends on {slug} [@doorn2012]."},
            references=[DOORN, FAO] if slug != "norma" else [{**DOORN, "id": "doorn2012"}],
        )  # fmt: skip
        made.append(article.number or 0)
    return made


def step_for(dario: Actor) -> Any:
    assert dario.organisation is not None
    pk = dario.organisation.pk
    return lambda: for_organisation(pk)


def make(dario: Actor, slug: str) -> bool:
    """Ask for an edition and do what the worker would."""
    dario.post(dario.desk(f"libros/{slug}/ediciones/"))
    with for_market("a test looks at editions"):
        edition = Edition.objects.filter(book__slug=slug).order_by("-number").first()
    assert edition is not None
    return api.make_edition(edition=edition.pk, step=step_for(dario), now=now)


def begin(dario: Actor, articles: list[int], **more: str) -> str:
    places = {f"place_{number}": str(place) for place, number in enumerate(articles, 1)}
    sent = {"title": "Flores que duran", "language": "es", "colours": "brand", "with_words": "on", **places, **more}
    answer = dario.post(dario.desk("libros/nuevo/"), sent)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return "flores-que-duran"


def book_of(slug: str) -> Book:
    with for_market("a test looks at books"):
        return Book.objects.get(slug=slug)


def test_a_book_is_put_together_made_and_handed_out(dario: Actor, stranger: Client, articles: list[int]) -> None:
    make_term(dario, "vida en florero", "Días que dura.")
    slug = begin(dario, articles)
    assert book_of(slug).articles == articles
    assert stranger.get(f"/libros/{slug}/").status_code == 404
    assert make(dario, slug)
    assert stranger.get(f"/libros/{slug}/1.pdf").status_code == 404, "made, and not on show yet"
    dario.post(dario.desk(f"libros/{slug}/publicacion/"), {"shown": "1"})
    page = stranger.get(f"/libros/{slug}/").content.decode()
    assert [f"Sobre {one}" in page for one in ("agua", "frio", "norma")] == [True] * 3
    assert f"/libros/{slug}/1.pdf" in page
    file = stranger.get(f"/libros/{slug}/1.pdf")
    assert file["Content-Type"] == "application/pdf"
    content = b"".join(file.streaming_content)
    assert prints.pages_in(content) >= 7
    said = letters_in(content)
    assert [f"Lavidaenflorerodependede{one}" in said for one in ("agua", "frio", "norma")] == [True] * 3
    inside = opened(content)
    assert b"pdfuaid:part" in inside
    assert b"/glosario/vida-en-florero/" in inside
    assert "Flores que duran" in stranger.get("/libros/").content.decode()
    assert "/libros/" in stranger.get("/conocimiento/").content.decode()


def test_sources_of_all_texts_have_one_numbering(dario: Actor, articles: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[prints.Print] = []
    monkeypatch.setattr(prints, "pdf", lambda one, **more: printed.append(one) or b"%PDF-1.7\n/Type/Pages/Count 3")
    assert make(dario, begin(dario, articles))
    (book,) = printed
    lists = [one for one in book.pieces if isinstance(one, prints.List)]
    assert [item.anchor for item in lists[-1].items] == ["fuente-1", "fuente-2"]
    said = ["".join(run.text for run in one.words) for one in book.pieces if isinstance(one, prints.Text)]
    assert "La vida en florero depende de agua [1, p. 60]." in said
    leads = [run.to for one in book.pieces if isinstance(one, prints.Text) for run in one.words if run.to]
    assert leads == ["fuente-1"] * 3
    chapters = ["".join(run.text for run in one.words) for one in book.pieces if isinstance(one, prints.Heading) and one.level == 1]
    assert chapters == ["Sobre agua", "Sobre frio", "Sobre norma", "Fuentes", "Sobre este libro"]


def test_a_newer_version_of_a_text_makes_the_book_renewable(dario: Actor, alba: Actor, stranger: Client, articles: list[int]) -> None:
    slug = begin(dario, articles)
    make(dario, slug)
    dario.post(dario.desk(f"libros/{slug}/publicacion/"), {"shown": "1"})
    assert "ebooks" not in tasks_of(dario)
    with for_market("a test gives an article a newer version"):
        article = knowledge.Article.objects.get(number=articles[0])
        version = knowledge.Version.objects.get(article=article, number=article.live)
        version.pk, version.number, version._state.adding = None, version.number + 1, True
        from oportuno.kernel.ids import new_id

        version.pk = new_id()
        version.save(force_insert=True)
        knowledge.Article.objects.filter(pk=article.pk).update(live=version.number)
    page = stranger.get(f"/libros/{slug}/").content.decode()
    assert "hay una más nueva" in page
    assert stranger.get(f"/libros/{slug}/1.pdf").status_code == 200, "the old one stays until then"
    assert "libros/" in tasks_of(dario)
    assert make(dario, slug)
    assert book_of(slug).current == 2
    assert "hay una más nueva" not in stranger.get(f"/libros/{slug}/").content.decode()


def tasks_of(dario: Actor) -> str:
    with for_organisation(dario.member.organisation.pk):
        return " ".join(one.href for one in api.tasks(dario.member, now()))


def test_nothing_of_a_hidden_seller_is_handed_out(dario: Actor, alba: Actor, stranger: Client, articles: list[int]) -> None:
    slug = begin(dario, articles)
    make(dario, slug)
    dario.post(dario.desk(f"libros/{slug}/publicacion/"), {"shown": "1"})
    assert alba.organisation is not None
    with for_market("a test hides a seller"):
        directory.Seller.objects.filter(organisation_id=alba.organisation.pk).update(published=False)
    assert stranger.get(f"/libros/{slug}/1.pdf").status_code == 404
    page = stranger.get(f"/libros/{slug}/").content.decode()
    assert "Sobre agua" not in page
    assert "Sobre norma" in page
    assert slug not in stranger.get("/libros/").content.decode()
    assert make(dario, slug)
    assert stranger.get(f"/libros/{slug}/2.pdf").status_code == 200
    assert stranger.get(f"/libros/{slug}/1.pdf").status_code == 404


def test_a_book_in_english_is_english(dario: Actor, articles: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[prints.Print] = []
    monkeypatch.setattr(prints, "pdf", lambda one, **more: printed.append(one) or b"%PDF-1.7\n/Type/Pages/Count 3")
    make(dario, begin(dario, articles, language="en"))
    chapters = ["".join(run.text for run in one.words) for one in printed[0].pieces if isinstance(one, prints.Heading) and one.level == 1]
    assert chapters == ["On agua", "On frio", "On norma", "Sources", "About this book"]


def test_what_cannot_be_set_says_why_and_hands_out_nothing(dario: Actor, articles: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(one: prints.Print, **more: object) -> bytes:
        raise prints.NotPrinted("Demasiado grande.")

    monkeypatch.setattr(prints, "pdf", refuses)
    slug = begin(dario, articles)
    assert not make(dario, slug)
    assert book_of(slug).current == 0
    shown = dario.get(dario.desk(f"libros/{slug}/")).content.decode()
    assert "Demasiado grande." in shown
    assert dario.post(dario.desk(f"libros/{slug}/publicacion/"), {"shown": "1"}).status_code == 302
    assert not book_of(slug).published


def test_two_editions_are_not_made_at_once_and_twice_is_once(dario: Actor, articles: list[int]) -> None:
    slug = begin(dario, articles)
    for _ in range(2):
        dario.post(dario.desk(f"libros/{slug}/ediciones/"))
    with for_market("a test looks at editions"):
        (edition,) = Edition.objects.filter(book__slug=slug)
    assert api.make_edition(edition=edition.pk, step=step_for(dario), now=now)
    assert not api.make_edition(edition=edition.pk, step=step_for(dario), now=now)
    with for_market("a test looks at editions"):
        assert Edition.objects.filter(book__slug=slug).count() == 1


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "!!!"}, {"language": "fr"}])
def test_what_is_not_whole_is_refused(dario: Actor, articles: list[int], wrong: dict[str, str]) -> None:
    sent = {"title": "Bien", "language": "es", "colours": "brand", f"place_{articles[0]}": "1", **wrong}
    assert dario.post(dario.desk("libros/nuevo/"), sent).status_code == 422
    with for_market("a test looks at books"):
        assert not Book.objects.exists()


def test_sellers_and_strangers_have_no_business_at_its_desk(alba: Actor, stranger: Client, dario: Actor, articles: list[int]) -> None:
    slug = begin(dario, articles)
    for path in ("libros/", f"libros/{slug}/", f"libros/{slug}/avance/"):
        assert alba.get(alba.desk(path)).status_code == 404
        assert alba.get(dario.desk(path)).status_code == 404
    assert alba.post(dario.desk(f"libros/{slug}/publicacion/"), {"shown": "1"}).status_code == 404
    assert not book_of(slug).published
