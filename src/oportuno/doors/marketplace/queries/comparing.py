"""Products side by side, which ones the address says: what a guide asked for, what the market vouches for, what sellers say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from oportuno.doors.marketplace.queries import cards
from oportuno.doors.marketplace.queries.compared import SAME, Row, criteria_rows, market_rows, said_rows
from oportuno.doors.marketplace.queries.subjects import Subject, subjects_of
from oportuno.kernel.errors import NotFound
from oportuno.kernel.ui.cards import ProductCard
from oportuno.offer.catalogue import api as catalogue
from oportuno.offer.guides import api as guides
from oportuno.people.organisations.api import market_operator

MOST = 4
MORE = 4
GUIDE = "guia"
"""The parameter that names the guide which led here; its answers stand beside it."""


@dataclass(frozen=True)
class Column:
    title: str
    href: str
    picture: Any
    note: str
    remove: str


@dataclass(frozen=True)
class Group:
    """Rows that belong together. `folded`: what tells nothing apart."""

    title: str
    hint: str
    rows: Sequence[Row]
    folded: bool = False


@dataclass(frozen=True)
class Addition:
    """Another product, and the address that has it too."""

    card: ProductCard
    href: str


@dataclass(frozen=True)
class Led:
    """The walk that led here: its guide, what was answered, and how the address says so."""

    guide: guides.Shown
    walk: guides.Walk
    criteria: Sequence[guides.Criterion]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(GUIDE, self.guide.row.slug), *guides.address_of(self.walk)]


@dataclass(frozen=True)
class Shown:
    columns: Sequence[Column]
    groups: Sequence[Group]
    more: Sequence[Addition]
    subjects: Sequence[Subject]
    led: Led | None

    @property
    def names(self) -> list[str]:
        return [one.card.slug for one in self.subjects]

    @property
    def sources(self) -> list[guides.Source]:
        """Where the guide's reasons are written, each once."""
        found = [source for one in (self.led.criteria if self.led else ()) for source in one.sources]
        return list({one.title: one for one in found}.values())


def asked(given: QueryDict, most: int = MOST) -> list[str]:
    """Slugs as the address lists them: `?p=one&p=two`."""
    return list(dict.fromkeys(slug[:90] for slug in given.getlist("p") if slug))[:most]


def led_by(given: QueryDict) -> Led | None:
    """The guide that an address names, with the answers that it knows. One query."""
    with suppress(NotFound):
        shown = guides.shown_guide(given.get(GUIDE, "")[:80])
        walked = guides.walk(shown.content, guides.answers_in(given))
        return Led(shown, walked, guides.criteria(walked.steps))
    return None


def compare(slugs: Sequence[str], led: Led | None = None) -> Shown:
    """What is known of each; products that are not on show are left out."""
    found = catalogue.compare_named(slugs)
    subjects = subjects_of(found)
    names = [one.card.slug for one in subjects]
    return Shown([_column(one, names, led) for one in subjects], _groups(found, subjects, led), _more(subjects, names, led), subjects, led)


def address(slugs: Iterable[str], led: Led | None = None) -> str:
    """Where these are compared."""
    pairs = [("p", slug) for slug in slugs] + (led.pairs if led else [])
    return f"{reverse('market:comparison')}?{urlencode(pairs)}"


def _column(one: Subject, names: Sequence[str], led: Led | None) -> Column:
    left = address((other for other in names if other != one.card.slug), led)
    picture = cards.pictured(one.card.picture, one.card.title)
    return Column(one.card.title, reverse("market:product", args=[one.card.slug]), picture, cards.offered_by(one.card), left)


def _groups(found: catalogue.Comparison, subjects: Sequence[Subject], led: Led | None) -> list[Group]:
    """What a guide asked first, in its order; then what sets them apart; what they have in common last."""
    if not subjects:
        return []
    market = market_operator().name
    asked_for = criteria_rows(led.walk, led.criteria, subjects, market) if led else []
    vouched, said = market_rows(subjects, market), said_rows(found, subjects, market)
    alone = len(subjects) < 2
    groups = [
        Group(_("What you asked for"), led.guide.title if led else "", asked_for),
        Group(_("What the market verified"), _("With the day, the kind of evidence, and until when."), _apart(vouched, alone)),
        Group(_("What sellers say"), _("With the day on which they said it last."), _apart(said, alone)),
        Group(_("The same for all"), "", [] if alone else [one for one in (*vouched, *said) if one.state == SAME], folded=True),
    ]
    return [one for one in groups if one.rows]


def _apart(rows: Sequence[Row], alone: bool) -> list[Row]:
    return [one for one in rows if alone or one.state != SAME]


def _more(subjects: Sequence[Subject], names: list[str], led: Led | None) -> list[Addition]:
    """Others that the guide finds, or of the first one's shelf, or the newest, to put beside."""
    if len(subjects) >= MOST:
        return []
    if led:
        ids = [one.id for one in guides.results_of(led.walk, limit=MORE + MOST)]
        others: Sequence[catalogue.ProductCard] = catalogue.products_by_id(ids)
    else:
        shelf = subjects[0].card.category if subjects else None
        others = catalogue.products_in_category(shelf.path, limit=MORE + MOST).cards if shelf else catalogue.newest(MORE)
    return [Addition(cards.product(one), address([*names, one.slug], led)) for one in others if one.slug not in names and one.seller][:MORE]
