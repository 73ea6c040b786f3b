"""Public questions, who answers them, and why one may believe her."""

from oportuno.offer.experts.models.answers import Answer, AnswerState, AnswerVote
from oportuno.offer.experts.models.houses import House, house_on_show
from oportuno.offer.experts.models.people import Expert, ExpertState, Point, PointKind, PointState
from oportuno.offer.experts.models.questions import Listener, PublicQuestion, QuestionState, Review, ReviewWay

__all__ = [
    "Answer",
    "AnswerState",
    "AnswerVote",
    "Expert",
    "ExpertState",
    "House",
    "Listener",
    "Point",
    "PointKind",
    "PointState",
    "PublicQuestion",
    "QuestionState",
    "Review",
    "ReviewWay",
    "house_on_show",
]
