"""What to do next about a contact, and why: the first of these that holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Step = Literal["answer_late", "answer", "take_up", "ask_how_it_went", "note_the_need", "ask_consent", "learn_name"]
HOT = ("qualified", "opportunity")
SILENT_HOT = timedelta(days=14)  # an opportunity that nobody hears of for two weeks is cooling
SILENT_CUSTOMER = timedelta(days=90)


@dataclass(frozen=True)
class Relation:
    """What the rule looks at. `promised`: until when the oldest open question is promised; None: none is open."""

    stage: str
    last_seen: datetime
    has_email: bool
    has_name: bool
    has_notes: bool
    agreed: bool
    withdrew: bool
    promised: datetime | None = None


@dataclass(frozen=True)
class Advice:
    """`days` of silence, where that is the reason."""

    step: Step
    days: int = 0


def next_step(of: Relation, at: datetime) -> Advice | None:
    """A promise first, then what grows cold, then what one does not know. None: nothing is waiting, and nobody is to be bothered."""
    silent = at - of.last_seen
    if of.promised is not None:
        return Advice("answer_late" if at > of.promised else "answer")
    if of.stage in HOT and silent >= SILENT_HOT:
        return Advice("take_up", silent.days)
    if of.stage == "customer" and silent >= SILENT_CUSTOMER:
        return Advice("ask_how_it_went", silent.days)
    if of.stage in ("prospect", *HOT) and not of.has_notes:
        return Advice("note_the_need")
    if of.stage != "contact" and of.has_email and not (of.agreed or of.withdrew):
        return Advice("ask_consent")
    return None if of.has_name else Advice("learn_name")
