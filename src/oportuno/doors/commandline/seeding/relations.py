"""A year of people: contacts and their consent, questions and answers, visits, searches."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from oportuno.doors.commandline.seeding.cast import Cast
from oportuno.kernel.facts import Fact, record_cheaply
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.kernel.packs.demo import Demo, DemoContact, DemoQuestion
from oportuno.offer.search.facts import Searched
from oportuno.people.audience import api as audience
from oportuno.people.audience.facts import PageViewed
from oportuno.people.messaging.api import set_letterhead

VISITS_PER_SELLER = 900
PURPOSE = "bulletin"
STAGES = ("contact", "lead", "prospect", "qualified", "opportunity", "customer", "promoter")
STAGE_WEIGHTS = (30, 20, 16, 10, 8, 13, 3)
WORDS = "Quiero recibir el boletín; puedo retirarme cuando quiera. (Texto de demostración.)"


def make_partitions(at: datetime) -> None:
    """Months of the log for the year that the demo tells."""
    with for_market("the demo's year"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT fact_partition((date_trunc('month', %s::timestamptz) - make_interval(months => n))::date) FROM generate_series(0, 14) n",
            [at],
        )


def meet(demo: Demo, cast: Cast, at: datetime) -> dict[str, UUID]:
    """Contacts, each captured by its seller; their ids by the demo's key."""
    met: dict[str, UUID] = {}
    with for_organisation(cast.operator.organisation.pk):
        set_letterhead(postal="Carrera 7 # 71-21, oficina 1402, Bogotá, Colombia (demo)")
    for one in demo.contacts:
        organisation = cast.organisations.get(one.seller)
        email = audience.addresses.email(one.email)
        if organisation is None or email is None:
            continue
        met[one.key] = _capture(one, organisation.pk, email, at)
    _know(demo, met, cast, at)
    _ask_more(demo, met, cast, at)
    return met


def _know(demo: Demo, met: dict[str, UUID], cast: Cast, at: datetime) -> None:
    """What a year of work leaves on contacts: how far each relation is, tags, notes; and who gets the market's bulletin."""
    chance = random.Random("relations")  # noqa: S311  (a demo, the same each time)
    operator = cast.operator.organisation.pk
    for one in demo.contacts:
        me, email = cast.owners.get(one.seller), audience.addresses.email(one.email)
        if one.key not in met or me is None or email is None:
            continue
        moment = at - timedelta(days=one.days_ago * chance.random())
        with for_organisation(me.organisation.pk):
            contact = audience.contact_for(me, met[one.key])
            stage = chance.choices(STAGES, weights=STAGE_WEIGHTS)[0]
            audience.move_on(contact, stage, reason="asked a question" if stage == "prospect" else "", at=moment, by=me.id)
            if tags := chance.sample(demo.tags, chance.choice((0, 0, 1, 1, 2))):
                audience.tag(contact=contact, add=tags, by=me, at=moment)
            if chance.random() < 0.25:
                audience.add_note(contact=contact, text=chance.choice(demo.notes), by=me, at=moment)
        if chance.random() < 0.5:
            _capture(replace(one, consents=True), operator, email, at)


HEARD = ("Recomendación", "Feria", "Redes sociales", "Buscador")


def _ask_more(demo: Demo, met: dict[str, UUID], cast: Cast, at: datetime) -> None:
    """The first seller asks about birthdays and how people heard of it, and knows a company where two of them work."""
    chance = random.Random("fields")  # noqa: S311  (a demo, the same each time)
    me = cast.first_seller
    own = [met[one.key] for one in demo.contacts if one.key in met and one.seller == me.organisation.slug]
    with for_organisation(me.organisation.pk):
        for label, kind, choices in (("Cumpleaños", "date", ()), ("Cómo nos conoció", "choice", HEARD), ("Compras al año", "number", ())):
            audience.make_field(label=label, kind=kind, choices=choices, by=me, at=at)
        for contact in own:
            born = datetime(chance.randint(1960, 2004), chance.randint(1, 12), chance.randint(1, 28), tzinfo=at.tzinfo).date()
            said = {"cumpleanos": born.isoformat(), "como_nos_conocio": chance.choice(HEARD), "compras_al_ano": chance.randint(0, 14)}
            kept = {key: value for key, value in said.items() if chance.random() < 0.6}
            audience.fill_in_fields(contact=contact, values=kept, by=me, at=at)
        email = audience.addresses.email("compras@hotel-central.example")
        assert email
        hotel = audience.Written(name="Hotel Central", kind="organisation", place="Bogotá", country="CO")
        audience.write_contact(written=hotel, identities=[email], by=me, at=at)
        for name, address in (("Luz Marina Restrepo", "luz.restrepo@correo.example"), ("Luz Marina Restrepo", "luzmarina@taller.example")):
            given = audience.addresses.email(address)
            assert given
            audience.write_contact(written=audience.Written(name=name, place="Medellín", country="CO"), identities=[given], by=me, at=at)
        for contact in own[:2]:
            audience.change_contact(contact=contact, said={"company": "Hotel Central"}, by=me, at=at)
        audience.look_for_duplicates(at=at)


