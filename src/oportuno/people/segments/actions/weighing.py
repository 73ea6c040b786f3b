"""Counting a tree that somebody sent, without keeping it."""

from __future__ import annotations

from datetime import datetime

from oportuno.people.organisations.api import Member
from oportuno.people.segments.actions.saving import tree_of
from oportuno.people.segments.queries.people import counted


def count_tree(member: Member, tree: object, *, at: datetime) -> tuple[int, str]:
    """How many it means now, and what it says in the reader's language. Raises Refusal for its mistakes, TooSlow beyond four seconds."""
    return counted(member, tree_of(tree, member.organisation.pk), at=at)
