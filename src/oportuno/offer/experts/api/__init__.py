"""Front door: public questions, experts, and why one may believe them."""

from oportuno.offer.experts.actions.answering import begin_answer, hand_in_answer, hide_answer, keep_answer
from oportuno.offer.experts.actions.asking import Asking, ask_experts, confirm_questions, follow_question
from oportuno.offer.experts.actions.deciding import decline_question, edit_question, join_question, set_review, show_question
from oportuno.offer.experts.actions.experts import Profile, change_expert, hand_in_expert, hide_expert, make_expert
from oportuno.offer.experts.actions.finding import IN_SEARCH, find_experts, find_questions, follow_sellers
from oportuno.offer.experts.actions.forgetting import forget_contact, forget_person
from oportuno.offer.experts.actions.looking import look_at_sources
from oportuno.offer.experts.actions.points import Claim, change_point, declare_point, remove_point
from oportuno.offer.experts.actions.reviewing import approve_answer, decide_expert, decide_point, return_answer
from oportuno.offer.experts.actions.telling import tell_asker, tell_field, tell_of_answer, tell_seller
from oportuno.offer.experts.actions.voting import solve_question, vote_answer, withdraw_question
from oportuno.offer.experts.api.places import ExpertMark, beside_author, found_writings, room
from oportuno.offer.experts.models import Answer, Expert, ExpertState, Point, PublicQuestion
from oportuno.offer.experts.queries.credibility import Reason, Written
from oportuno.offer.experts.queries.desk import answers_of, question_for
from oportuno.offer.experts.queries.experts import ExpertCard, addresses, cards_of, experts_page, shown_expert, whole_expert
from oportuno.offer.experts.queries.invariants import believed_without_source, heard_of_hidden, of_nobody
from oportuno.offer.experts.queries.kept import kept_questions
from oportuno.offer.experts.queries.questions import (
    Line,
    ShownAnswer,
    Wanted,
    answers_to,
    lines_of,
    mark_from,
    questions_page,
    shown_question,
    similar_to,
)
from oportuno.offer.experts.queries.reviewing import questions_waiting, waiting_count
from oportuno.offer.experts.queries.shown import shown_experts, shown_questions
from oportuno.offer.experts.queries.tasks import tasks
from oportuno.offer.experts.queries.tellings import describe, where_pictured
from oportuno.offer.experts.queries.who import Who, who_answers

__all__ = [
    "IN_SEARCH",
    "Answer",
    "Asking",
    "Claim",
    "Expert",
    "ExpertCard",
    "ExpertMark",
    "ExpertState",
    "Line",
    "Point",
    "Profile",
    "PublicQuestion",
    "Reason",
    "ShownAnswer",
    "Wanted",
    "Who",
    "Written",
    "addresses",
    "answers_of",
    "answers_to",
    "approve_answer",
    "ask_experts",
    "begin_answer",
    "believed_without_source",
    "beside_author",
    "cards_of",
    "change_expert",
    "change_point",
    "confirm_questions",
    "decide_expert",
    "decide_point",
    "declare_point",
    "decline_question",
    "describe",
    "edit_question",
    "experts_page",
    "find_experts",
    "find_questions",
    "follow_question",
    "follow_sellers",
    "forget_contact",
    "forget_person",
    "found_writings",
    "hand_in_answer",
    "hand_in_expert",
    "heard_of_hidden",
    "hide_answer",
    "hide_expert",
    "join_question",
    "keep_answer",
    "kept_questions",
    "lines_of",
    "look_at_sources",
    "make_expert",
    "mark_from",
    "of_nobody",
    "question_for",
    "questions_page",
    "questions_waiting",
    "remove_point",
    "return_answer",
    "room",
    "set_review",
    "show_question",
    "shown_expert",
    "shown_experts",
    "shown_question",
    "shown_questions",
    "similar_to",
    "solve_question",
    "tasks",
    "tell_asker",
    "tell_field",
    "tell_of_answer",
    "tell_seller",
    "vote_answer",
    "waiting_count",
    "where_pictured",
    "who_answers",
    "whole_expert",
    "withdraw_question",
]
