"""Front door: what readers say in blogs, and how the team hears of it."""

from oportuno.offer.sites.actions.commenting import Writer, comment_as_team, leave_comment, tidy
from oportuno.offer.sites.actions.forgetting import forget_contact, forget_person
from oportuno.offer.sites.actions.moderating import decide_comments, last_decision, undo_decision
from oportuno.offer.sites.actions.silence import hear_silence, tell_silence
from oportuno.offer.sites.actions.telling import tell_of_comment, tell_of_replies
from oportuno.offer.sites.actions.telling_topics import tell_of_topics
from oportuno.offer.sites.actions.topics import ask_topic, change_topic, decide_topics, note_topic, topics_written, vote_topic, write_topic
from oportuno.offer.sites.actions.voting import say_missing, vote_useful
from oportuno.offer.sites.queries.comments import waiting_count
from oportuno.offer.sites.queries.kept import kept_words
from oportuno.offer.sites.queries.tasks import tasks
from oportuno.offer.sites.queries.tellings import describe
from oportuno.offer.sites.rules import guard, usefulness

__all__ = [
    "Writer",
    "ask_topic",
    "change_topic",
    "comment_as_team",
    "decide_comments",
    "decide_topics",
    "describe",
    "forget_contact",
    "forget_person",
    "guard",
    "hear_silence",
    "kept_words",
    "last_decision",
    "leave_comment",
    "note_topic",
    "say_missing",
    "tasks",
    "tell_of_comment",
    "tell_of_replies",
    "tell_of_topics",
    "tell_silence",
    "tidy",
    "topics_written",
    "undo_decision",
    "usefulness",
    "vote_topic",
    "vote_useful",
    "waiting_count",
    "write_topic",
]
