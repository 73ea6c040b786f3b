"""The builder's page: every node of a draft as it is shown, and what may be chosen for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from oportuno.people.audience.api import sources_of
from oportuno.people.organisations.api import Member
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries.choosing import places_of
from oportuno.people.segments.queries.deeds import deeds
from oportuno.people.segments.queries.sentences import Known, condition_in_words, value_in_words
from oportuno.people.segments.queries.words import name_of, sentence_of_mistake
from oportuno.people.segments.rules.things import OPERATORS, Thing
from oportuno.people.segments.rules.tree import Group, Leaf, Mistake, Node, Path

LATELY = 5_000  # contacts seen last, whose tags are offered
MOST_OFFERED = 200
TAGS = """
SELECT tag FROM (SELECT tags FROM contact WHERE organisation_id = %s ORDER BY last_seen_at DESC, id DESC LIMIT %s) seen, unnest(tags) tag
GROUP BY tag ORDER BY count(*) DESC, tag LIMIT %s
"""
COUNTRIES = ("CO", "MX", "AR", "BO", "BR", "CL", "CR", "DO", "EC", "ES", "GT", "HN", "NI", "PA", "PE", "PY", "SV", "US", "UY", "VE")


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class Condition:
    """A leaf as a form. `offered` are values to choose among; `closed`: no others. `removes` is filled in by the count."""

    path: str
    what: str
    name: str
    words: str
    op: str
    operators: Sequence[Choice]
    shape: str
    values: Sequence[Choice]
    offered: Sequence[Choice]
    closed: bool
    first: str
    last: str
    days: int | None
    of: int | None
    takes_days: bool
    takes_of: bool
    abouts: Sequence[Choice]
    mistake: str
    incomplete: bool = False
    is_group: bool = False

    @property
    def compared_at(self) -> str:
        return f"op-{self.path}"

    @property
    def more_at(self) -> str:
        return f"more-{self.path}"


@dataclass(frozen=True)
class Box:
    """A group with what is in it. `adds` is what may be added, under headings."""

    path: str
    match: str
    matches: Sequence[Choice]
    nodes: Sequence[Any]
    mistake: str
    may_deepen: bool
    is_group: bool = True

    @property
    def adds_at(self) -> str:
        return f"add-{self.path}"


@dataclass
class Naming:
    """Names of everything that an organisation's conditions may hold, looked up once for a page."""

    member: Member
    known: Known
    offered: dict[str, list[Choice]] = field(default_factory=dict)


def boxed(root: Group, mistakes: Mapping[Path, Mistake], naming: Naming) -> Box:
    return _box(root, (), mistakes, naming)


def addable(known: Known) -> list[tuple[str, list[Choice]]]:
    """All that a condition may be about, under headings."""
    headings: dict[str, list[Choice]] = {}
    for key in known.things:
        headings.setdefault(_heading(key), []).append(Choice(key, name_of(key, known.fields)))
    return list(headings.items())


def _heading(key: str) -> str:
    family = key.partition(":")[0]
    return {
        "field": _("Fields of your own"), "consent": _("Consent"), "topic": _("Consent"), "deed": _("What they did"), "share": _("What they did"),
        "rhythm": _("What they did"), "identity": _("How to reach them"), "segment": _("Segments"), "tags": _("How you know them"),
        "stage": _("How you know them"), "source": _("How you know them"), "created": _("How you know them"), "seen": _("How you know them"),
        "account": _("How you know them"), "persona": _("How you know them"),
    }.get(family, _("Who they are"))  # fmt: skip


def _box(group: Group, path: Path, mistakes: Mapping[Path, Mistake], naming: Naming) -> Box:
    labels = {"all": _("all of this"), "any": _("any of this"), "none": _("none of this")}
    nodes = [_node(one, (*path, place), mistakes, naming) for place, one in enumerate(group.of)]
    wrong = mistakes.get(path)
    return Box(
        ".".join(map(str, path)),
        group.match,
        [Choice(value, label, value == group.match) for value, label in labels.items()],
        nodes,
        sentence_of_mistake(wrong, naming.known.things) if wrong else "",
        len(path) < 3,
    )


def _node(node: Node, path: Path, mistakes: Mapping[Path, Mistake], naming: Naming) -> Box | Condition:
    return _box(node, path, mistakes, naming) if isinstance(node, Group) else condition(node, path, mistakes.get(path), naming)


