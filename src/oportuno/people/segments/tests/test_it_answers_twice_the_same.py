"""The database and the memory give one answer, whatever is asked of whomever.

Every operator of everything that can be asked stands in two random trees at least, each asked of each of the hundred people;
`OPORTUNO_TREES=50` asks as many trees of each operator. What people did is asked twice: of what is kept of them, and of the log.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from oportuno.kernel.facts import record_all
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience.api import addresses
from oportuno.people.audience.facts import PageViewed, QuestionAsked
from oportuno.people.audience.testing import Consent, ConsentState, Contact, Identity
from oportuno.people.messaging.facts import MailOpened, MessageSent
from oportuno.people.segments.actions.gathering import gather_deeds
from oportuno.people.segments.models import Segment, SegmentMember
from oportuno.people.segments.queries import things as things_module
from oportuno.people.segments.queries.choosing import compiled, those_of
from oportuno.people.segments.queries.profiles import profile_of
from oportuno.people.segments.queries.things import circumstances, meant, things_of
from oportuno.people.segments.rules.holding import holds
from oportuno.people.segments.rules.meaning import meaning_of
from oportuno.people.segments.rules.things import OPERATORS, Thing
from oportuno.people.segments.rules.tree import read, written

pytestmark = pytest.mark.django_db
TREES = int(os.environ.get("OPORTUNO_TREES", "2"))
PEOPLE = 100
AT = datetime(2027, 2, 28, 17, 3, 11, 250, UTC)
WORDS = (
    "Bogotá",
    "bogota",
    " BOGOTÁ ",
    "Cali",
    "São Paulo",
    "Bogo",
    "a\u0301",
    "á",
    "ñ",
    "Ñandú",
    "50%",
    "_",
    "\\",
    "ß",
    "İ",
    "Ж",
    "ж",
    "´",
    "",
    "  ",
    "é",
    "María José",
)
TAGS = ("rosas", "vip", "médico", "a,b", "{x}", 'co"rte')
DAYS = ("2027-02-28", "2024-02-29", "1990-03-01", "1985-02-27", "2027-03-05", "2026-12-31", "0100-01-01")
LISTS = (UUID(int=1), UUID(int=2))
OWN = {"color": "text", "tamaño": "choice", "ramos": "number", "boda": "day", "socio": "yesno"}


class Own:
    """A field of the organisation's own, as audience tells it."""

    def __init__(self, key: str, kind: str) -> None:
        self.key, self.label, self.kind, self.choices = key, key, {"day": "date"}.get(kind, kind), ()


@pytest.fixture
def people(alba: Any, gala: Any, known_deeds: None, monkeypatch: pytest.MonkeyPatch) -> list[Contact]:
    """A hundred of Alba's who are as odd as people are, and some of Gala's who must be in no answer."""
    monkeypatch.setattr(things_module, "fields_of", lambda organisation: [Own(*one) for one in OWN.items()])
    chance = random.Random(20270228)
    for one in LISTS:
        with for_organisation(alba.organisation.pk):
            Segment.objects.create(pk=one, name=str(one), kind="list", revision=1, made_at=AT, changed_at=AT)
    made = [_person(alba.organisation.pk, number, chance) for number in range(PEOPLE)]
    for number in range(10):
        _person(gala.organisation.pk, PEOPLE + number, chance)
    return made


