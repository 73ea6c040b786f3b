"""Sources of a draft: pasted, by form, changed and removed."""

from __future__ import annotations

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.knowledge import api
from oportuno.offer.knowledge.models import Article, Reference
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
TWO = "@book{a, title={Uno}, year=2001}\n@article{b, title={Dos}, doi={10.1000/182}}"


@pytest.fixture
def article(dario: Actor) -> Article:
    with for_organisation(dario.member.organisation.pk):
        return api.begin_article(kind="article", title="Rosas", by=dario.member, at=now())


def keys(dario: Actor, article: Article) -> list[str]:
    with for_organisation(dario.member.organisation.pk):
        return [one.key for one in api.references_of(article)]


def test_what_is_pasted_twice_stands_there_once(dario: Actor, article: Article) -> None:
    address = dario.desk(f"conocimiento/{article.pk}/fuentes/")
    assert dario.post(address, {"text": TWO}).status_code == 302
    assert dario.post(address, {"text": TWO + "\n@book{a, title={Tres}}"}).status_code == 302
    assert keys(dario, article) == ["a", "b", "ab"]
    assert dario.post(address, {"text": "https://doi.org/10.1000/182"}).status_code == 302
    assert keys(dario, article) == ["a", "b", "ab"]


def test_it_brings_all_or_nothing_and_says_where_it_stopped(dario: Actor, article: Article) -> None:
    answer = dario.post(dario.desk(f"conocimiento/{article.pk}/fuentes/"), {"text": TWO + "\n\n@book{c, year=2001}"})
    assert answer.status_code == 422
    assert "4" in answer.content.decode()
    assert keys(dario, article) == []


def test_a_file_comes_in_too(dario: Actor, article: Article) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("lista.ris", "TY  - BOOK\r\nTI  - Ñandú\r\nER  - \r\n".encode())
    dario.post(dario.desk(f"conocimiento/{article.pk}/fuentes/"), {"file": file})
    with for_organisation(dario.member.organisation.pk):
        assert [one.csl["title"] for one in api.references_of(article)] == ["Ñandú"]


def test_a_source_is_changed_by_form(dario: Actor, article: Article) -> None:
    new = dario.desk(f"conocimiento/{article.pk}/fuentes/nueva/")
    for wrong, what in (
        ({"title": ""}, "title"),
        ({"title": "T", "issued": "ayer"}, "issued"),
        ({"title": "T", "DOI": "uno"}, "DOI"),
        ({"title": "T", "URL": "javascript:x"}, "URL"),
    ):
        answer = dario.post(new, {"type": "book", **wrong})
        assert answer.status_code == 422, what
    assert keys(dario, article) == []
    dario.post(
        new, {"type": "chapter", "title": "T", "author": "Pérez, Ana\nFAO", "issued": "2020-05", "container_title": "Libro", "page": "1-2"}
    )
    with for_organisation(dario.member.organisation.pk):
        (one,) = api.references_of(article)
    assert one.key == "perez2020"
    assert one.csl["author"] == [{"family": "Pérez", "given": "Ana"}, {"literal": "FAO"}]
    address = dario.desk(f"conocimiento/{article.pk}/fuentes/{one.pk}/")
    page = dario.get(address).content.decode()
    assert "Pérez, Ana\nFAO" in page
    assert 'value="2020-05"' in page
    assert dario.post(address, {"type": "book", "title": "T", "key": "con espacio"}).status_code == 422
    dario.post(address, {"type": "book", "title": "Otro", "key": "otro"})
    assert keys(dario, article) == ["otro"]
    dario.post(dario.desk(f"conocimiento/{article.pk}/fuentes/{one.pk}/retiro/"))
    assert keys(dario, article) == []


def test_two_sources_are_not_called_the_same(dario: Actor, article: Article) -> None:
    with for_organisation(dario.member.organisation.pk):
        api.keep_source(article=article.pk, source=None, key="a", csl={"type": "book", "title": "Uno"}, by=dario.member, at=now())
        with pytest.raises(Refusal):
            api.keep_source(article=article.pk, source=None, key="a", csl={"type": "book", "title": "Dos"}, by=dario.member, at=now())
        assert Reference.objects.count() == 1


def test_a_source_of_another_article_is_not_there(dario: Actor, article: Article) -> None:
    with for_organisation(dario.member.organisation.pk):
        other = api.begin_article(kind="article", title="Otro", by=dario.member, at=now())
        one = api.keep_source(article=other.pk, source=None, csl={"type": "book", "title": "Uno"}, by=dario.member, at=now())
        with pytest.raises(NotFound):
            api.keep_source(article=article.pk, source=one.pk, csl={"type": "book", "title": "Dos"}, by=dario.member, at=now())
        with pytest.raises(NotFound):
            api.remove_source(article=article.pk, source=one.pk, by=dario.member, at=now())
        assert Reference.objects.get().csl["title"] == "Uno"


def test_an_article_has_three_hundred_sources_at_most(dario: Actor, article: Article) -> None:
    many = "\n".join(f"@book{{k{number}, title={{T{number}}}}}" for number in range(301))
    with for_organisation(dario.member.organisation.pk):
        with pytest.raises(Refusal):
            api.bring_sources(article=article.pk, text=many, by=dario.member, at=now())
        assert not Reference.objects.exists()
