"""A seller whose word the market took is named beside it, while the market shows that seller."""

from __future__ import annotations

from django.test import Client

from oportuno.kernel import packs
from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.directory import api as directory
from oportuno.offer.directory.testing import flores, make_seller
from oportuno.offer.glossary import api as glossary
from oportuno.people.organisations.testing import Actor

__all__ = ["flores"]


def test_who_proposed_a_word_is_named_while_the_market_shows_her(stranger: Client, alba: Actor, dario: Actor, flores: packs.Pack) -> None:
    make_seller(alba, dario)
    assert alba.organisation is not None
    word = glossary.Said(name_es="bisel", line_es="Corte inclinado.")
    with for_organisation(dario.member.organisation.pk):
        glossary.keep_term(said=word, by=dario.member, at=now(), published=True, credited=alba.organisation.pk)
    there = f'href="/v/{alba.organisation.slug}/"'
    assert there in stranger.get("/glosario/bisel/").content.decode()
    with for_market("a test hides a seller"):
        directory.Seller.objects.filter(organisation_id=alba.organisation.pk).update(published=False)
    shown = stranger.get("/glosario/bisel/").content.decode()
    assert there not in shown
    assert "Corte inclinado." in shown
