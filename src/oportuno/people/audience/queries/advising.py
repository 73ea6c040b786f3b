"""The next best step with a contact, in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from oportuno.people.audience.models import ConsentState, Contact, Note, Question, QuestionState, Standing
from oportuno.people.audience.rules.bringing.columns import ADVERTISING
from oportuno.people.audience.rules.next_step import Advice, Relation, next_step

STEPS: dict[str, tuple[Any, Any]] = {
    "answer_late": (_("Answer the question"), _("it was promised, and the moment has gone by")),
    "answer": (_("Answer the question"), _("an answer is promised")),
    "take_up": (_("Take it up again"), _("it was going well, and nothing was heard for %(days)s days")),
    "ask_how_it_went": (_("Ask how it went"), _("a customer of whom nothing was heard for %(days)s days")),
    "note_the_need": (_("Write down what is needed"), _("there is interest, and nobody noted in what")),
    "ask_consent": (_("Ask whether they want your bulletin"), _("there is a relation, and no word yet about advertising")),
    "learn_name": (_("Find out the name"), _("there is only an address")),
}


@dataclass(frozen=True)
class NextStep:
    step: str
    words: str
    why: str


def next_step_of(
    contact: Contact, *, notes: Sequence[Note], questions: Sequence[Question], standings: Sequence[ConsentState], at: datetime
) -> NextStep | None:
    """From what the contact's page has read already."""
    about = [one.standing for one in standings if one.purpose in ADVERTISING]
    promised = [one.due_at for one in questions if one.state == QuestionState.OPEN and one.due_at]
    found = next_step(
        Relation(
            stage=contact.stage, last_seen=contact.last_seen_at, has_email=bool(contact.email), has_name=bool(contact.display_name), has_notes=bool(notes),
            agreed=Standing.GIVEN in about or Standing.PENDING in about, withdrew=Standing.WITHDRAWN in about, promised=min(promised, default=None),
        ),
        at,
    )  # fmt: skip
    return _told(found) if found else None


def _told(advice: Advice) -> NextStep:
    words, why = STEPS[advice.step]
    return NextStep(advice.step, str(words), str(why) % {"days": advice.days} if advice.days else str(why))
