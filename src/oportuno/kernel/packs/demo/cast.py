"""People, contacts, searches, questions and articles of the demo."""

from __future__ import annotations

import unicodedata
from random import Random

from ..knowledge import Knowledge, Piece
from ..pack import Pack
from ..reading import read_as
from .nouns import (
    DemoArticle,
    DemoContact,
    DemoOrganisation,
    DemoPerson,
    DemoPost,
    DemoQuestion,
    DemoRole,
    DemoSearch,
    DemoSeller,
    DemoVoice,
)
from .shapes import ArticlesFile, ContactLists, PeopleFile, VoicesFile

_CODES = {"CO": "+57300556{:04d}", "MX": "+525555551{:03d}", "EC": "+59399556{:04d}", "US": "+1202555{:04d}"}


def people_file(pack: Pack) -> PeopleFile:
    return read_as(pack.folder / "demo" / "people.yaml", PeopleFile)


def organisations(file: PeopleFile) -> tuple[DemoOrganisation, ...]:
    return tuple(DemoOrganisation(one.key, one.kind, one.name, one.country, one.about) for one in file.organisations)


def people(file: PeopleFile) -> tuple[DemoPerson, ...]:
    return tuple(
        DemoPerson(
            key=one.key,
            name=one.name,
            email=f"{one.key}@demo.example",
            language=one.language,
            about=one.about,
            roles=tuple(DemoRole(role.organisation, role.role) for role in one.roles),
        )
        for one in file.people
    )


def searches(file: PeopleFile) -> tuple[DemoSearch, ...]:
    return tuple(DemoSearch(one.words, one.language, one.place, one.times, one.met) for one in file.searches)


def questions(file: PeopleFile) -> tuple[DemoQuestion, ...]:
    return tuple(DemoQuestion(one.seller, one.asker, one.asks, one.answer, one.days_ago) for one in file.questions)


def articles(pack: Pack) -> tuple[DemoArticle, ...]:
    file = read_as(pack.folder / "demo" / "articles.yaml", ArticlesFile)
    return tuple(DemoArticle(one.slug, one.seller, one.title, one.body, one.tags, one.days_ago, one.categories) for one in file.articles)


def pieces(pack: Pack) -> tuple[Piece, ...]:
    """Articles with sources, and cases, of sellers."""
    return read_as(pack.folder / "demo" / "knowledge.yaml", Knowledge).pieces


def voices(pack: Pack) -> tuple[DemoVoice, ...]:
    file = read_as(pack.folder / "demo" / "voices.yaml", VoicesFile)
    return tuple(
        DemoVoice(
            one.organisation,
            one.template,
            one.title,
            one.tagline,
            tuple(DemoPost(post.title, post.body, post.category, post.tags, post.days_ago) for post in one.posts),
        )
        for one in file.sites
    )


def contacts(pack: Pack, file: PeopleFile, sellers: tuple[DemoSeller, ...]) -> tuple[DemoContact, ...]:
    """Plausible, invented, at addresses that cannot exist (RFC 2606)."""
    approved = [seller for seller in sellers if seller.vetting == "approved"]
    return tuple(_contact(pack, file.contacts, approved, number) for number in range(1, file.contacts.count + 1))


def _contact(pack: Pack, lists: ContactLists, sellers: list[DemoSeller], number: int) -> DemoContact:
    chance = Random(f"contact/{number}")  # noqa: S311
    # The first third of the sellers gets most of the contacts, as in any market.
    seller = sellers[min(int(chance.paretovariate(1.1)) * 3 + chance.randrange(3) - 3, 10_000) % len(sellers)]
    first, last = chance.choice(lists.first_names), chance.choice(lists.last_names)
    name = f"{first} {last} {chance.choice(lists.last_names)}"
    return DemoContact(
        key=f"contact-{number:03d}",
        name=name,
        email=f"{_ascii(first)}.{_ascii(last)}{number}@correo.example",
        phone=_CODES[seller.country].format(number) if chance.random() < 0.6 else None,
        country=seller.country,
        city=chance.choice(lists.cities[seller.country]),
        seller=seller.slug,
        source=chance.choice(lists.sources),
        persona=chance.choice([one.slug for one in pack.personas_of("buyer")]),
        days_ago=int(365 * chance.random() ** 1.7),
        consents=chance.random() < 0.85,
        interest=chance.choice([placed.slug for placed in pack.taxonomy.walk() if placed.depth]),
    )


def _ascii(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain.lower() if letter.isalnum())
