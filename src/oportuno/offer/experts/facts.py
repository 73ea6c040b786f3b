"""What happens between those who ask and those who know. The asker's contact stands in the fact's own column."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class PublicQuestionAsked(Fact):
    """Somebody asked all experts; nobody sees it yet."""

    question: UUID
    field: str = ""
    subject = "question"


class PublicQuestionDecided(Fact):
    """The market put it on show, declined it, or joined it to another. `state` is the new one."""

    question: UUID
    state: str
    subject = "question"


class PublicQuestionFollowed(Fact):
    """Somebody wants to hear of answers."""

    question: UUID
    subject = "question"


class PublicQuestionSolved(Fact):
    """Its asker says which answer helped."""

    question: UUID
    answer: UUID
    subject = "question"


class ExpertAnswerHandedIn(Fact):
    answer: UUID
    question: UUID
    subject = "answer"


class ExpertAnswerShown(Fact):
    """Everybody reads it; `anew`: it had been on show with other words."""

    answer: UUID
    question: UUID
    expert: UUID
    anew: bool = False
    subject = "answer"


class ExpertAnswerReturned(Fact):
    """The market asked for changes, or declined it: `state`."""

    answer: UUID
    state: str
    subject = "answer"


class ExpertAnswerHidden(Fact):
    answer: UUID
    question: UUID
    subject = "answer"


class ExpertAnswerVoted(Fact):
    """A reader found it useful, or not."""

    answer: UUID
    useful: bool
    subject = "answer"


class ExpertHandedIn(Fact):
    expert: UUID
    subject = "expert"


class ExpertDecided(Fact):
    """`state`: approved, returned or hidden."""

    expert: UUID
    state: str
    subject = "expert"


class CredibilityDeclared(Fact):
    """An expert says something of herself, with its source."""

    point: UUID
    point_kind: str
    subject = "point"


class CredibilityDecided(Fact):
    point: UUID
    state: str
    subject = "point"


class SourceGone(Fact):
    """The address of a source answers no more, for several nights."""

    point: UUID
    subject = "point"


class SourceBack(Fact):
    point: UUID
    subject = "point"