def _person(organisation: int, number: int, chance: random.Random) -> Contact:
    def maybe(*values: Any) -> Any:
        return chance.choice(values)

    def lately() -> datetime:
        return AT - timedelta(days=maybe(0, 0, 1, 3, 29, 30, 31, 400), seconds=maybe(0, 0, 1, 3600, 61391))

    with for_organisation(organisation):
        contact = Contact.objects.create(
            display_name=(name := maybe(*WORDS)), name_key=addresses.fold(name)[:160], given_name=maybe(*WORDS), company_name=maybe(*WORDS), place=maybe(*WORDS),
            country=maybe("", "CO", "MX"), language=maybe("es-co", "en"), kind=maybe("person", "organisation"), stage=maybe("contact", "lead", "customer"),
            email=maybe("", f"ana{number}@example.com"), phone=maybe("", f"+57300{number:07d}"), source=maybe("", "fair", "import"),
            tags=sorted(chance.sample(TAGS, maybe(0, 0, 1, 2, 3))), person_id=maybe(None, new_id()), created_at=lately(), last_seen_at=lately(),
            fields={
                key: value
                for key, value in {
                    "color": maybe(None, *WORDS, 7, True), "tamaño": maybe(None, "S", "s", "M ", 3), "ramos": maybe(None, 0, 3, 3.5, -2, 0.1, "3", True, 12345678901),
                    "boda": maybe(None, *DAYS, "2027-2-28", "ayer", 2027, "2027-02-28T10:00"), "socio": maybe(None, True, False, "true", 1),
                }.items()
                if value is not None
            },
        )  # fmt: skip
        for kind in chance.sample(("email", "phone", "postal", "social"), maybe(0, 1, 2)):
            verified = maybe(None, AT)
            Identity.objects.create(contact=contact, kind=kind, value="x", key=f"{kind}{number}", created_at=AT, verified_at=verified)
        for purpose, channel in chance.sample((("bulletin", "email"), ("offers", "email"), ("offers", "sms")), maybe(0, 1, 2)):
            proof = Consent.objects.create(contact=contact, channel=channel, purpose=purpose, deed="given", how="test", at=AT)
            ConsentState.objects.create(
                contact=contact, channel=channel, purpose=purpose, standing=maybe("given", "pending", "withdrawn"), since=AT, evidence=proof,
                topics=maybe([], ["rosas"], ["follajes", "rosas"]),
            )  # fmt: skip
        for one in chance.sample(LISTS, maybe(0, 1, 2)) if number < PEOPLE else ():
            SegmentMember.objects.create(segment_id=one, contact_id=contact.pk, since=AT)
        record_all(_deeds(contact.pk, chance, lately))
    return contact


def _deeds(contact: UUID, chance: random.Random, lately: Any) -> list[Any]:
    told: list[Any] = []
    for _ in range(chance.choice((0, 0, 1, 2, 4))):
        told.append(QuestionAsked(question=new_id(), contact=contact, at=lately()))
    for _ in range(chance.choice((0, 0, 2, 6))):
        path, page = (
            chance.choice(("/", "/categorias/rosas/rojas/", "/en/categorias/100%_/", "/en/categorias/100x/")),
            chance.choice((None, UUID(int=77), new_id())),
        )
        told.append(PageViewed(path=path, page=page, contact=contact, at=lately()))
    for _ in range(chance.choice((0, 1, 4, 7))):
        message, sent = new_id(), lately()
        told.append(MessageSent(message=message, purpose=chance.choice(("marketing", "marketing", "service")), contact=contact, at=sent))
        if chance.random() < 0.6:
            told.append(
                MailOpened(message=message, frame=new_id(), machine=chance.random() < 0.3, contact=contact, at=sent + timedelta(hours=1))
            )
    return told


def _leaf(thing: Thing) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(sorted(OPERATORS[thing.type])).flatmap(lambda op: _of(thing, op))


def _of(thing: Thing, op: str) -> st.SearchStrategy[dict[str, Any]]:
    day = st.sampled_from(sorted(DAYS[:-1]))
    number = st.sampled_from([-2, 0, 0.1, 3, 3.5, 4])
    times = st.sampled_from([0, 1, 2, 4]) if thing.type in ("deed", "share") else number
    words = {
        "choice": st.sampled_from(thing.choices or ("S", "M", "CO", "es-co", "fair", "")).filter(bool),
        "tags": st.sampled_from(TAGS),
        "topic": st.sampled_from(("rosas", "follajes", "otro")),
        "segment": st.sampled_from([str(one) for one in (*LISTS, UUID(int=3))]),
    }.get(thing.type, st.sampled_from([one for one in WORDS if one.strip()]))
    values: dict[str, st.SearchStrategy[Any]] = {
        "nothing": st.none(), "word": words, "words": st.lists(words, min_size=1, max_size=3, unique=True), "number": times,
        "pair": st.lists(number, min_size=2, max_size=2).map(sorted), "day": day, "days": st.lists(day, min_size=2, max_size=2).map(sorted),
        "span": st.sampled_from([0, 1, 30, 366]),
    }  # fmt: skip
    more: dict[str, st.SearchStrategy[Any]] = {}
    if thing.type == "deed":
        more["days"] = st.sampled_from([None, 1, 30])
        if thing.narrows:
            more["about"] = st.sampled_from([None, "rosas", "rosas/rojas", "nada"])
    if thing.type == "share":
        more["of"] = st.sampled_from([4, 5, 20])
    value = st.sampled_from([1, 1.5, 8]) if thing.type == "rhythm" else values[OPERATORS[thing.type][op]]
    said = st.fixed_dictionaries({"what": st.just(thing.key), "op": st.just(op), "value": value, **more})
    return said.map(lambda one: {key: each for key, each in one.items() if each is not None})


