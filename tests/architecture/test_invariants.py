"""Every promise that is counted is seen when it is broken: by somebody with the whole server in hand, past all locks."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from oportuno.growth.campaigns.api import schedule
from oportuno.growth.campaigns.testing import reader, walked, written
from oportuno.kernel.clock import now
from oportuno.kernel.embedded import Cluster
from oportuno.kernel.invariants import violations
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.money import Money
from oportuno.kernel.packs import Pack
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.catalogue.testing import shelves, some_product
from oportuno.offer.directory import api as sellers
from oportuno.offer.directory.testing import flores, make_seller
from oportuno.offer.knowledge.testing import approved_article
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.actions.themes import bring_theme, wear
from oportuno.offer.sites.testing import theme_file
from oportuno.people.audience.api import Agreed, give
from oportuno.people.audience.testing import FORM, make_contact
from oportuno.people.messaging.api import Purpose, send
from oportuno.people.messaging.testing import Catcher, catcher, work
from oportuno.people.organisations.testing import Actor
from tests.safety.knowing import market_asks, own_expert
from tests.safety.segmented import own_segments

__all__ = ["catcher", "flores", "shelves"]

DEEDS = {  # one after the other: none breaks what a later one breaks
    "audit.chain": ["UPDATE audit_entry SET reason = 'nobody wrote this' WHERE number = 1"],
    "facts.kinds": ["UPDATE fact SET kind_id = 1 WHERE id = (SELECT min(id) FROM fact)"],
    "campaigns.once": [
        "UPDATE message SET contact_id = (SELECT contact_id FROM message WHERE frame_id IS NOT NULL LIMIT 1) WHERE frame_id IS NOT NULL"
    ],
    "campaigns.counted": ["UPDATE campaign SET gathered = 0"],
    "campaigns.driven": ["UPDATE campaign SET phase = 'held', decides_at = NULL"],
    "messaging.consent": ["UPDATE consent SET deed = 'asked'"],
    "messaging.counted": [
        "INSERT INTO mail_tally (id, organisation_id, frame_id, what, n) SELECT id, organisation_id, id, 'sent', 1 FROM message"
    ],
    "messaging.once": [
        "INSERT INTO fact (at, organisation_id, kind_id, subject_id, data) SELECT at, organisation_id, kind_id, subject_id, data FROM fact"
    ],
    "directory.states": ["UPDATE seller_application SET state = 'draft'"],
    "knowledge.read": ["DELETE FROM knowledge_turn WHERE verb = 'approved'"],
    "knowledge.found": ["UPDATE knowledge_article SET published = false"],
    "search.counted": ["UPDATE search_document SET tags = tags || 'color=nuevo'::text"],
    "directory.found": ["UPDATE search_document SET organisation_id = 999"],
    "catalogue.shown": ["UPDATE offer SET organisation_id = 999"],
    "directory.seen": ["ALTER TABLE seller DROP CONSTRAINT seller_published_is_approved", "UPDATE seller SET standing = 'revoked'"],
    "catalogue.sums": ["UPDATE offer SET on_hand = 7"],
    "catalogue.movements": ["DELETE FROM stock_movement"],
    "catalogue.stock": ["ALTER TABLE stock DROP CONSTRAINT stock_not_negative", "UPDATE stock SET on_hand = -1"],
    "catalogue.prices": ["ALTER TABLE offer_price DROP CONSTRAINT offer_price_not_negative", "UPDATE offer_price SET amount_minor = -1"],
    "catalogue.offered": ["UPDATE offer SET published = false"],
    "catalogue.products": ["DELETE FROM product"],
    "experts.answers": [
        "ALTER TABLE expert_answer DROP CONSTRAINT expert_answer_published_as_stated",
        "UPDATE expert_answer SET state = 'declined'",
    ],
    "media.uses": [
        "ALTER TABLE knowledge_draft DISABLE TRIGGER media_used",
        "UPDATE knowledge_draft SET filing = jsonb_build_object('picture', gen_random_uuid()::text)",
    ],
    "experts.houses": ["UPDATE expert SET seller_id = NULL"],
    "experts.sources": [
        "ALTER TABLE expert_point DROP CONSTRAINT expert_point_published_as_stated",
        "UPDATE expert_point SET state = 'waiting'",
    ],
    "segments.counted": ["UPDATE segment SET count = 99"],
    "segments.deeds": [
        "INSERT INTO contact_deed SELECT organisation_id, 7, '', gen_random_uuid(), 1, at, at, ARRAY[at], 0 FROM fact LIMIT 1"
    ],
    "sites.themes": ["UPDATE theme SET installs = installs + 1"],
}


@pytest.fixture
def market(alba: Actor, dario: Actor, flores: Pack, shelves: catalogue.Shelves, catcher: Catcher) -> None:
    """An approved seller with a product on show and in stock, who wrote to a contact that wants it."""
    seller = make_seller(alba, dario)
    with for_market("a test"):
        assert sellers.index_sellers([seller.pk]) == 1
    offer = some_product(alba, prices=[Money(4_500_000, "COP")])
    organisation = alba.member.organisation.pk
    contact = make_contact(alba.organisation)
    with for_organisation(organisation):
        catalogue.count_stock(offer=offer.pk, on_hand=40, at=now())
        sites.found_site(organisation=alba.member.organisation, title="Alba", by=alba.member.id, at=now())
        wear(theme=bring_theme(file=theme_file("Cayena"), by=alba.member, at=now()).key, look={}, by=alba.member, at=now())
        own_expert(alba, "Alba", market_asks())
        approved_article(alba, dario)
        own_segments(alba, "Alba")
        give(contact=contact, agreed=Agreed("offers"), circumstances=FORM, at=now())
        send(
            template="audience/mail/confirm_bulletin.txt", to="carmen@example.com", organisation=organisation, key="k", language="es-co", at=now(),
            context={"organisation": "Alba", "link": "http://localhost:8000/x"}, purpose=Purpose.MARKETING, agreed_to="offers", contact=contact.pk,
        )  # fmt: skip
    work()
    a_campaign(alba)


def a_campaign(alba: Actor) -> None:
    """On its way to two readers."""
    for name in ("rosa", "luz"):
        reader(alba, f"{name}@example.com")
    found = written(alba, at=now())
    with for_organisation(alba.member.organisation.pk):
        schedule(campaign=found.pk, by=alba.member, at=now())
    walked(alba, found, at=now())


def past_all_locks(deeds: list[str]) -> int:
    """Done as the server's own user, with triggers and references off; how many rows were touched."""
    cluster = Cluster(Path(os.environ["OPORTUNO_TEST_CLUSTER"]), durable=False)
    with psycopg.connect(**cluster.dsn("superuser", connection.settings_dict["NAME"])) as server:
        server.execute("SET session_replication_role = replica")
        return max(server.execute(deed).rowcount for deed in deeds)


@pytest.mark.django_db(transaction=True)
def test_it_sees_every_promise_that_is_broken(market: None) -> None:
    assert {name for name, count in violations().items() if count} == set()
    assert set(violations()) == set(DEEDS), "every promise is broken here once on purpose"
    for name, deeds in DEEDS.items():
        before = violations()[name]
        assert past_all_locks(deeds) > 0, f"{name}: nothing was there to break"
        assert violations()[name] > before, name
