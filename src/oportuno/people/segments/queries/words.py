"""Words of conditions and mistakes, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from oportuno.people.audience.api import IdentityKind, Purpose, Stage
from oportuno.people.segments.queries.deeds import deeds
from oportuno.people.segments.rules.things import Things
from oportuno.people.segments.rules.tree import Mistake


def sentence_of_mistake(mistake: Mistake, things: Things) -> str:
    """What is wrong, in one sentence."""
    told = dict(mistake.data)
    if "what" in told:
        told["what"] = name_of(str(told["what"])) if told["what"] in things else str(told["what"])[:60]
        if mistake.code == "what" and told["what"].startswith("field:"):
            return _("There is no field of your own called “%(field)s” (any more).") % {"field": told["what"].removeprefix("field:")[:40]}
    return str(_mistakes().get(mistake.code, _("This is no condition."))) % {key: str(value)[:80] for key, value in told.items()}


def _mistakes() -> Mapping[str, str]:
    return {
        "no_tree": _("A segment is written as an object with “match” and “of”."),
        "version": _("Version %(version)s of segments is not known here; write 1."),
        "match": _("A group matches all, any or none of its conditions, not “%(match)s”."),
        "unknown": _("“%(name)s” is no part of a condition or a group."),
        "no_list": _("A group holds a list of conditions in “of”."),
        "empty_group": _("There is a group without conditions: put one in, or take the group away."),
        "too_deep": _("Groups stand at most %(most)s deep in each other."),
        "no_condition": _("A condition is written as an object with “what” and “op”."),
        "too_many": _("A segment has at most %(most)s conditions."),
        "what": _("There is nothing called “%(what)s” to ask for."),
        "operator": _("Of %(what)s nobody can ask “%(op)s”."),
        "days": _("Write a number of days, at most %(most)s."),
        "about": _("This cannot be asked about something in particular."),
        "of": _("Write of how many of the last ones, from 1 to %(most)s."),
        "more_than_of": _("There cannot be more than the last %(most)s."),
        "no_value": _("This condition takes no value."),
        "missing": _("Say what %(what)s is to be."),
        "word": _("Write one word or text."),
        "words": _("Write one or more words or texts."),
        "too_many_values": _("A condition has at most %(most)s values."),
        "long": _("A value is one line of at most %(most)s characters."),
        "choice": _("“%(value)s” is none of the values that it can have."),
        "day": _("Write a day, like 2026-05-31."),
        "days_between": _("Write two days, the first and the last."),
        "backwards": _("The first must not be after the second."),
        "pair": _("Write two numbers, the smallest and the largest."),
        "number": _("Write a number."),
        "times": _("Write how many times, at most %(most)s."),
        "factor": _("Write a number from 1 to 20, with one decimal at most."),
    }


NAMES = {
    "name": lambda: pgettext("of a contact", "name"), "given_name": lambda: _("given name"), "family_name": lambda: _("family name"),
    "company": lambda: pgettext("of a contact", "company"), "job_title": lambda: _("position"), "email": lambda: pgettext("of a contact", "e-mail"),
    "phone": lambda: pgettext("of a contact", "phone"), "place": lambda: pgettext("of a contact", "city"), "country": lambda: pgettext("of a contact", "country"),
    "language": lambda: pgettext("of a contact", "language"), "kind": lambda: _("person or organisation"), "stage": lambda: pgettext("of a contact", "stage"),
    "persona": lambda: pgettext("of a contact", "persona"), "tags": lambda: pgettext("of a contact", "tags"), "source": lambda: _("where from"),
    "created": lambda: _("known since"), "seen": lambda: _("seen last"), "account": lambda: _("account in the market"),
    "topic": lambda: _("topics of the bulletin"), "segment": lambda: pgettext("condition", "segment"),
}  # fmt: skip


def name_of(key: str, fields: Mapping[str, Any] | None = None) -> str:
    """What a thing is called, in lower case, as it stands in a list to choose from."""
    family, _colon, rest = key.partition(":")
    if named := NAMES.get(key):
        return str(named())
    if family == "field":
        return str((fields or {}).get(rest, rest.replace("_", " ")))
    if family == "consent":
        channel, _colon, purpose = rest.partition(":")
        return _("consent to: %(purpose)s, by %(channel)s") % {"purpose": purpose_name(purpose), "channel": channel_name(channel)}
    if family == "identity":
        return str(dict(IdentityKind.choices).get(rest, rest)).lower()
    deed = deeds().get(rest)
    said = str(deed.said) if deed else rest
    if family == "share":
        return _("%(did)s, of the last ones") % {"did": said}
    return _("%(did)s, and then silent") % {"did": said} if family == "rhythm" else said


def purpose_name(purpose: str) -> str:
    return str(dict(Purpose.choices).get(purpose, purpose)).lower()


def stage_name(stage: str) -> str:
    return str(dict(Stage.choices).get(stage, stage)).lower()


def channel_name(channel: str) -> str:
    names = {"email": pgettext("by", "e-mail"), "sms": pgettext("by", "SMS"), "phone": pgettext("by", "phone")}
    return str(names.get(channel, channel))


def times(count: int) -> str:
    return ngettext("%(n)d time", "%(n)d times", count) % {"n": count}


def days(count: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}