def _trees(things: Any, within: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Trees that `within` stands in, somewhere."""
    leaves = st.sampled_from(list(things.values())).flatmap(_leaf)
    nodes = st.recursive(
        leaves,
        lambda inner: st.fixed_dictionaries(
            {"match": st.sampled_from(["all", "any", "none"]), "of": st.lists(inner, min_size=1, max_size=3)}
        ),
        max_leaves=6,
    )
    beside = st.lists(nodes, min_size=0, max_size=3)
    together = st.tuples(within, beside, st.integers(0, 3)).map(lambda one: [*one[1][: one[2]], one[0], *one[1][one[2] :]])
    group = st.fixed_dictionaries({"match": st.sampled_from(["all", "any", "none"]), "of": together})
    deeper = st.one_of(together, st.tuples(group, beside).map(lambda one: [one[0], *one[1]]))
    return st.fixed_dictionaries({"version": st.just(1), "match": st.sampled_from(["all", "any", "none"]), "of": deeper})


BEHAVIOUR = ("deed", "share", "rhythm")


@pytest.fixture(params=["what is kept", "the log"])
def asked_of(request: Any, people: list[Contact]) -> str:
    """Whom deeds are asked of. Another deed than those is put together too, and says nothing of them."""
    if request.param == "what is kept":
        assert gather_deeds(Lease(0, 1, None, "a test"), AT)
    return str(request.param)


def combinations(things: Any, asked_of: str) -> list[tuple[Thing, str]]:
    """All that can be asked; of the log only what it is asked for."""
    found = [(thing, op) for thing in things.values() for op in sorted(OPERATORS[thing.type])]
    return found if asked_of == "what is kept" else [one for one in found if one[0].type in BEHAVIOUR]


def test_it_gives_one_answer_for_a_set_and_for_one(alba: Any, people: list[Contact], asked_of: str) -> None:
    organisation = alba.organisation.pk
    asked = 0
    with for_organisation(organisation):
        profiles = {one.pk: profile_of(one) for one in people}
        things, around = things_of(organisation), circumstances(organisation, AT)
        for number, (thing, op) in enumerate(combinations(things, asked_of)):

            @seed(20270228 + number)
            @settings(max_examples=TREES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            @given(_trees(things, _of(thing, op)))
            def one_answer(said: dict[str, Any]) -> None:
                nonlocal asked
                asked += len(profiles)
                root = read(said, things)
                assert read(written(root), things) == root
                meaning = meaning_of(root, things, around)
                in_memory = {who for who, person in profiles.items() if holds(meaning, person)}
                assert those_of(organisation, meaning, list(profiles)) == in_memory

            one_answer()
    assert asked >= (10_000 if asked_of == "what is kept" else 1_000)


def test_it_asks_every_operator_of_everything(alba: Any, people: list[Contact], asked_of: str) -> None:
    """Each alone and as its opposite; and each tells people apart, for some value."""
    organisation = alba.organisation.pk
    with for_organisation(organisation):
        profiles = {one.pk: profile_of(one) for one in people}
        things = things_of(organisation)
        apart: Counter[tuple[str, str]] = Counter()
        for thing, op in combinations(things, asked_of):
            said = [{"match": match, "of": [one]} for one in _some(thing, op) for match in ("all", "none")]
            meanings = [meant(organisation, read(one, things), AT) for one in said]
            for one, meaning, found in zip(said, meanings, at_once(organisation, meanings, list(profiles)), strict=True):
                assert found == {who for who, person in profiles.items() if holds(meaning, person)}, one
                apart[thing.type, op] += 0 < len(found) < len(profiles)
        assert [one for one in {(thing.type, op) for thing, op in combinations(things, asked_of)} if not apart[one]] == []


def at_once(organisation: int, meanings: list[Any], among: list[UUID]) -> list[set[UUID]]:
    """For whom each of them holds, asked in one question."""
    question = compiled(organisation, among)
    columns = ", ".join(question.condition(one) for one in meanings)
    with for_market("a test asks"), connection.cursor() as cursor:
        cursor.execute(f"SELECT c.id, {columns} {question.source}", question.params)
        rows = cursor.fetchall()
    return [{row[0] for row in rows if row[number]} for number in range(1, len(meanings) + 1)]


def _some(thing: Thing, op: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    @seed(1)
    @settings(max_examples=8 if thing.type == "moment" else 4, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(_of(thing, op))
    def one(said: dict[str, Any]) -> None:
        found.append(said)

    one()
    return found
