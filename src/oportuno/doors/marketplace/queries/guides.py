"""Guides as a buyer walks them: addresses that keep the answers, and what they find as cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from oportuno.doors.marketplace.queries import asking, cards, comparing
from oportuno.offer.directory import api as directory
from oportuno.offer.guides import api as guides

MOST_SELLERS = 6
BACK, UNSAID = "volver", "falta"
"""Parameters: the question that somebody goes back to; that nothing was chosen."""
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    """An option of the question on the page. `count`: how many products are left with it."""

    key: str
    label: str
    why: str
    source: Any
    count: int
    chosen: bool


@dataclass(frozen=True)
class Said:
    """An answer that was given, and where one changes it."""

    criterion: guides.Criterion
    href: str


@dataclass(frozen=True)
class Asked:
    """The question on the page. `given`: all other answers, which the form takes along."""

    key: str
    ask: str
    hint: str
    several: bool
    choices: Sequence[Choice]
    given: Pairs
    number: int
    whole: int
    back: str


@dataclass(frozen=True)
class Loosen:
    """A criterion to let go, how many there are without it, and their address."""

    ask: str
    answer: str
    count: int
    href: str


@dataclass(frozen=True)
class Seller:
    """Who sells what was found: how much of it, and where one asks."""

    card: Any
    count: int
    ask: str


def step(slug: str, pairs: Pairs, **more: str) -> str:
    """Where the walk goes on."""
    return _address("market:guide-step", slug, [*pairs, *more.items()])


def result(slug: str, pairs: Pairs) -> str:
    """What these answers find."""
    return _address("market:guide-result", slug, pairs)


def onward(slug: str, walked: guides.Walk) -> str:
    """The next question, or the result."""
    pairs = guides.address_of(walked)
    return step(slug, pairs) if walked.now else result(slug, pairs)


def asked(shown: guides.Shown, walked: guides.Walk, answers: Mapping[str, Sequence[str]]) -> Asked:
    """The question that comes. One statement counts what each option leaves."""
    question, language = walked.now, get_language() or "es"
    assert question is not None
    slug, before = shown.row.slug, walked.steps
    choices = [
        Choice(one.option.key, one.option.label.in_(language), one.option.why.in_(language), one.option.source, one.count, one.chosen)
        for one in guides.counted(walked, question, answers.get(question.key, ()))
    ]
    given = [(f"{guides.ANSWER}{key}", value) for key, values in answers.items() if key != question.key for value in values]
    return Asked(
        key=question.key,
        ask=question.ask.in_(language),
        hint=question.hint.in_(language),
        several=question.several,
        choices=choices,
        given=given,
        number=len(before) + 1,
        whole=len(before) + walked.left,
        back=step(slug, _pairs(answers), **{BACK: before[-1].question.key}) if before else reverse("market:guide", args=[slug]),
    )


def said(shown: guides.Shown, found: guides.Found) -> list[Said]:
    pairs = guides.address_of(found.walk)
    return [Said(one, step(shown.row.slug, pairs, **{BACK: one.question})) for one in found.criteria]


def loosen(shown: guides.Shown, found: guides.Found) -> list[Loosen]:
    """Which criterion stands in the way, the one that gives most first; those that give nothing are not there."""
    language, pairs = get_language() or "es", guides.address_of(found.walk)
    kept = []
    for one in found.loosen:
        name = f"{guides.ANSWER}{one.step.question.key}"
        others = [(name, guides.SKIPPED), *(pair for pair in pairs if pair[0] != name)]
        answer = ", ".join(option.label.in_(language) for option in one.step.options)
        kept.append(Loosen(one.step.question.ask.in_(language), answer, one.count, result(shown.row.slug, others)))
    return [one for one in kept if one.count]


def products(found: guides.Found) -> list[asking.Shown]:
    """As they are now; who was hidden a moment ago is left out."""
    return asking.shown(found.results.items)


def sellers(shown: guides.Shown, found: guides.Found) -> list[Seller]:
    """Who sells most of what was found. Six queries."""
    counts = {one.value: one.count for one in found.results.facets.sellers[:MOST_SELLERS]}
    rows = directory.Seller.objects.filter(slug__in=counts, published=True).values_list("pk", flat=True)
    known = {one.slug: one for one in directory.seller_cards(list(rows)).values()}
    about = urlencode({"kind": "guide", "id": shown.row.slug, "label": shown.title})
    return [
        Seller(cards.seller(known[slug]), count, f"{reverse('audience:asking', args=[slug])}?{about}")
        for slug, count in counts.items()
        if slug in known
    ]


def compare(shown: guides.Shown, found: guides.Found, slugs: Sequence[str]) -> str:
    """The comparison of these, with the guide's criteria on top."""
    return f"{comparing.address(slugs)}&{urlencode(carried(shown, found))}"


def carried(shown: guides.Shown, found: guides.Found) -> list[tuple[str, str]]:
    """What a comparison takes along of a walk."""
    return [(comparing.GUIDE, shown.row.slug), *guides.address_of(found.walk)]


def _pairs(answers: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [(f"{guides.ANSWER}{key}", value) for key, values in answers.items() for value in values]


def _address(name: str, slug: str, pairs: Pairs) -> str:
    path = reverse(name, args=[slug])
    return f"{path}?{urlencode(pairs)}" if pairs else path
