"""Counting a tree that somebody sent, without keeping it."""

from __future__ import annotations

from datetime import datetime

from oportuno.people.organisations.api import Member
from oportuno.people.segments.actions.saving import tree_of
from oportuno.people.segments.queries.choosing import count_of
from oportuno.people.segments.queries.people import counted
from oportuno.people.segments.queries.things import meant


def count_tree(member: Member, tree: object, *, at: datetime) -> tuple[int, str]:
    """How many it means now, and what it says in the reader's language. Raises Refusal for its mistakes, TooSlow beyond four seconds."""
    return counted(member, tree_of(tree, member.organisation.pk), at=at)


def count_meant(organisation: int, tree: object, *, at: datetime) -> int:
    """How many contacts of an organisation a tree means now, without hurry. Raises Refusal for its mistakes."""
    return count_of(organisation, meant(organisation, tree_of(tree, organisation), at))
