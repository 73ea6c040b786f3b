"""Whether a tree holds for one person in memory. What the database answers for millions, for one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, cast

from oportuno.people.segments.rules import asked as m
from oportuno.people.segments.rules.deeds import DeedKind, Pages
from oportuno.people.segments.rules.folding import bare
from oportuno.people.segments.rules.profile import Deed, Profile

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def holds(meaning: m.Meaning, person: Profile) -> bool:
    """Whether the person is one of those that are meant."""
    if isinstance(meaning, m.Ask):
        return _TESTS[type(meaning.test)](meaning.test, person) is not meaning.opposite
    if not meaning.of:
        return True
    answers = (holds(one, person) for one in meaning.of)
    return all(answers) if meaning.match == "all" else any(answers) is (meaning.match == "any")


def value_of(ref: m.Ref, person: Profile) -> Any:
    """What stands there, looked at as the form says; None when there is nothing, or something of another kind."""
    found = person.fields.get(ref.name) if ref.own else person.columns.get(ref.name)
    match ref.form:
        case "number":
            return Decimal(str(found)) if type(found) in (int, float) else None
        case "yesno":
            return found if type(found) is bool else None
        case "day":
            return found if isinstance(found, str) and ISO_DAY.fullmatch(found) else None
        case "moment":
            return found
    if not isinstance(found, str):
        return None
    return (bare(found) if ref.form == "bare" else found) or None


def _one_of(test: m.OneOf, person: Profile) -> bool:
    return value_of(test.ref, person) in test.values


def _like(test: m.Like, person: Profile) -> bool:
    found = value_of(test.ref, person)
    return found is not None and (found.startswith(test.word) if test.begins else test.word in found)


def _filled(test: m.Filled, person: Profile) -> bool:
    return value_of(test.ref, person) is not None


def _within(test: m.Within, person: Profile) -> bool:
    found = value_of(test.ref, person)
    if found is None:
        return False
    above = test.low is None or found > test.low or (not test.open_low and found == test.low)
    return bool(above and (test.high is None or found < test.high or (not test.open_high and found == test.high)))


def _yearly(test: m.Yearly, person: Profile) -> bool:
    found = value_of(test.ref, person)
    return found is not None and found[5:] in test.days


def _tagged(test: m.Tagged, person: Profile) -> bool:
    wanted = set(test.tags)
    if not wanted:
        return bool(person.tags)
    return wanted <= person.tags if test.all else bool(wanted & person.tags)


def _stands(test: m.Stands, person: Profile) -> bool:
    return person.consents.get((test.channel, test.purpose), ("",))[0] == test.standing


def _asked_topics(test: m.Topics, person: Profile) -> bool:
    standing, topics = person.consents.get(("email", "bulletin"), ("", frozenset[str]()))
    return standing == "given" and bool(topics & test.topics if test.topics else topics)


def _reached(test: m.Reached, person: Profile) -> bool:
    return test.kind in person.identities and (person.identities[test.kind] or not test.proved)


def _member(test: m.Member, person: Profile) -> bool:
    return bool(test.segments & person.segments)


def deeds_of(kind: DeedKind, person: Profile, pages: Pages | None = None) -> Iterator[Deed]:
    """Those of one kind, about these pages alone if any are given."""
    for deed in person.deeds:
        said = deed.kind in kind.kinds and all(_text(deed, key) == value for key, value in kind.only.items())
        if said and not any(_text(deed, key) == value for key, value in kind.never.items()) and (pages is None or _about(deed, pages)):
            yield deed


def _text(deed: Deed, key: str) -> str | None:
    """A value of the fact's data as the database's `->>` says it."""
    found = deed.data.get(key)
    return None if found is None else str(found).lower() if isinstance(found, bool) else str(found)


def _about(deed: Deed, pages: Pages) -> bool:
    return deed.subject in pages.ids or (_text(deed, "path") or "").startswith(pages.paths)


def _did(test: m.Did, person: Profile) -> bool:
    times = sum(1 for one in deeds_of(test.deed, person, test.pages) if test.since is None or one.at >= test.since)
    return test.least <= times <= test.most


def _did_of_last(test: m.DidOfLast, person: Profile) -> bool:
    asked = sorted((one for one in deeds_of(test.asked, person) if one.subject), key=lambda one: (one.at, str(one.subject)), reverse=True)
    answered = {one.subject for one in deeds_of(test.deed, person)}
    return test.least <= sum(1 for one in asked[: test.of] if one.subject in answered) <= test.most


def _silent(test: m.Silent, person: Profile) -> bool:
    moments = [one.at for one in deeds_of(test.deed, person)]
    if len(moments) < 2 or min(moments) == max(moments):
        return False
    return (test.until - max(moments)) * 10 * (len(moments) - 1) > test.tenths * (max(moments) - min(moments))


_TESTS = cast(
    "dict[type[Any], Callable[[Any, Profile], bool]]",
    {
        m.OneOf: _one_of, m.Like: _like, m.Filled: _filled, m.Within: _within, m.Yearly: _yearly, m.Tagged: _tagged, m.Stands: _stands,
        m.Topics: _asked_topics, m.Reached: _reached, m.Member: _member, m.Did: _did, m.DidOfLast: _did_of_last, m.Silent: _silent,
    },
)  # fmt: skip