def condition(leaf: Leaf, path: Path, mistake: Mistake | None, naming: Naming) -> Condition:
    known = naming.known
    thing = known.things.get(leaf.what)
    where = ".".join(map(str, path))
    if thing is None:
        said = sentence_of_mistake(mistake, known.things) if mistake else ""
        return Condition(
            where, leaf.what, leaf.what, leaf.what, "", (), "nothing", (), (), True, "", "", None, None, False, False, (), said
        )
    shape = OPERATORS[thing.type].get(leaf.op, "nothing")
    several = leaf.value if shape in ("words", "pair", "days") and leaf.value else ()
    closed, offered = _offered(thing, naming) if shape in ("word", "words") else (False, [])
    deed = deeds().get(thing.key.partition(":")[2]) if thing.narrows else None
    about = deed.offered(get_language() or "es") if deed and deed.offered else ()
    wrong = "" if mistake is None or mistake.code == "missing" else sentence_of_mistake(mistake, known.things)
    return Condition(
        path=where,
        what=leaf.what,
        name=name_of(leaf.what, known.fields),
        words=condition_in_words(leaf, known),
        op=leaf.op,
        operators=[Choice(op, operator_name(thing, op), op == leaf.op) for op in OPERATORS[thing.type]],
        shape=shape,
        values=[Choice(one, value_in_words(leaf.what, one, known)) for one in several] if shape == "words" else (),
        offered=[one for one in offered if one.value not in several][:MOST_OFFERED],
        closed=closed,
        first=_shown(several[0] if several and shape != "words" else leaf.value if shape not in ("words", "pair", "days") else None),
        last=_shown(several[1] if len(several) > 1 and shape != "words" else None),
        days=leaf.days,
        of=leaf.of,
        takes_days=thing.type == "deed",
        takes_of=thing.type == "share",
        abouts=[Choice(key, words, key == leaf.about) for key, words in about],
        mistake=wrong,
        incomplete=mistake is not None and mistake.code == "missing",
    )


def operator_name(thing: Thing, op: str) -> str:
    """How an operator is called in a list to choose from."""
    special = {
        ("tags", "any"): _("has any of"), ("tags", "all"): _("has all of"), ("tags", "none"): _("has none of"),
        ("segment", "in"): _("is in"), ("segment", "out"): _("is not in"), ("consent", "given"): _("agreed"), ("consent", "not_given"): _("has not agreed"),
        ("consent", "pending"): _("has yet to confirm"), ("consent", "withdrawn"): _("withdrew"), ("consent", "unasked"): _("was never asked"),
        ("identity", "has"): _("has one"), ("identity", "has_not"): _("has none"), ("identity", "proved"): _("has one that is confirmed"),
        ("rhythm", "silent"): _("for how many times his usual pause"), ("deed", "never"): _("never"),
    }.get((thing.type, op))  # fmt: skip
    general = {
        "is": pgettext("operator", "is"), "is_not": pgettext("operator", "is not"), "contains": pgettext("operator", "contains"),
        "lacks": pgettext("operator", "does not contain"), "begins": pgettext("operator", "begins with"), "filled": pgettext("operator", "has a value"),
        "empty": pgettext("operator", "is empty"), "equals": pgettext("operator", "is"), "more": pgettext("operator", "is more than"),
        "less": pgettext("operator", "is less than"), "at_least": pgettext("operator", "at least"), "at_most": pgettext("operator", "at most"),
        "between": pgettext("operator", "is between"), "past": pgettext("operator", "in the last days"), "ahead": pgettext("operator", "in the next days"),
        "long_ago": pgettext("operator", "longer ago than days"), "yearly": pgettext("operator", "its day comes within days"),
        "on": pgettext("operator", "on the day"), "before": pgettext("operator", "before"), "after": pgettext("operator", "after"),
        "yes": pgettext("operator", "yes"), "no": pgettext("operator", "no"),
    }  # fmt: skip
    return special or general.get(op, op)


def _offered(thing: Thing, naming: Naming) -> tuple[bool, list[Choice]]:
    """Values to choose among, and whether there are no others."""
    if thing.key not in naming.offered:
        naming.offered[thing.key] = _look_up(thing, naming)
    closed = bool(thing.choices) or thing.key in ("segment", "persona", "topic", "language", "country")
    return closed, naming.offered[thing.key]


def _look_up(thing: Thing, naming: Naming) -> list[Choice]:
    known, organisation = naming.known, naming.member.organisation.pk
    keys: Sequence[str] = {
        "segment": list(known.segments), "persona": list(known.personas), "topic": list(known.topics), "language": ("es-co", "es-mx", "en"), "country": COUNTRIES,
    }.get(thing.key, thing.choices)  # fmt: skip
    if thing.key == "source":
        keys = sources_of(naming.member)
    elif thing.key == "place":
        keys = places_of(organisation, MOST_OFFERED)
    elif thing.key == "tags":
        with connection.cursor() as cursor:
            cursor.execute(TAGS, [organisation, LATELY, MOST_OFFERED])
            keys = [tag for (tag,) in cursor.fetchall()]
    return [Choice(one, value_in_words(thing.key, one, known)) for one in keys]


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def is_changed(segment: Segment) -> bool:
    """Whether the draft says something else than what was saved."""
    return segment.draft is not None and segment.draft != segment.tree
