"""What a condition asks, with every doubt decided once: the database and the memory are then asked the very same.

Accents, capitals and spaces around do not count in texts. What is missing and what is empty are the same. A value of the wrong
kind is missing. Days are those of the organisation's zone. The opposite of a question is true of who has nothing there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from oportuno.people.segments.rules.asked import (
    FOREVER,
    Among,
    Ask,
    Did,
    DidOfLast,
    Filled,
    Form,
    Like,
    Meaning,
    Member,
    OneOf,
    Reached,
    Ref,
    Silent,
    Stands,
    Tagged,
    Test,
    Topics,
    Within,
    Yearly,
)
from oportuno.people.segments.rules.deeds import DeedKind
from oportuno.people.segments.rules.folding import bare, bare_name
from oportuno.people.segments.rules.things import NEGATIVE, Thing, Things
from oportuno.people.segments.rules.tree import Group, Leaf


@dataclass(frozen=True)
class Circumstances:
    """When and where it is asked: `at` is aware; `zone` is the organisation's."""

    at: datetime
    zone: ZoneInfo
    deeds: Mapping[str, DeedKind]

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    def morning(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)

    def ago(self, days: int) -> datetime:
        return self.at - timedelta(days=days)


LAST = datetime.max.replace(tzinfo=UTC)
"""Nobody was seen after the last day that there is."""
FORMS: Mapping[str, Form] = {
    "name": "name", "given_name": "bare", "family_name": "bare", "company": "bare", "job_title": "bare", "place": "bare", "email": "lower", "phone": "plain",
    "created": "moment", "seen": "moment", "account": "yesno",
}  # fmt: skip
OWN_FORMS: Mapping[str, Form] = {"text": "bare", "choice": "plain", "number": "number", "day": "day", "yesno": "yesno"}


def meaning_of(root: Group, things: Things, around: Circumstances) -> Among:
    """The tree, ready to be asked. Raises KeyError for a thing that is not known (any more)."""
    return Among(root.match, tuple(_one(node, things, around) for node in root.of))


def _one(node: Group | Leaf, things: Things, around: Circumstances) -> Meaning:
    if isinstance(node, Group):
        return meaning_of(node, things, around)
    return ask(node, things[node.what], around)


def ask(leaf: Leaf, thing: Thing, around: Circumstances) -> Ask:
    return Ask(_TESTS[thing.type](leaf, thing, around), leaf.op in NEGATIVE)


def ref_of(thing: Thing) -> Ref:
    family, _colon, key = thing.key.partition(":")
    if family == "field":
        return Ref(key, OWN_FORMS[thing.type], own=True)
    if family == "persona":  # kept among the fields, so that files, programs and merging treat it as one
        return Ref("persona", "plain", own=True)
    return Ref(thing.key, FORMS.get(thing.key, "plain"))


def folded(form: Form, word: str) -> str:
    """A word as what is kept is looked at."""
    if form == "name":
        return bare_name(word)
    if form == "bare":
        return bare(word)
    return word.strip().lower() if form == "lower" else word.strip()