def _capture(one: DemoContact, organisation: int, email: audience.Given, at: datetime) -> UUID:
    moment = at - timedelta(days=one.days_ago)
    phone = audience.addresses.phone(one.phone, one.country) if one.phone else None
    with for_organisation(organisation):
        captured = audience.capture(
            organisation=organisation,
            identities=[email, *([phone] if phone else [])],
            source=one.source,
            name=one.name,
            country=one.country,
            place=one.city,
            at=moment,
            proven=True,
        )
        if one.consents:
            agreed = audience.Agreed(purpose=PURPOSE, words=WORDS, version="demo")
            audience.give(
                contact=captured.contact, agreed=agreed, circumstances=audience.Circumstances("demo"), at=moment, identity_key=email.key
            )
    return captured.contact.pk


def talk(questions: Iterable[DemoQuestion], demo: Demo, cast: Cast, at: datetime) -> None:
    """Questions to sellers; those that have an answer are answered and shown."""
    emails = {one.key: one.email for one in demo.contacts} | {one.key: one.email for one in demo.people}
    names = {one.key: one.name for one in demo.contacts} | {one.key: one.name for one in demo.people}
    for number, one in enumerate(questions):
        organisation, me = cast.organisations.get(one.seller), cast.owners.get(one.seller)
        asker = "carmen" if number < 2 else one.asker
        asker = asker if asker in emails else next((c.key for c in demo.contacts[number:] if c.seller == one.seller), one.asker)
        email = audience.addresses.email(emails.get(asker, f"visita{number}@correo.example"))
        if organisation is None or me is None or email is None:
            continue
        moment = at - timedelta(days=one.days_ago)
        question = audience.ask(
            organisation=organisation,
            email=email,
            name=names.get(asker, "Visita (demo)"),
            text=one.asks.es,
            circumstances=audience.Circumstances("demo"),
            at=moment,
            proven=True,
        )
        if one.answer:
            with for_organisation(organisation.pk):
                answered = audience.answer_question(question=question, text=one.answer.es, by=me, at=moment + timedelta(hours=3))
                audience.publish_answer(question=answered, asked=one.asks.es, answered=one.answer.es, by=me, at=moment + timedelta(hours=4))


def visit(paths: Sequence[tuple[int, str, UUID | None]], met: dict[str, UUID], demo: Demo, cast: Cast, at: datetime) -> int:
    """Page views over a year, denser in February, May and December; how many. `paths`: (organisation, path, page)."""
    chance = random.Random("visits")  # noqa: S311  (a demo, the same each time)
    by_organisation: dict[int, list[tuple[str, UUID | None]]] = defaultdict(list)
    for organisation, path, one in paths:
        by_organisation[organisation].append((path, one))
    contacts: dict[int, list[UUID]] = defaultdict(list)
    for contact in demo.contacts:
        if contact.key in met and contact.seller in cast.organisations:
            contacts[cast.organisations[contact.seller].pk].append(met[contact.key])
    by_organisation[cast.operator.organisation.pk] = [
        (path, None) for path in ("/", "/buscar/", "/vendedores/", "/categorias/", "/conocimiento/")
    ]
    rows: list[tuple[int, Fact]] = []
    for organisation, pages in sorted(by_organisation.items()):
        for _ in range(VISITS_PER_SELLER):
            path, one = chance.choice(pages)
            moment = at - timedelta(days=_day(chance, at), seconds=chance.randrange(43_200))
            known = contacts[organisation] and chance.random() < 0.15
            person = chance.choice(contacts[organisation]) if known else None
            rows.append((organisation, PageViewed(path=path, page=one, page_kind="product", contact=person, visitor=new_id(), at=moment)))
    with for_market("the demo's year"):
        for start in range(0, len(rows), 5000):
            record_cheaply(rows[start : start + 5000])
    return len(rows)


def look_for(demo: Demo, cast: Cast, at: datetime) -> int:
    """What visitors typed over the year, met and unmet; how many searches."""
    chance = random.Random("searches")  # noqa: S311
    operator = cast.operator.organisation.pk
    rows: list[tuple[int, Fact]] = []
    for one in demo.searches:
        for _ in range(one.times):
            moment = at - timedelta(days=_day(chance, at), seconds=chance.randrange(43_200))
            found = 12 if one.met else 0
            asked = Searched(text=one.words, language=one.language, results=found, unmet=not one.met, place=one.place or "", at=moment)
            rows.append((operator, asked))
    rows.sort(key=lambda row: row[1].at)
    with for_market("the demo's year"):
        for start in range(0, len(rows), 5000):
            record_cheaply(rows[start : start + 5000])
    return len(rows)


def _day(chance: random.Random, at: datetime) -> int:
    """How many days ago; flowers are looked at before their feasts."""
    for _ in range(3):
        days = chance.randrange(365)
        if (at - timedelta(days=days)).month in (2, 5, 9, 12):
            return days
    return days
