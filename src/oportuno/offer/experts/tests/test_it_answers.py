"""Experts of several sellers answer, after review; the best stands first, and who asked hears."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, Forbidden, Refusal
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.offer.directory import api as directory
from oportuno.offer.experts import api
from oportuno.offer.experts.models import Answer, AnswerState, AnswerVote, Expert, Listener, PublicQuestion
from oportuno.offer.experts.queries.own_links import Asker, token_for
from oportuno.offer.experts.rules.best import usefulness
from oportuno.offer.experts.testing import answer, ask, make_expert, shown, words
from oportuno.offer.search import api as search
from oportuno.people.messaging.testing import all_messages
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db


def vote(client: Client, question: PublicQuestion, one: Answer, said: str, agent: str = "a browser", **more: Any) -> Any:
    address = f"/preguntas/{question.slug}/respuestas/{one.pk}/utilidad/"
    return client.post(address, {"util": said}, HTTP_USER_AGENT=agent, **{"HTTP_ORIGIN": "http://testserver", **more})


def found(text: str) -> list[str]:
    results = search.search(search.Query(text=text))
    return [] if results.unmet else [hit.id for hit in results.items]


def kept(one: Answer) -> Answer:
    with for_market("a test"):
        return Answer.objects.get(pk=one.pk)


def test_nobody_reads_an_answer_before_the_market_approved_it(alba: Actor, dario: Actor, julian: Expert, stranger: Client) -> None:
    question = shown(dario)
    waiting = answer(alba, julian, question, "Doce días <b>sin</b> cambiar el tallo de lugar, ni una hora más que eso.")
    address = f"/preguntas/{question.slug}/"
    assert waiting.state == AnswerState.WAITING
    assert "Doce días" not in stranger.get(address).content.decode()
    page = dario.get(dario.desk(f"revision-de-expertos/respuestas/{waiting.pk}/")).content.decode()
    assert "Doce días" in page
    assert "<b>sin</b>" not in page
    assert dario.post(dario.desk(f"revision-de-expertos/respuestas/{waiting.pk}/decision/"), {"do": "approve"}).status_code == 302
    page = stranger.get(address).content.decode()
    assert "Doce días" in page
    assert "Julián Rojas" in page
    with for_organisation(dario.member.organisation.pk), pytest.raises(Conflict):
        api.approve_answer(answer=waiting.pk, by=dario.member, at=now())


def test_what_the_market_gives_back_is_mended_and_read_again(alba: Actor, dario: Actor, julian: Expert) -> None:
    waiting = answer(alba, julian, shown(dario))
    decision = dario.desk(f"revision-de-expertos/respuestas/{waiting.pk}/decision/")
    assert dario.post(decision, {"do": "return", "note": "ya"}).status_code == 422
    dario.post(decision, {"do": "return", "note": "Di de qué variedad hablas."})
    assert kept(waiting).state == AnswerState.RETURNED
    own = alba.desk(f"preguntas-del-mercado/respuestas/{waiting.pk}/")
    assert "Di de qué variedad hablas." in alba.get(own).content.decode()
    assert "Di de qué variedad hablas." in alba.get(alba.desk()).content.decode(), "it stands on Today"
    content = json.dumps({"blocks": [{"type": "text", "text": "La Freedom, entre diez y doce días con el agua limpia."}]})
    alba.post(own, {"content": content, "do": "hand_in"})
    assert kept(waiting).state == AnswerState.WAITING


def test_a_newer_text_waits_while_the_older_one_is_read(alba: Actor, dario: Actor, julian: Expert, stranger: Client) -> None:
    question = shown(dario)
    one = answer(alba, julian, question, operator=dario)
    with for_organisation(alba.member.organisation.pk):
        api.hand_in_answer(answer=one.pk, content=words("Otra respuesta, más larga y más honda que la primera."), by=alba.member, at=now())
    page = stranger.get(f"/preguntas/{question.slug}/").content.decode()
    assert "Entre siete y doce días" in page
    assert "más honda" not in page
    with for_organisation(dario.member.organisation.pk):
        api.approve_answer(answer=one.pk, by=dario.member, at=now())
    assert "más honda" in stranger.get(f"/preguntas/{question.slug}/").content.decode()


def test_trusted_experts_are_read_at_once_if_the_market_wants_it_so(alba: Actor, dario: Actor, julian: Expert) -> None:
    answer(alba, julian, shown(dario), operator=dario)
    second = shown(dario, "¿Qué flor aguanta más el calor?")
    assert answer(alba, julian, second).state == AnswerState.WAITING
    dario.post(dario.desk("revision-de-expertos/regla/"), {"way": "trusted", "trusted_after": "1"})
    assert answer(alba, julian, shown(dario, "¿Cada cuánto se cambia el agua?")).state == AnswerState.SHOWN
    new = make_expert(alba, "Sara Díaz", operator=dario)
    assert answer(alba, new, second).state == AnswerState.WAITING, "trust is each one's own"


def test_the_best_answer_stands_first(alba: Actor, gala: Actor, dario: Actor, julian: Expert, marta: Expert, stranger: Client) -> None:
    question = shown(dario)
    first, second = answer(alba, julian, question, operator=dario), answer(gala, marta, question, operator=dario)

    def order() -> list[str]:
        page = stranger.get(f"/preguntas/{question.slug}/").content.decode()
        return re.findall(r'<article class="answer[^"]*" id="respuesta-([0-9a-f-]+)"', page)

    assert order() == [str(first.pk), str(second.pk)]
    for n in range(5):
        assert vote(stranger, question, second, "si", f"browser {n}").status_code == 302
    assert order() == [str(second.pk), str(first.pk)]
    with for_organisation(dario.member.organisation.pk):
        contact = Listener.objects.get(question=question).contact_id
    token = token_for(Asker(question.pk, contact))
    assert stranger.post(f"/preguntas/mia/{token}/solucion/", {"answer": str(first.pk)}).status_code == 302
    assert order() == [str(first.pk), str(second.pk)]
    page = stranger.get(f"/preguntas/{question.slug}/").content.decode()
    data = next(
        one for one in map(json.loads, re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)) if one["@type"] == "QAPage"
    )
    assert data["mainEntity"]["answerCount"] == 2
    assert data["mainEntity"]["acceptedAnswer"]["author"]["name"] == "Julián Rojas"
    assert [one["upvoteCount"] for one in data["mainEntity"]["suggestedAnswer"]] == [5]


def test_few_votes_prove_little() -> None:
    assert usefulness(0, 0) == 0
    assert usefulness(90, 10) > usefulness(9, 0) > usefulness(1, 0) > usefulness(1, 1)


def test_each_reader_counts_once_and_one_network_is_no_crowd(alba: Actor, dario: Actor, julian: Expert, stranger: Client) -> None:
    question = shown(dario)
    one = answer(alba, julian, question, operator=dario)
    vote(stranger, question, one, "si")
    vote(stranger, question, one, "si")
    assert (kept(one).yes, kept(one).no) == (1, 0)
    vote(stranger, question, one, "no")
    assert (kept(one).yes, kept(one).no) == (0, 1)
    assert vote(stranger, question, one, "quizás").status_code == 422
    assert vote(stranger, question, one, "si", HTTP_ORIGIN="https://evil.example").status_code == 403
    statuses = [vote(stranger, question, one, "si", f"browser {n}").status_code for n in range(25)]
    assert 429 in statuses
    with for_public():
        assert not AnswerVote.objects.exists()


def test_only_the_asker_says_what_solved_it(alba: Actor, dario: Actor, julian: Expert) -> None:
    question, other = shown(dario), shown(dario, "¿Qué flor aguanta más el calor?", email="eva@example.com")
    elsewhere = answer(alba, julian, other, operator=dario)
    with for_organisation(dario.member.organisation.pk):
        carmen = Listener.objects.get(question=question).contact_id
        with pytest.raises(Refusal):
            api.solve_question(question=question.pk, answer=elsewhere.pk, contact=carmen, at=now())
        with pytest.raises(Refusal):
            api.solve_question(question=other.pk, answer=elsewhere.pk, contact=carmen, at=now())
        assert not PublicQuestion.objects.exclude(solved_by=None).exists()


def test_who_asked_and_who_follows_hear_of_it_once(alba: Actor, dario: Actor, julian: Expert) -> None:
    question = shown(dario)
    one = answer(alba, julian, question, operator=dario)
    before = len(all_messages())
    with for_organisation(alba.member.organisation.pk):
        assert api.tell_of_answer(answer=one.pk, at=now()) == 1
        assert api.tell_of_answer(answer=one.pk, at=now()) == 1
    [mail] = all_messages()[before:]
    assert mail.organisation_id == dario.member.organisation.pk
    assert "/preguntas/mia/" in mail.text
    with for_organisation(alba.member.organisation.pk):
        assert api.tell_seller(what="answer", identity=one.pk, at=now()) == 1
    assert "Julián Rojas" in all_messages()[-1].subject


def test_who_only_writes_hands_nothing_in(alba: Actor, beto: Actor, dario: Actor, julian: Expert) -> None:
    question = shown(dario)
    with for_organisation(beto.member.organisation.pk):
        made = api.begin_answer(question=question.pk, expert=julian.pk, by=beto.member, at=now())
        api.keep_answer(answer=made.pk, content=words("Algo"), by=beto.member, at=now())
        with pytest.raises(Forbidden):
            api.hand_in_answer(answer=made.pk, content=words("x" * 60), by=beto.member, at=now())
    assert kept(made).state == AnswerState.DRAFT


def test_gala_answers_for_nobody_of_albas(alba: Actor, gala: Actor, dario: Actor, julian: Expert, marta: Expert) -> None:
    question = shown(dario)
    with for_organisation(gala.member.organisation.pk), pytest.raises(Refusal):
        api.begin_answer(question=question.pk, expert=julian.pk, by=gala.member, at=now())
    one = answer(alba, julian, question)
    assert gala.get(gala.desk(f"preguntas-del-mercado/respuestas/{one.pk}/")).status_code == 404
    assert alba.get(alba.desk("revision-de-expertos/")).status_code == 404


def test_what_a_hidden_seller_answered_is_nowhere(alba: Actor, dario: Actor, julian: Expert, stranger: Client) -> None:
    question = shown(dario)
    one = answer(alba, julian, question, "Begonias en agua tibia, nunca fría, y sin hojas debajo del agua.", operator=dario)
    with for_public():
        assert found("begonias") == [f"respuesta-{one.pk}"]
    with for_market("a test"):
        seller = directory.Seller.objects.get(organisation_id=alba.member.organisation.pk).pk
    directory.suspend_seller(seller=seller, reason="Se mudó sin avisar.", by=dario.member, at=now())
    page = stranger.get(f"/preguntas/{question.slug}/").content.decode()
    assert "Begonias" not in page
    assert "Julián" not in page
    assert stranger.get(f"/expertos/{alba.member.organisation.slug}/{julian.slug}/").status_code == 404
    assert vote(stranger, question, one, "si").status_code == 404
    with for_public():
        assert not found("begonias")
        assert api.questions_page(api.Wanted()).lines[0].answers == 0
    directory.reinstate_seller(seller=seller, reason="Volvió a su sitio.", by=dario.member, at=now())
    api.follow_sellers([alba.member.organisation.pk])
    with for_public():
        assert found("begonias")


def test_sellers_of_the_field_are_reminded(alba: Actor, dario: Actor, julian: Expert) -> None:
    shown(dario, field="floristerias")
    shown(dario, "¿Cómo se siembra un rosal?", field="viveros")
    today = alba.get(alba.desk()).content.decode()
    assert "preguntas-del-mercado" in today
    page = alba.get(alba.desk("preguntas-del-mercado/")).content.decode()
    assert "florero" in page
    assert "rosal" not in page
    assert "rosal" in alba.get(alba.desk("preguntas-del-mercado/"), {"todas": "1"}).content.decode()


def test_sellers_of_the_field_hear_by_mail_once_a_day(alba: Actor, gala: Actor, dario: Actor, julian: Expert, marta: Expert) -> None:
    with for_organisation(gala.member.organisation.pk):
        profile = api.Profile("Marta Gil", role_es="Viverista", bio_es=marta.bio_es, fields=["viveros"])
        api.change_expert(expert=marta.pk, profile=profile, by=gala.member, at=now())
    mine, other = shown(dario, field="floristerias"), shown(dario, "¿Cada cuánto se cambia el agua?", field="floristerias")
    nobodys = shown(dario, "¿Qué flor aguanta más el calor?")
    before, at = len(all_messages()), now()
    with for_market("a test"):
        assert [api.tell_field(question=one.pk, at=at) for one in (mine, other, nobodys)] == [1, 1, 0]
    [mail] = all_messages()[before:]
    assert mail.organisation_id == alba.member.organisation.pk
    assert mine.title in mail.subject


def test_a_list_asks_a_few_questions_of_the_database(
    alba: Actor, dario: Actor, julian: Expert, stranger: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(6):
        answer(alba, julian, shown(dario, f"¿Pregunta número {n} sobre rosas rojas?"), operator=dario)
    with for_public(), django_assert_max_num_queries(6):
        assert len(api.questions_page(api.Wanted()).lines) == 6
    assert stranger.get("/preguntas/", {"estado": "open"}).content.decode().count("question-line") == 0
    assert ask(dario, "¿Se puede regar con agua del grifo?")


def test_the_market_s_own_staff_answers_for_the_market(dario: Actor, gala: Actor, marta: Expert, stranger: Client) -> None:
    question = shown(dario, field="floristerias")
    assert dario.get(dario.desk("expertos/")).status_code == 200
    who = make_expert(dario, "Lucía Mesa")
    assert stranger.get("/expertos/el-mercado/lucia-mesa/").status_code == 404
    dario.post(dario.desk(f"expertos/{who.pk}/estado/"), {"do": "hand_in"})
    page = stranger.get("/expertos/el-mercado/lucia-mesa/").content.decode()
    assert "El Mercado" in page
    assert "/v/el-mercado/preguntar/" not in page, "nobody is asked who sells nothing"
    one = answer(dario, who, question)
    assert one.state == AnswerState.SHOWN, "what the market says itself waits for nobody"
    read = stranger.get(f"/preguntas/{question.slug}/").content.decode()
    assert "Lucía Mesa" in read
    assert "El Mercado" in read
    assert f"respuesta-{one.pk}" in found("rosa florero")
    assert "/expertos/el-mercado/lucia-mesa/" in stranger.get("/expertos/").content.decode()
    listed = stranger.get(f"/api/v1/questions/{question.slug}").json()
    assert [each["seller_slug"] for each in listed["answered"]] == ["el-mercado"]
    assert stranger.get("/expertos/viveros-gala/lucia-mesa/").status_code == 404, "she stands under her own house alone"


def test_new_words_of_the_market_s_own_page_are_read_at_once(dario: Actor, julian: Expert, stranger: Client) -> None:
    who = make_expert(dario, "Lucía Mesa")
    with for_organisation(dario.member.organisation.pk):
        api.hand_in_expert(expert=who.pk, by=dario.member, at=now())
        api.change_expert(
            expert=who.pk, profile=api.Profile("Lucía Mesa", bio_es="Otra cosa.", fields=["floristerias"]), by=dario.member, at=now()
        )
    assert "Otra cosa." in stranger.get("/expertos/el-mercado/lucia-mesa/").content.decode()


def test_what_one_types_is_kept_while_one_types(alba: Actor, beto: Actor, gala: Actor, dario: Actor, julian: Expert) -> None:
    question = shown(dario)
    with for_organisation(alba.member.organisation.pk):
        one = api.begin_answer(question=question.pk, expert=julian.pk, by=alba.member, at=now())

    def typed(who: Actor, address: str, said: str) -> Any:
        body = json.dumps({"content": {"blocks": [{"type": "text", "text": said}]}})
        return who.client.put(address, body, content_type="application/json")

    def address_for(who: Actor) -> str:
        page = who.get(who.desk(f"preguntas-del-mercado/respuestas/{one.pk}/")).content.decode()
        told = re.search(r"/desk/[\w-]+/preguntas-del-mercado/respuestas/[\w-]+/borrador/\?seen=[^\s&]+?(?=\\?&quot;|\\?\"|\\u0022)", page)
        assert told, "the editor knows where to keep"
        return told[0]

    hers, his = address_for(alba), address_for(beto)
    assert typed(alba, hers, "Entre siete y doce días").json()["at"]
    assert "Entre siete y doce días" in str(kept(one).draft)
    assert typed(alba, hers, "Entre siete y quince días").status_code == 200, "she goes on"
    assert typed(beto, his, "Otra cosa").status_code == 409, "he opened it before she wrote"
    assert typed(gala, hers, "Otra cosa").status_code in (403, 404)
    assert typed(alba, hers.partition("?")[0], "Sin decir qué vio").status_code == 422
    assert "Entre siete y quince días" in str(kept(one).draft)
    with for_organisation(alba.member.organisation.pk):
        api.hand_in_answer(
            answer=one.pk, content=words("Entre siete y doce días, si se cambia el agua cada dos."), by=alba.member, at=now()
        )
    assert typed(alba, address_for(alba), "Una letra más").status_code == 409, "typing takes nothing out of the market's hands"
    assert kept(one).state == AnswerState.WAITING
