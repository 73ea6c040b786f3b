"""How far people walk a guide: who came to each question, who went on, who left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from oportuno.offer.guides.models import Guide, GuideFigure
from oportuno.offer.guides.rules.document import END, Content

DAYS = 90


@dataclass(frozen=True)
class Heard:
    """What was said to a question, and how often."""

    label: str
    times: int


@dataclass(frozen=True)
class Funnel:
    """`left` came and answered nothing. `share` of those who began."""

    key: str
    ask: str
    came: int
    left: int
    share: float
    heard: Sequence[Heard]


@dataclass(frozen=True)
class Figures:
    """The last 90 days. `ended` saw a result."""

    began: int
    ended: int
    steps: Sequence[Funnel]

    @property
    def share(self) -> float:
        return self.ended / self.began if self.began else 0.0


def figures_of(guide: Guide, content: Content, today: date, language: str) -> Figures:
    """One query."""
    rows = GuideFigure.objects.filter(guide=guide, day__gt=today - timedelta(days=DAYS)).values("question", "option")
    times = {(row["question"], row["option"]): int(row["n"]) for row in rows.annotate(n=Sum("times"))}
    first = content.questions[0].key if content.questions else END
    began = times.get((first, ""), 0)
    steps = []
    for one in content.questions:
        came = times.get((one.key, ""), 0)
        heard = [Heard(option.label.in_(language), times.get((one.key, option.key), 0)) for option in one.options]
        answered = max((one.times for one in heard), default=0) if one.several else sum(one.times for one in heard)
        steps.append(Funnel(one.key, one.ask.in_(language), came, max(0, came - answered), came / began if began else 0.0, heard))
    return Figures(began, times.get((END, ""), 0), steps)
