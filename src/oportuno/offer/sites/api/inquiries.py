"""Front door of forms: built in the workbench, answered by visitors."""

from oportuno.offer.sites.actions.answering import Answering, answer_form, answer_more, count_form, words_of
from oportuno.offer.sites.actions.forgetting_forms import forget_answers_of, remove_answer
from oportuno.offer.sites.actions.forms import Settings, begin_form, change_form, copy_form, set_form_state
from oportuno.offer.sites.actions.telling_answers import tell_of_answer
from oportuno.offer.sites.queries.answering import (
    STRANGER,
    Asked,
    Reader,
    questions_back,
    questions_for,
    questions_left,
    read_asked,
    read_said,
    reader_of,
    sign_asked,
    sign_said,
)
from oportuno.offer.sites.queries.kept import kept_answers

__all__ = [
    "STRANGER",
    "Answering",
    "Asked",
    "Reader",
    "Settings",
    "answer_form",
    "answer_more",
    "begin_form",
    "change_form",
    "copy_form",
    "count_form",
    "forget_answers_of",
    "kept_answers",
    "questions_back",
    "questions_for",
    "questions_left",
    "read_asked",
    "read_said",
    "reader_of",
    "remove_answer",
    "set_form_state",
    "sign_asked",
    "sign_said",
    "tell_of_answer",
    "words_of",
]