def _words(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    ref = ref_of(thing)
    if leaf.op in ("filled", "empty"):
        return Filled(ref)
    if leaf.op in ("is", "is_not"):
        return OneOf(ref, frozenset(word for one in leaf.value if (word := folded(ref.form, one))))
    return Like(ref, folded(ref.form, leaf.value), leaf.op == "begins")


def _tags(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    return Tagged(tuple(sorted({" ".join(one.split()).lower() for one in leaf.value or ()})), leaf.op == "all")


def _number(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    ref = ref_of(thing)
    if leaf.op in ("filled", "empty"):
        return Filled(ref)
    low, high = (Decimal(str(one)) for one in (leaf.value if leaf.op == "between" else (leaf.value, leaf.value)))
    bounds: dict[str, Any] = {
        "equals": {"low": low, "high": high}, "between": {"low": low, "high": high}, "at_least": {"low": low}, "at_most": {"high": high},
        "more": {"low": low, "open_low": True}, "less": {"high": high, "open_high": True},
    }  # fmt: skip
    return Within(ref, **bounds[leaf.op])


def _day(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    ref, today = ref_of(thing), around.today
    match leaf.op:
        case "filled" | "empty":
            return Filled(ref)
        case "past":
            return Within(ref, _iso(today, -leaf.value), today.isoformat())
        case "ahead":
            return Within(ref, today.isoformat(), _iso(today, leaf.value))
        case "long_ago":
            return Within(ref, high=_iso(today, -leaf.value), open_high=True)
        case "yearly":
            return Yearly(ref, anniversaries(today, leaf.value))
        case "before":
            return Within(ref, high=leaf.value, open_high=True)
        case "after":
            return Within(ref, low=leaf.value, open_low=True)
    low, high = leaf.value if leaf.op == "between" else (leaf.value, leaf.value)
    return Within(ref, low, high)


def _moment(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    """A day means the whole of it, in the organisation's zone; "in the last days" counts back from this moment."""
    ref = ref_of(thing)
    if leaf.op == "past":
        return Within(ref, around.ago(leaf.value), around.at)
    if leaf.op == "long_ago":
        return Within(ref, high=around.ago(leaf.value), open_high=True)
    first, last = (date.fromisoformat(one) for one in (leaf.value if leaf.op == "between" else (leaf.value, leaf.value)))
    begins, ends = around.morning(first), around.morning(last + timedelta(days=1)) if last < date.max else None
    if leaf.op == "before":
        return Within(ref, high=begins, open_high=True)
    if leaf.op == "after":
        return Within(ref, low=ends or LAST)
    return Within(ref, begins, ends, open_high=True)


def _yesno(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    ref = ref_of(thing)
    return Filled(ref) if leaf.op in ("filled", "empty") else OneOf(ref, frozenset({leaf.op == "yes"}))


def _consent(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    """ "consent:email:bulletin"; who was never asked stands nowhere."""
    _family, channel, purpose = thing.key.split(":")
    wanted = {"not_given": "given", "unasked": ""}.get(leaf.op, leaf.op)
    return Stands(channel, purpose, wanted)


def _topic(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    return Topics(frozenset(leaf.value or ()))


def _identity(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    """The contact itself repeats its main e-mail and phone."""
    kind = thing.key.partition(":")[2]
    if kind in ("email", "phone") and leaf.op != "proved":
        return Filled(Ref(kind, FORMS[kind]))
    return Reached(kind, leaf.op == "proved")


def _segment(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    return Member(frozenset(UUID(one) for one in leaf.value))


def _deed(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    deed = around.deeds[thing.key.partition(":")[2]]
    least, most = _times(leaf)
    since = around.ago(leaf.days) if leaf.days is not None else None
    return Did(deed, least, most, since, deed.pages(leaf.about), leaf.about)


def _share(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    deed = around.deeds[thing.key.partition(":")[2]]
    least, most = _times(leaf)
    return DidOfLast(deed, around.deeds[deed.of], cast(int, leaf.of), least, most)


def _rhythm(leaf: Leaf, thing: Thing, around: Circumstances) -> Test:
    return Silent(around.deeds[thing.key.partition(":")[2]], round(leaf.value * 10), around.at)


def _times(leaf: Leaf) -> tuple[int, int]:
    return {"at_least": (leaf.value, FOREVER), "at_most": (0, leaf.value), "never": (0, 0)}[leaf.op]


def anniversaries(today: date, days: int) -> frozenset[str]:
    """Months and days from today on. The 29th of February is kept on the 28th in years that have none."""
    found = set()
    for ahead in range(min(days, 366) + 1):
        day = today + timedelta(days=ahead)
        found.add(f"{day:%m-%d}")
        if (day.month, day.day) == (2, 28) and (day + timedelta(days=1)).month == 3:
            found.add("02-29")
    return frozenset(found)


def _iso(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()


_TESTS: Mapping[str, Callable[[Leaf, Thing, Circumstances], Test]] = {
    "text": _words, "choice": _words, "tags": _tags, "number": _number, "day": _day, "moment": _moment, "yesno": _yesno, "consent": _consent,
    "topic": _topic, "identity": _identity, "segment": _segment, "deed": _deed, "share": _share, "rhythm": _rhythm,
}  # fmt: skip
