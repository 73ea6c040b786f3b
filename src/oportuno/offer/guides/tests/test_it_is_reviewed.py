"""A seller's guide: nobody sees it before a person of the market has looked at it, nor while the seller is hidden."""

from __future__ import annotations

from html import unescape
from uuid import UUID

import pytest

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market, for_organisation, for_public
from oportuno.kernel.testing.queue import waiting
from oportuno.offer.directory import api as directory
from oportuno.offer.guides.actions.telling import tell_makers
from oportuno.offer.guides.models import GuideVersion
from oportuno.offer.guides.queries.desk import tasks
from oportuno.offer.guides.queries.shown import shown_guide, shown_guides
from oportuno.offer.guides.testing import write_guide
from oportuno.people.messaging.testing import all_messages
from oportuno.people.organisations.testing import Actor

pytestmark = pytest.mark.django_db
REASON = "Nombra también a otros que hacen lo mismo."


def hand_in(seller: Actor, *, title: str = "Mi guía") -> UUID:
    version = write_guide(seller, now(), title=title)
    assert seller.post(seller.desk(f"guias/{version.guide_id}/publicacion/"), {"news": "Nueva"}).status_code == 302
    return version.pk


def state(seller: Actor, version: UUID) -> str:
    with for_organisation(seller.member.organisation.pk):
        return str(GuideVersion.objects.get(pk=version).state)


def decide(dario: Actor, version: UUID, verdict: str, reason: str = "") -> int:
    return dario.post(dario.desk(f"guias/revision/{version}/decision/"), {"verdict": verdict, "reason": reason}).status_code


def told(actor: Actor) -> list[str]:
    with for_organisation(actor.member.organisation.pk):
        return [str(one.label) for one in tasks(actor.member, now())]


def test_it_waits_for_a_person_of_the_market(seller: Actor, dario: Actor) -> None:
    version = hand_in(seller)
    assert state(seller, version) == "waiting"
    with for_public():
        assert shown_guides() == []
    assert told(dario) == ["Revisa 1 guía que espera"]
    assert "Mi guía" in unescape(dario.get(dario.desk("guias/revision/")).content.decode())
    assert decide(dario, version, "publish") == 302
    with for_public():
        assert shown_guide("mi-guia").row.of_seller
    assert told(dario) == []


def test_it_goes_back_with_a_reason_and_comes_again(seller: Actor, dario: Actor) -> None:
    version = hand_in(seller)
    assert decide(dario, version, "changes") == 422
    assert state(seller, version) == "waiting"
    assert decide(dario, version, "changes", REASON) == 302
    assert told(seller) == ["Lee lo que dice el mercado de tu guía «Mi guía»"]
    with for_organisation(seller.member.organisation.pk):
        guide = GuideVersion.objects.get(pk=version).guide_id
    assert REASON in unescape(seller.get(seller.desk(f"guias/{guide}/")).content.decode())
    assert seller.post(seller.desk(f"guias/{guide}/publicacion/"), {}).status_code == 302
    assert decide(dario, version, "decline", REASON) == 302
    assert decide(dario, version, "publish") == 409


def test_it_is_not_written_in_while_it_waits_unless_it_is_taken_back(seller: Actor, dario: Actor) -> None:
    version = hand_in(seller)
    with for_organisation(seller.member.organisation.pk):
        guide = GuideVersion.objects.get(pk=version).guide_id
    where = seller.desk(f"guias/{guide}/")
    assert seller.post(f"{where}preguntas/flor/", {"ask_es": "¿Otra?", "revision": 1}).status_code == 422
    assert seller.post(f"{where}devolucion/").status_code == 302
    assert seller.post(f"{where}preguntas/flor/", {"ask_es": "¿Otra?", "revision": 1}).status_code == 302
    assert decide(dario, version, "publish") == 404


def test_it_vanishes_with_its_seller(seller: Actor, dario: Actor) -> None:
    assert decide(dario, hand_in(seller), "publish") == 302
    with for_market("a test"):
        directory.Seller.objects.update(published=False)
    with for_public(), pytest.raises(NotFound):
        shown_guide("mi-guia")


def test_it_is_decided_by_the_market_alone(seller: Actor, dario: Actor, gala: Actor) -> None:
    version = hand_in(seller)
    for actor in (seller, gala):
        assert actor.post(actor.desk(f"guias/revision/{version}/decision/"), {"verdict": "publish"}).status_code == 404
        assert actor.get(dario.desk(f"guias/revision/{version}/")).status_code == 404
    assert state(seller, version) == "waiting"


def test_it_shows_the_market_no_draft(seller: Actor, dario: Actor) -> None:
    version = write_guide(seller, now())
    assert dario.get(dario.desk(f"guias/revision/{version.pk}/")).status_code == 404


def test_it_is_taken_from_show_by_the_market_with_a_reason(seller: Actor, dario: Actor) -> None:
    version = hand_in(seller)
    decide(dario, version, "publish")
    where = dario.desk(f"guias/revision/{version}/retiro/")
    assert dario.post(where, {"reason": "no"}).status_code == 422
    assert dario.post(where, {"reason": REASON}).status_code == 302
    with for_public():
        assert shown_guides() == []


def letters() -> list[tuple[str, str]]:
    """Who was written to, and what about; what waits in the queue is done first."""
    for given in waiting("guides.tell_makers") * 2:  # as a job may come twice
        with for_organisation(given["organisation"]):
            tell_makers(version=UUID(given["version"]), verdict=given["verdict"], reason=given["reason"], at=now())
    return [(one.to_address, one.subject) for one in all_messages()]


def test_who_makes_it_hears_what_became_of_it(seller: Actor, dario: Actor) -> None:
    version = hand_in(seller)
    decide(dario, version, "changes", REASON)
    assert letters() == [("alba@example.com", "«Mi guía»: unos cambios, por favor")]
    assert REASON in all_messages()[-1].text
    with for_organisation(seller.member.organisation.pk):
        guide = GuideVersion.objects.get(pk=version).guide_id
    seller.post(seller.desk(f"guias/{guide}/publicacion/"), {})
    assert decide(dario, version, "publish") == 302
    assert letters()[1:] == [("alba@example.com", "La guía «Mi guía» ya está a la vista")], "each once, and nothing that is over"
    dario.post(dario.desk(f"guias/revision/{version}/retiro/"), {"reason": REASON})
    assert letters()[2:] == [("alba@example.com", "La guía «Mi guía» ya no está a la vista")]
    assert f"/guias/{guide}/" in all_messages()[-1].text
