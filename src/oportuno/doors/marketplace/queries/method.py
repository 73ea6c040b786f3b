"""The vertical's rules for sellers, as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from oportuno.kernel import formats
from oportuno.kernel.money import Money
from oportuno.kernel.packs import Pack


@dataclass(frozen=True)
class Line:
    title: str
    text: str
    icon: str = ""
    note: str = ""


@dataclass(frozen=True)
class VettingWords:
    """`requirements` by kind of evidence."""

    answer_days: int
    certifications: Sequence[Line]
    requirements: Sequence[tuple[Line, Sequence[Line]]]


@dataclass(frozen=True)
class Reason:
    """A seller this vertical knows: what hurts, and what he wants."""

    name: str
    role: str
    who: str
    pains: Sequence[str]
    goals: Sequence[str]


@dataclass(frozen=True)
class Stage:
    title: str
    days: str
    steps: Sequence[Line]


@dataclass(frozen=True)
class Fee:
    title: str
    description: str
    monthly: Sequence[str]
    commission: str
    includes: Sequence[str]


@dataclass(frozen=True)
class SellingWords:
    action: str
    plan_title: str
    free_days: int
    payout_days: int
    reasons: Sequence[Reason]
    stages: Sequence[Stage]
    fees: Sequence[Fee]
    declaration: str
    commitment: str
    milestones: Sequence[Line]


def vetting_words(pack: Pack, language: str) -> VettingWords:
    kinds = sorted(pack.vetting.requirements, key=lambda one: list(evidence_words()).index(one.evidence.kind))
    return VettingWords(
        answer_days=pack.vetting.answer_days,
        certifications=[Line(one.title.in_(language), one.description.in_(language), one.icon) for one in pack.vetting.certifications],
        requirements=[
            (_kind(kind), _distinct([Line(one.title.in_(language), one.why.in_(language), note=_where(one)) for one in group]))
            for kind, group in groupby(kinds, key=lambda one: one.evidence.kind)
        ],
    )


def evidence_words() -> dict[str, tuple[str, str, str]]:
    """Kinds of evidence in the order in which people trust them: icon, title, what we do."""
    return {
        "number": ("fingerprint", _("Numbers we check"), _("By their digits, with the rules of the authority that gave them.")),
        "document": ("file-check", _("Documents we read"), _("A person opens each one; what expires is asked for again.")),
        "reference": ("phone", _("Customers we call"), _("People who bought, not friends who praise.")),
        "test_order": ("package", _("Orders we place unannounced"), _("We buy like anybody else and look at what comes, and when.")),
        "visit": ("map-pin-check", _("Places we visit"), _("Somebody of the market was there.")),
    }


def _kind(kind: str) -> Line:
    icon, title, text = evidence_words()[kind]
    return Line(title, text, icon)


def _where(requirement: object) -> str:
    countries = getattr(requirement, "countries", ())
    return ", ".join(countries)


def _distinct(lines: Sequence[Line]) -> list[Line]:
    return list({(one.title, one.note): one for one in lines}.values())


def selling_words(pack: Pack, language: str) -> SellingWords:
    return SellingWords(
        action=pack.identity.home.sell_action.in_(language),
        plan_title=pack.playbook.title.in_(language),
        free_days=pack.fees.free_days,
        payout_days=pack.fees.payout_days,
        reasons=[
            Reason(
                one.name,
                one.role.in_(language),
                one.who.in_(language),
                [pain.in_(language) for pain in one.pains],
                [goal.in_(language) for goal in one.goals],
            )
            for one in pack.personas_of("seller")
        ],
        stages=_stages(pack, language),
        fees=_fees(pack, language),
        declaration=pack.commitment.declaration.in_(language),
        commitment=pack.commitment.title.in_(language),
        milestones=[
            Line(one.title.in_(language), one.description.in_(language), note=_("Day %(day)d") % {"day": one.day})
            for one in pack.commitment.milestones
        ],
    )


def _stages(pack: Pack, language: str) -> list[Stage]:
    found = []
    for stage in pack.playbook.stages:
        steps = [one for one in pack.playbook.steps if one.stage == stage.slug]
        if steps:
            days = _("Days %(first)d to %(last)d") % {"first": steps[0].day, "last": steps[-1].day}
            lines = [Line(one.title.in_(language), one.why.in_(language)) for one in steps]
            found.append(Stage(stage.title.in_(language), days, lines))
    return found


def _fees(pack: Pack, language: str) -> list[Fee]:
    locale = formats.locale_of(language)
    return [
        Fee(
            one.title.in_(language),
            one.description.in_(language),
            [formats.money(Money.of(amount, currency), locale) for currency, amount in one.monthly.items() if amount],
            formats.percent(one.commission_percent / Decimal(100), locale, 1 if one.commission_percent % 1 else 0),
            [text.in_(language) for text in one.includes],
        )
        for one in pack.fees.plans
    ]
