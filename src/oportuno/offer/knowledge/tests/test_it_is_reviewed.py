"""A seller hands in what she knows; the market's staff reads it before everybody does."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.desk import tasks
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.knowledge import api
from oportuno.offer.knowledge.models import Article, Review, State
from oportuno.offer.knowledge.testing import draft_in_full
from oportuno.people.messaging.testing import all_messages
from oportuno.people.organisations.testing import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seller")]


def handed_in(alba: Actor, **more: str) -> Article:
    with for_organisation(alba.member.organisation.pk):
        article = draft_in_full(alba, now(), **more)
        api.hand_in(article=article.pk, by=alba.member, at=now())
        article.refresh_from_db()
    return article


def stroke_of(article: Article) -> int:
    with for_market("a test looks"):
        return api.draft_of(article).stroke


def again(article: Article) -> Article:
    with for_market("a test looks"):
        return Article.objects.get(pk=article.pk)


def letters(to: Actor) -> list[str]:
    return [one.subject for one in all_messages() if one.to_address == to.person.email and one.template.startswith("knowledge/")]


def test_it_is_read_by_everybody_once_the_market_approves_it(alba: Actor, dario: Actor, stranger: Client) -> None:
    article = handed_in(alba)
    assert "El agua de las rosas" not in stranger.get("/conocimiento/articulos/").content.decode()
    read = dario.get(dario.desk(f"revision-de-conocimiento/{article.pk}/")).content.decode()
    assert "La rosa bebe mucho" in read
    answer = dario.post(
        dario.desk(f"revision-de-conocimiento/{article.pk}/decision/"), {"verdict": "approve", "stroke": stroke_of(article)}
    )
    assert answer.status_code == 302
    page = stranger.get("/conocimiento/articulos/").content.decode()
    assert "El agua de las rosas" in page
    assert again(article).state == State.PUBLISHED


def test_nobody_publishes_what_was_never_read(alba: Actor, dario: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        article = draft_in_full(alba, now())
        with pytest.raises(Forbidden):
            api.publish_article(article=article.pk, by=alba.member, at=now())
    with pytest.raises(NotFound), for_organisation(dario.member.organisation.pk):
        api.approve(article=article.pk, stroke=1, by=dario.member, at=now())
    assert again(article).number is None
    assert dario.get(dario.desk(f"revision-de-conocimiento/{article.pk}/")).status_code == 404


def test_what_was_not_read_is_not_approved(alba: Actor, dario: Actor) -> None:
    """She takes it back, writes something else, hands it in again; his page still shows the first."""
    article = handed_in(alba)
    seen = stroke_of(article)
    with for_organisation(alba.member.organisation.pk):
        api.take_back(article=article.pk, by=alba.member, at=now())
        api.keep_draft(article=article.pk, texts={"es": {"title": "Otra cosa"}}, by=alba.member, at=now())
        api.hand_in(article=article.pk, by=alba.member, at=now())
    with pytest.raises(Conflict), for_organisation(dario.member.organisation.pk):
        api.approve(article=article.pk, stroke=seen, by=dario.member, at=now())
    assert again(article).state == State.DRAFT


def test_it_is_not_written_in_while_it_is_read(alba: Actor) -> None:
    article = handed_in(alba)
    with for_organisation(alba.member.organisation.pk):
        with pytest.raises(Conflict):
            api.keep_draft(article=article.pk, texts={"es": {"title": "Otra cosa"}}, by=alba.member, at=now())
        with pytest.raises(Conflict):
            api.bring_sources(article=article.pk, text="10.1000/182", by=alba.member, at=now())
        assert api.draft_of(article).texts["es"]["title"] == "El agua de las rosas"
    page = alba.get(alba.desk(f"conocimiento/{article.pk}/")).content.decode()
    assert 'value="hand_in"' not in page


def test_changes_are_asked_for_and_come_back(alba: Actor, dario: Actor, stranger: Client) -> None:
    article = handed_in(alba)
    address = dario.desk(f"revision-de-conocimiento/{article.pk}/decision/")
    assert dario.post(address, {"verdict": "changes", "text": "no"}).status_code == 422
    assert again(article).review == Review.WAITING
    dario.post(address, {"verdict": "changes", "text": "Falta la fuente del segundo párrafo."})
    page = alba.get(alba.desk(f"conocimiento/{article.pk}/")).content.decode()
    assert "Falta la fuente del segundo párrafo." in page
    with for_organisation(alba.member.organisation.pk):
        assert any("El agua de las rosas" in str(one.label) for one in tasks(alba.member, now()))
        api.comment(article=article.pk, text="Hecho.", by=alba.member, at=now())
        api.hand_in(article=article.pk, by=alba.member, at=now())
    assert again(article).review == Review.WAITING
    assert "Hecho." in dario.get(dario.desk(f"revision-de-conocimiento/{article.pk}/")).content.decode()


def test_what_is_declined_says_why_and_leaves_what_is_on_show(alba: Actor, dario: Actor, stranger: Client) -> None:
    article = handed_in(alba)
    with for_organisation(dario.member.organisation.pk):
        api.approve(article=article.pk, stroke=stroke_of(article), by=dario.member, at=now())
    with for_organisation(alba.member.organisation.pk):
        api.keep_draft(article=article.pk, texts={"es": {"title": "Compre aquí"}}, news="Precios", by=alba.member, at=now())
        api.hand_in(article=article.pk, by=alba.member, at=now())
    dario.post(dario.desk(f"revision-de-conocimiento/{article.pk}/decision/"), {"verdict": "decline", "text": "Esto vende, no enseña."})
    found = again(article)
    assert (found.review, found.state, found.live, found.title_es) == (Review.DECLINED, State.PUBLISHED, 1, "El agua de las rosas")
    assert "El agua de las rosas" in stranger.get(f"/conocimiento/{found.number}/", follow=True).content.decode()
    assert "Esto vende, no enseña." in alba.get(alba.desk(f"conocimiento/{article.pk}/")).content.decode()


def test_the_market_hears_who_hands_in_and_the_seller_what_was_decided(alba: Actor, dario: Actor) -> None:
    article = handed_in(alba)
    with for_market("a test does the job"):
        turns = list(api.Turn.objects.filter(article=article))
    with for_organisation(alba.member.organisation.pk):
        for _twice in (1, 2):  # as a job may come
            api.tell_of_turn(turn=turns[0].pk, to=dario.member.organisation.pk, at=now())
    assert letters(dario) == ["Flores de Alba entrega «El agua de las rosas»"]
    with for_organisation(dario.member.organisation.pk):
        assert any("aporte" in str(one.label) for one in tasks(dario.member, now()))
        turn = api.decline(article=article.pk, text="No es para este mercado.", by=dario.member, at=now())
    with for_organisation(alba.member.organisation.pk):
        api.tell_of_turn(turn=turn.pk, to=alba.member.organisation.pk, at=now())
    assert letters(alba) == ["«El agua de las rosas» no se aceptó"]


def test_what_is_taken_back_is_no_news(alba: Actor, dario: Actor) -> None:
    article = handed_in(alba)
    with for_organisation(alba.member.organisation.pk):
        sent = api.story_of(article)[0]
        api.take_back(article=article.pk, by=alba.member, at=now())
        assert api.tell_of_turn(turn=sent.pk, to=dario.member.organisation.pk, at=now()) == 0
    assert letters(dario) == []


def test_it_says_what_is_missing_and_hands_nothing_in(alba: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        article = api.begin_article(kind="case", title="Rosas sin agua", by=alba.member, at=now())
        with pytest.raises(Refusal) as refused:
            api.hand_in(article=article.pk, by=alba.member, at=now())
        assert set(refused.value.data["lacks"]) >= {"summary", "who", "problem", "figures", "categories"}
        assert api.story_of(article) == []
    assert again(article).review == Review.NONE


def test_gala_has_no_business_in_it(alba: Actor, gala: Actor) -> None:
    article = handed_in(alba)
    for path in ("", "vista/", "fuentes/", "fuentes/nueva/"):
        assert gala.get(gala.desk(f"conocimiento/{article.pk}/{path}")).status_code == 404, path
    for path, said in (("devolucion/", {}), ("comentarios/", {"text": "Hola"}), ("retiro/", {"why": "Porque sí, y ya."})):
        gala.post(gala.desk(f"conocimiento/{article.pk}/{path}"), said)
    assert gala.get(gala.desk("revision-de-conocimiento/")).status_code == 404
    found = again(article)
    assert (found.review, found.state) == (Review.WAITING, State.DRAFT)
    with for_market("a test looks"):
        assert [one.verb for one in api.story_of(found)] == ["sent"]


def typed(alba: Actor, article: Article, **more: str) -> dict[str, str]:
    """What the page of the editor sends."""
    page = alba.get(alba.desk(f"conocimiento/{article.pk}/")).content.decode()
    hidden = dict(re.findall(r'name="((?:firma|cifra)-[A-Z_]+)" value="(\d+)"', page))
    return {**hidden, "title": "", "content": '{"blocks": []}', "seen": str(stroke_of(article)), **more}


def test_what_is_missing_does_not_lose_what_was_typed(alba: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        article = api.begin_article(kind="article", by=alba.member, at=now())
    said = typed(alba, article, do="hand_in", title="Rosas de altura", summary="A 2.600 metros.")
    answer = alba.post(alba.desk(f"conocimiento/{article.pk}/"), said)
    assert answer.status_code == 422
    assert "Rosas de altura" in answer.content.decode()
    assert again(article).title_es == "Rosas de altura"
    assert again(article).review == Review.NONE


def test_two_writers_do_not_write_over_each_other(alba: Actor, beto: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        article = api.begin_article(kind="article", title="De las dos", by=beto.member, at=now())
    before = typed(beto, article, title="De Beto")
    with for_organisation(alba.member.organisation.pk):
        api.keep_draft(article=article.pk, texts={"es": {"title": "De Alba"}}, by=alba.member, at=now())
    answer = beto.post(beto.desk(f"conocimiento/{article.pk}/"), before)
    assert answer.status_code == 409
    assert "De Beto" in answer.content.decode()
    assert again(article).title_es == "De Alba"


def test_a_colleague_writes_only_in_what_she_began(alba: Actor, beto: Actor) -> None:
    with for_organisation(alba.member.organisation.pk):
        article = api.begin_article(kind="article", title="De Alba", by=alba.member, at=now())
        with pytest.raises(Forbidden):
            api.keep_draft(article=article.pk, texts={"es": {"title": "De Beto"}}, by=beto.member, at=now())
    assert again(article).title_es == "De Alba"


def test_who_is_forgotten_is_told_by_nothing_that_was_said(alba: Actor, dario: Actor) -> None:
    article = handed_in(alba)
    with for_organisation(dario.member.organisation.pk):
        api.approve(article=article.pk, stroke=stroke_of(article), by=dario.member, at=now())
    assert api.forget_person(alba.person.pk) >= 3
    with for_market("a test looks"):
        assert not [one for one in api.story_of(article) if one.by_name == alba.person.name]
        assert api.draft_of(article).by_id is None
        assert api.Version.objects.get(article=article).by_name == ""
