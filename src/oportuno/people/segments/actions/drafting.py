"""Pointing a segment together, a step at a time. What is not complete yet stands in the draft, and counts nobody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.people.organisations.api import Member
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries.segments import segment_for
from oportuno.people.segments.queries.things import things_of
from oportuno.people.segments.queries.words import sentence_of_mistake
from oportuno.people.segments.rules.things import OPERATORS, Thing
from oportuno.people.segments.rules.tree import (
    DEEPEST,
    EVERYBODY,
    MATCHES,
    MOST_CONDITIONS,
    Group,
    Leaf,
    Match,
    Path,
    added,
    leaves,
    node_at,
    read_kindly,
    replaced,
    written,
)

DEFAULTS: Mapping[str, Mapping[str, Any]] = {"deed": {"value": 1}, "share": {"value": 2, "of": 5}, "rhythm": {"value": 2}}
"""What a new condition begins with, beside the first operator of its type."""


def drafted(segment: Segment) -> dict[str, Any]:
    """What is being pointed together: the draft, or what was saved."""
    return dict(segment.draft or segment.tree or written(EVERYBODY))


def stamp_of(segment: Segment) -> str:
    """Tells one state of the draft from another."""
    return hashlib.sha256(json.dumps(drafted(segment), sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def take_step(*, segment: UUID, do: str, path: Path, said: Mapping[str, Any], stamp: str, by: Member, at: datetime) -> Segment:
    """Add (`what`), change (a condition as JSON), remove, group, match, or discard. `stamp` is of the draft that was looked at.

    Raises Conflict when the draft is another one by now, and Refusal, with the sentence, for a condition that is wrong.
    """
    found = segment_for(by, segment, lock=True)
    if not found.is_live:
        raise Refusal(_("A list has no conditions."))
    if do == "discard":
        found.draft = None if found.revision else written(EVERYBODY)
    else:
        if stamp != stamp_of(found):
            raise Conflict(_("Somebody else changed these conditions meanwhile. Look at them again, and repeat your step."))
        found.draft = written(_stepped(found, do, path, said))
    found.changed_at = at
    found.save(update_fields=["draft", "changed_at"])
    return found


def _stepped(segment: Segment, do: str, path: Path, said: Mapping[str, Any]) -> Group:
    things = things_of(segment.organisation_id)
    root, _mistakes = read_kindly(drafted(segment), things)
    try:
        node = node_at(root, path)
        if do == "add" and isinstance(node, Group):
            return added(root, path, _new(root, path, things.get(str(said.get("what")))))
        if do == "group" and isinstance(node, Group):
            if len(path) + 2 > DEEPEST:
                raise Refusal(_("Groups stand at most %(most)s deep in each other.") % {"most": DEEPEST})
            return added(root, path, Group("any" if node.match == "all" else "all"))
        if do == "match" and isinstance(node, Group) and said.get("match") in MATCHES:
            return replaced(root, path, replace(node, match=cast(Match, said["match"])))
        if do == "remove" and path:
            return replaced(root, path, None)
        if do == "change" and isinstance(node, Leaf):
            return replaced(root, path, _changed(node, said, things))
    except IndexError:
        pass
    raise Conflict(_("Somebody else changed these conditions meanwhile. Look at them again, and repeat your step."))


def _new(root: Group, path: Path, thing: Thing | None) -> Leaf:
    if thing is None:
        raise Refusal(_("Choose what the condition is about."), field="what")
    if sum(1 for _one in leaves(root)) >= MOST_CONDITIONS:
        raise Refusal(_("A segment has at most %(most)s conditions.") % {"most": MOST_CONDITIONS})
    return Leaf(thing.key, next(iter(OPERATORS[thing.type])), **DEFAULTS.get(thing.type, {}))


def _changed(before: Leaf, said: Mapping[str, Any], things: Mapping[str, Thing]) -> Leaf:
    """A condition with no value yet is kept as it is; one with a wrong value is refused."""
    root, mistakes = read_kindly({"match": "all", "of": [{**said, "what": before.what}]}, things)
    if wrong := next((one for path, one in mistakes.items() if one.code != "missing"), None):
        raise Refusal(sentence_of_mistake(wrong, things))
    return cast(Leaf, root.of[0])
