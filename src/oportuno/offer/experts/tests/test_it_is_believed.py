"""An expert's page: each reason to believe her leads to its source, and without a source there is no reason."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.kernel.jobs import Lease
from oportuno.offer.experts import api
from oportuno.offer.experts.actions.looking import NIGHTS
from oportuno.offer.experts.models import Expert, Point, PointState
from oportuno.offer.experts.queries import desk
from oportuno.offer.experts.queries.presence import presence_of
from oportuno.offer.experts.testing import answer, declare, make_expert, shown
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.testing import open_site, write
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
LEASE = Lease(0, 0, None, "experts.look_at_sources")


def address_of(owner: Actor, expert: Expert) -> str:
    return f"/expertos/{owner.member.organisation.slug}/{expert.slug}/"


def test_a_reason_is_shown_once_the_market_has_opened_its_source(alba: Actor, dario: Actor, julian: Expert, stranger: Client) -> None:
    point = declare(alba, julian)
    address = address_of(alba, julian)
    assert "Rosas que viajan" not in stranger.get(address).content.decode()
    decision = dario.desk(f"revision-de-expertos/fuentes/{point.pk}/decision/")
    assert dario.post(decision, {"do": "approve"}).status_code == 302
    page = stranger.get(address).content.decode()
    assert "Rosas que viajan" in page
    assert 'href="https://example.com/charla"' in page
    with for_organisation(alba.member.organisation.pk):
        changed = api.Claim("talk", "Otra charla", "Proflora", date(2024, 10, 3), "https://example.com/otra")
        api.change_point(point=point.pk, claim=changed, by=alba.member, at=now())
    page = stranger.get(address).content.decode()
    assert "Otra charla" not in page, "a changed one is looked at again"
    assert "Rosas que viajan" not in page


def test_the_database_itself_keeps_no_reason_without_a_source(alba: Actor, dario: Actor, julian: Expert) -> None:
    point = declare(alba, julian, operator=dario)
    with for_organisation(alba.member.organisation.pk):
        for sourceless in ({"address": ""}, {"address": "http://example.com/charla"}, {"address": "ftp://x"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Point.objects.filter(pk=point.pk).update(**sourceless)
        with pytest.raises(IntegrityError), transaction.atomic():
            Point.objects.filter(pk=point.pk).update(state=PointState.WAITING)
    with for_market("a test"):
        assert api.believed_without_source() == 0


@pytest.mark.parametrize(
    "said",
    [
        {"address": ""},
        {"address": "http://example.com/charla"},
        {"address": "javascript:alert(1)"},
        {"address": "https://sin punto.com"},
        {"title": " "},
        {"issuer": ""},
        {"kind": "milagro"},
        {"on": date(2999, 1, 1)},
    ],
)
def test_what_cannot_be_looked_up_is_refused(alba: Actor, julian: Expert, said: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        declare(alba, julian, **said)
    with for_organisation(alba.member.organisation.pk):
        assert not Point.objects.exists()


def test_a_document_of_the_library_is_a_source_while_it_is_there(alba: Actor, dario: Actor, julian: Expert, stranger: Client) -> None:
    with for_organisation(alba.member.organisation.pk):
        item = media.keep_item(
            file=io.BytesIO(b"%PDF-1.4\n%x\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"), name="diploma.pdf", by=alba.person.pk, at=now()
        )
    declare(alba, julian, operator=dario, address="", document=item.pk, title="Diploma del SENA", kind="study")
    page = stranger.get(address_of(alba, julian)).content.decode()
    assert "Diploma del SENA" in page
    assert item.address in page
    with for_organisation(alba.member.organisation.pk):
        assert [str(one.label) for one in api.where_pictured([item.pk], "x")[item.pk]] == ["Fuente de “Diploma del SENA”"]
        item.published = False
        item.save(update_fields=["published"])
    assert "Diploma del SENA" not in stranger.get(address_of(alba, julian)).content.decode()


def test_a_source_that_does_not_answer_for_three_nights_is_marked(alba: Actor, dario: Actor, julian: Expert, stranger: Client) -> None:
    declare(alba, julian, operator=dario)
    at = now()
    for night in range(NIGHTS):
        with for_public():
            assert not api.shown_experts().filter(pk=None).exists()
        assert api.look_at_sources(LEASE, lambda night=night: at + timedelta(days=night), lambda address: False) == 1
        assert api.look_at_sources(LEASE, lambda night=night: at + timedelta(days=night), lambda address: False) == 0, "once a night"
        marked = "no responde" in stranger.get(address_of(alba, julian)).content.decode()
        assert marked == (night == NIGHTS - 1)
    assert "Rosas que viajan" in alba.get(alba.desk()).content.decode(), "it stands on Today"
    api.look_at_sources(LEASE, lambda: at + timedelta(days=9), lambda address: True)
    assert "no responde" not in stranger.get(address_of(alba, julian)).content.decode()


def test_the_market_adds_what_it_knows_by_itself(alba: Actor, dario: Actor, julian: Expert, stranger: Client) -> None:
    open_site(alba)
    write(alba.member, "Rosas en invierno")
    with for_organisation(alba.member.organisation.pk):
        author = sites.Author.objects.get()
        profile = api.Profile("Julián Rojas", role_es="Ingeniero agrónomo", bio_es=julian.bio_es, fields=["floristerias"], author=author.pk)
        api.change_expert(expert=julian.pk, profile=profile, by=alba.member, at=now())
    question = shown(dario)
    answer(alba, julian, question, operator=dario)
    page = stranger.get(address_of(alba, julian)).content.decode()
    slug = alba.member.organisation.slug
    assert f'href="/v/{slug}/#proof"' in page
    assert "Rosas en invierno" in page
    assert question.title in page
    post = stranger.get(f"/v/{slug}/blog/rosas-en-invierno/").content.decode()
    assert address_of(alba, julian) in post, "the author box leads to her page"
    assert "Julián Rojas" in stranger.get("/expertos/", {"campo": "floristerias"}).content.decode()
    assert "Julián Rojas" not in stranger.get("/expertos/", {"q": "zzz"}).content.decode()


def test_new_words_of_a_page_are_read_by_the_market_first(alba: Actor, dario: Actor, julian: Expert, stranger: Client) -> None:
    profile = api.Profile("Julián Rojas", role_es="Premio Nobel", bio_es="Otra vida.", fields=["floristerias"])
    with for_organisation(alba.member.organisation.pk):
        assert api.change_expert(expert=julian.pk, profile=profile, by=alba.member, at=now()).state == "waiting"
    page = stranger.get(address_of(alba, julian)).content.decode()
    assert ("Premio Nobel" in page, "Ingeniero agrónomo" in page) == (False, True), "until then everybody reads the old ones"
    review = dario.desk(f"revision-de-expertos/expertos/{julian.pk}/")
    assert "Premio Nobel" in dario.get(review).content.decode()
    dario.post(f"{review}decision/", {"do": "returned", "note": "¿De qué año es el premio?"})
    own = alba.get(alba.desk(f"expertos/{julian.pk}/")).content.decode()
    assert "¿De qué año es el premio?" in own
    assert 'value="Premio Nobel"' in own, "what was proposed is not lost"
    assert "Ingeniero agrónomo" in stranger.get(address_of(alba, julian)).content.decode()
    alba.post(alba.desk(f"expertos/{julian.pk}/estado/"), {"do": "hand_in"})
    dario.post(f"{review}decision/", {"do": "approved"})
    page = stranger.get(address_of(alba, julian)).content.decode()
    assert ("Premio Nobel" in page, "Ingeniero agrónomo" in page) == (True, False)
    dario.post(f"{review}decision/", {"do": "hidden", "note": "El premio no existe."})
    assert stranger.get(address_of(alba, julian)).status_code == 404


def test_a_bare_name_is_not_handed_in(alba: Actor, julian: Expert) -> None:
    bare = make_expert(alba, "Nadie", bio_es="", role_es="")
    assert alba.post(alba.desk(f"expertos/{bare.pk}/estado/"), {"do": "hand_in"}).status_code == 422
    with for_organisation(alba.member.organisation.pk):
        assert Expert.objects.get(pk=bare.pk).state == "draft"


def test_an_expert_is_made_by_a_form(alba: Actor, julian: Expert) -> None:
    said = {
        "name": "Sara",
        "role_es": "Florista",
        "bio_es": "Hace ramos.",
        "fields_known": ["floristerias"],
        "links": "LinkedIn https://example.com/sara",
    }
    answered = alba.post(alba.desk("expertos/nuevo/"), said)
    assert answered.status_code == 302
    assert "Sara" in alba.get(answered.headers["Location"]).content.decode()
    wrong = alba.post(alba.desk("expertos/nuevo/"), {**said, "links": "LinkedIn javascript:alert(1)"})
    assert wrong.status_code == 422
    with for_organisation(alba.member.organisation.pk):
        assert Expert.objects.count() == 2


def test_a_seller_sees_where_its_expert_is_not_seen_yet(alba: Actor, dario: Actor, julian: Expert) -> None:
    def states() -> dict[str, str]:
        with for_organisation(alba.member.organisation.pk):
            found = desk.expert_for(alba.member.organisation.pk, julian.pk)
            return {str(one.words): one.state for one in presence_of(found, desk.points_of(found), alba.member.organisation.slug)}

    assert set(states().values()) == {"missing"}
    declare(alba, julian)
    answer(alba, julian, shown(dario))
    waiting = states()
    assert (waiting["Una charla"], waiting["Una respuesta a una pregunta pública"]) == ("waiting", "waiting")
    declare(alba, julian, operator=dario, title="Otra charla")
    assert states()["Una charla"] == "done", "the best of each kind counts"
    assert "Dónde se le puede ver" in alba.get(alba.desk(f"expertos/{julian.pk}/")).content.decode()
