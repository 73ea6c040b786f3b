"""The vertical behind the counter: whom sellers write for, what is asked and charged, and what counts as well done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oportuno.doors.marketplace.queries.method import SellingWords, VettingWords, selling_words, vetting_words
from oportuno.kernel import formats
from oportuno.kernel.money import Money
from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.method import Goal
from oportuno.kernel.packs.sides import Persona
from oportuno.kernel.packs.taxonomy import Category


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody asks at one stage of the way, and what answers it best."""

    stage: str
    questions: Sequence[str]
    answer_with: str


@dataclass(frozen=True, slots=True)
class PersonaCard:
    """A typical buyer or seller that one writes and builds for."""

    slug: str
    name: str
    role: str
    who: str
    goals: Sequence[str]
    pains: Sequence[str]
    questions: Sequence[str]
    channels: Sequence[str]
    way: Sequence[Asking]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """`good` and better is green, `poor` and worse is red."""

    title: str
    description: str
    good: str
    poor: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category of the pack: `asks` names what is asked of its goods beyond what its parent asks, a star where it must be said."""

    title: str
    icon: str
    description: str
    asks: Sequence[str]
    children: Sequence[Shelf]


@dataclass(frozen=True, slots=True)
class Vertical:
    """All of a pack that people decide by. `counts`: (what, how many) of the rest."""

    title: str
    version: str
    counts: Sequence[tuple[str, int]]
    shelves: Sequence[Shelf]
    buyers: Sequence[PersonaCard]
    sellers: Sequence[PersonaCard]
    vetting: VettingWords
    selling: SellingWords
    market_goals: Sequence[GoalLine]
    seller_goals: Sequence[GoalLine]
    milestones: Sequence[tuple[int, str, str]]


def personas(pack: Pack, side: str, language: str) -> list[PersonaCard]:
    """Personas of one side ("buyer" or "seller"), in the pack's order."""
    return [_persona(one, language) for one in pack.personas_of(side)]


def goals(pack: Pack, side: str, language: str, currency: str) -> list[GoalLine]:
    """What counts as well done, of the market or of each seller; money in the currency if the pack has it."""
    return [_goal(one, language, currency) for one in pack.goals.goals if one.side == side]


def vertical(pack: Pack, language: str, currency: str) -> Vertical:
    return Vertical(
        title=pack.identity.title.in_(language),
        version=f"{pack.name} {pack.identity.version}",
        counts=[
            (_("Categories"), sum(1 for _placed in pack.taxonomy.walk())),
            (_("Attributes"), len(pack.taxonomy.attributes)),
            (_("Groups of synonyms"), len(pack.synonyms.groups)),
            (_("Sectors"), len(pack.sectors.sectors)),
            (_("Tax classes"), len(pack.tax.classes)),
        ],
        shelves=[_shelf(pack, one, language) for one in pack.taxonomy.categories],
        buyers=personas(pack, "buyer", language),
        sellers=personas(pack, "seller", language),
        vetting=vetting_words(pack, language),
        selling=selling_words(pack, language),
        market_goals=goals(pack, "market", language, currency),
        seller_goals=goals(pack, "seller", language, currency),
        milestones=[(one.day, one.title.in_(language), one.description.in_(language)) for one in pack.commitment.milestones],
    )


def _shelf(pack: Pack, one: Category, language: str) -> Shelf:
    known = pack.taxonomy.attribute_by_key
    return Shelf(
        title=one.title.in_(language),
        icon=one.icon,
        description=one.description.in_(language) if one.description else "",
        asks=[f"{known[use.use].label.in_(language)}{'*' if use.required else ''}" for use in one.attributes],
        children=[_shelf(pack, child, language) for child in one.children],
    )


def _persona(one: Persona, language: str) -> PersonaCard:
    return PersonaCard(
        slug=one.slug,
        name=one.name,
        role=one.role.in_(language),
        who=one.who.in_(language),
        goals=[said.in_(language) for said in one.goals],
        pains=[said.in_(language) for said in one.pains],
        questions=[said.in_(language) for said in one.questions],
        channels=[str(_channels().get(channel, channel)) for channel in one.channels],
        way=[
            Asking(str(_stages()[at.stage]), [said.in_(language) for said in at.questions], at.answer_with.in_(language))
            for at in one.stages
        ],
    )


def _goal(one: Goal, language: str, currency: str) -> GoalLine:
    locale = formats.locale_of(language)
    if one.unit == "money":
        found = next((pair for pair in one.money if pair.currency == currency), one.money[0])
        shown = [formats.money(Money.of(amount, found.currency), locale) for amount in (found.good, found.poor)]
    else:
        unit = {"percent": "%", "days": pgettext("unit", "days"), "hours": pgettext("unit", "hours")}.get(one.unit, "")
        shown = [
            f"{formats.number(amount, locale, 0 if amount == int(amount) else 1)} {unit}".strip()
            for amount in (one.good or 0, one.poor or 0)
        ]
    better = _("%(limit)s or more") if one.better == "higher" else _("%(limit)s or less")
    worse = _("%(limit)s or less") if one.better == "higher" else _("%(limit)s or more")
    return GoalLine(one.title.in_(language), one.description.in_(language), better % {"limit": shown[0]}, worse % {"limit": shown[1]})


def stages_of_the_way() -> list[tuple[str, str]]:
    """From not knowing that there is something to what comes after buying, in the reader's language."""
    return list(_stages().items())


def _stages() -> dict[str, str]:
    return {
        "discover": _("Discovers"), "understand": _("Understands"), "compare": _("Compares"), "decide": _("Decides"), "after": _("Afterwards"),
    }  # fmt: skip


def _channels() -> dict[str, str]:
    """Those whose name is a word; the others are names."""
    named = {name.lower(): name for name in ("WhatsApp", "Instagram", "Facebook", "TikTok", "YouTube", "LinkedIn", "Blog")}
    return named | {
        "search": _("Search engines"), "email": _("E-mail"), "phone": _("Phone"), "referral": _("Recommendation"), "fair": _("Fairs"),
        "visit": _("Visits"), "community": _("Communities"),
    }  # fmt: skip
