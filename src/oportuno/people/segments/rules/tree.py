"""How a segment is written: groups and conditions, as JSON that stays readable for ever.

    {"version": 1, "match": "all", "of": [
        {"what": "place", "op": "is", "value": ["Bogotá"]},
        {"match": "none", "of": [{"what": "deed:opened", "op": "at_least", "value": 2, "days": 30}]}]}

`match` is all, any or none. A condition of a deed may say `days` (within so many), `about` (about what) and `of` (of the last so many).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast

from oportuno.people.segments.rules.things import CLOCK, OPERATORS, Shape, Thing, Things

VERSION = 1
DEEPEST, MOST_CONDITIONS, MOST_VALUES, LONGEST, LONGEST_SPAN = 5, 60, 200, 200, 3660
MOST_OF_LAST, MOST_TIMES = 20, 10_000
Match = Literal["all", "any", "none"]
MATCHES: tuple[Match, ...] = ("all", "any", "none")
Path = tuple[int, ...]
"""Where a node stands: the place in the root's list, in that group's list … () is the root."""


@dataclass(frozen=True)
class Leaf:
    """One condition. `value` is None, a text, a number, or a tuple of them, as the operator's shape says."""

    what: str
    op: str
    value: Any = None
    days: int | None = None
    about: str = ""
    of: int | None = None


@dataclass(frozen=True)
class Group:
    match: Match
    of: tuple[Node, ...] = ()


Node = Group | Leaf
EVERYBODY = Group("all")


@dataclass(frozen=True)
class Mistake:
    """`path` says where; `code` and `data` are put into one sentence by queries.words."""

    path: Path
    code: str
    data: Mapping[str, Any]


class Unreadable(Exception):
    """What was given is no segment. `mistakes`: one for each thing that is wrong."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(", ".join(one.code for one in mistakes))
        self.mistakes = mistakes


def read(said: object, things: Things) -> Group:
    """The tree that JSON says, whole and right; raises Unreadable with every mistake that it has."""
    reading = _Reading(things)
    root = reading.root(said)
    if reading.mistakes:
        raise Unreadable(reading.mistakes)
    return root


def read_kindly(said: object, things: Things) -> tuple[Group, dict[Path, Mistake]]:
    """A tree that is still being made, with what is missing or wrong in it, by place."""
    reading = _Reading(things)
    root = reading.root(said)
    return root, {one.path: one for one in reversed(reading.mistakes)}


def without(node: Node, paths: Collection[Path], path: Path = ()) -> Node | None:
    """The tree without what stands at these places, and without groups that nothing is left in."""
    if path in paths and path:
        return None
    if isinstance(node, Leaf):
        return node
    kept = tuple(one for place, each in enumerate(node.of) if (one := without(each, paths, (*path, place))) is not None)
    return replace(node, of=kept) if kept or not path else None


def written(root: Group) -> dict[str, Any]:
    """The JSON of a tree; read again, it is the same tree."""
    return {"version": VERSION, **_node(root)}


def leaves(node: Node, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """All conditions, in reading order, each with its place."""
    if isinstance(node, Leaf):
        yield path, node
    else:
        for place, one in enumerate(node.of):
            yield from leaves(one, (*path, place))


def node_at(root: Group, path: Path) -> Node:
    """Raises IndexError when nothing stands there."""
    node: Node = root
    for place in path:
        if isinstance(node, Leaf) or place >= len(node.of):
            raise IndexError(path)
        node = node.of[place]
    return node


def replaced(root: Group, path: Path, by: Node | None) -> Group:
    """The tree with another node there, or with none. A group that loses its last node goes too, save the root."""
    changed = _replaced(root, path, by)
    return changed if isinstance(changed, Group) else Group(root.match)


def added(root: Group, path: Path, node: Node) -> Group:
    """The tree with one more node at the end of the group that stands at `path`."""
    group = node_at(root, path)
    assert isinstance(group, Group)
    return replaced(root, path, replace(group, of=(*group.of, node)))


def segments_in(root: Group) -> set[str]:
    """The other segments that it asks for."""
    return {one for _, leaf in leaves(root) if leaf.what == "segment" for one in cast("tuple[str, ...]", leaf.value or ())}


def by_clock(root: Group) -> bool:
    """Whether somebody may come or go by nothing but time."""
    return any(leaf.op in CLOCK or leaf.days is not None for _, leaf in leaves(root))


def depends_on(root: Group) -> set[str]:
    """What it looks at: the beginnings of its things' keys, with the deed where it is one ("field", "tags", "deed:opened")."""
    found = set()
    for _, leaf in leaves(root):
        family, _colon, deed = leaf.what.partition(":")
        found.add(f"deed:{deed}" if family in ("deed", "share", "rhythm") else family)
    return found


def _replaced(node: Node, path: Path, by: Node | None) -> Node | None:
    if not path:
        return by
    if isinstance(node, Leaf) or path[0] >= len(node.of):
        raise IndexError(path)
    changed = _replaced(node.of[path[0]], path[1:], by)
    kept = (*node.of[: path[0]], *((changed,) if changed is not None else ()), *node.of[path[0] + 1 :])
    return replace(node, of=kept) if kept else None


def _node(node: Node) -> dict[str, Any]:
    if isinstance(node, Group):
        return {"match": node.match, "of": [_node(one) for one in node.of]}
    said: dict[str, Any] = {"what": node.what, "op": node.op}
    if node.value is not None:
        said["value"] = list(node.value) if isinstance(node.value, tuple) else node.value
    more = {"days": node.days, "about": node.about or None, "of": node.of}
    return said | {key: value for key, value in more.items() if value is not None}


class _Reading:
    """Goes on after a mistake, so that a person hears of all of them at once."""

    def __init__(self, things: Things) -> None:
        self.things, self.mistakes, self.conditions = things, list[Mistake](), 0

    def wrong(self, path: Path, code: str, **data: Any) -> None:
        self.mistakes.append(Mistake(path, code, data))

    def root(self, said: object) -> Group:
        if not isinstance(said, dict):
            self.wrong((), "no_tree")
            return EVERYBODY
        if said.get("version", VERSION) != VERSION:
            self.wrong((), "version", version=said.get("version"))
        return self.group({key: value for key, value in said.items() if key != "version"}, ())

    def group(self, said: dict[str, Any], path: Path) -> Group:
        match, of = said.get("match"), said.get("of")
        if match not in MATCHES:
            self.wrong(path, "match", match=match)
        if unknown := set(said) - {"match", "of"}:
            self.wrong(path, "unknown", name=min(map(str, unknown)))
        if not isinstance(of, list):
            self.wrong(path, "no_list")
            return EVERYBODY
        if path and not of:
            self.wrong(path, "empty_group")
        if len(path) >= DEEPEST:
            self.wrong(path, "too_deep", most=DEEPEST)
            return EVERYBODY
        nodes = tuple(self.node(one, (*path, place)) for place, one in enumerate(of[: MOST_CONDITIONS + 1]))
        return Group(cast(Match, match if match in MATCHES else "all"), nodes)

    def node(self, said: object, path: Path) -> Node:
        if not isinstance(said, dict):
            self.wrong(path, "no_condition")
            return EVERYBODY
        return self.group(said, path) if "match" in said or ("what" not in said and "of" in said) else self.leaf(said, path)

    def leaf(self, said: dict[str, Any], path: Path) -> Leaf:
        self.conditions += 1
        if self.conditions == MOST_CONDITIONS + 1:
            self.wrong(path, "too_many", most=MOST_CONDITIONS)
        what, op = said.get("what"), said.get("op")
        thing = self.things.get(what) if isinstance(what, str) else None
        if thing is None:
            self.wrong(path, "what", what=what)
            return Leaf(str(what), str(op))
        if unknown := set(said) - {"what", "op", "value", "days", "about", "of"}:
            self.wrong(path, "unknown", name=min(map(str, unknown)))
        shape = OPERATORS[thing.type].get(op) if isinstance(op, str) else None
        if shape is None:
            self.wrong(path, "operator", what=what, op=op)
            return Leaf(thing.key, str(op))
        value = self.value(said.get("value"), shape, thing, path)
        more = self.more(said, thing, path)
        if thing.type == "share" and more["of"] and isinstance(value, Decimal | int) and value > more["of"]:
            self.wrong(path, "more_than_of", most=more["of"])
        return Leaf(thing.key, str(op), value, **more)

    def more(self, said: dict[str, Any], thing: Thing, path: Path) -> dict[str, Any]:
        days, about, of = said.get("days"), said.get("about", ""), said.get("of")
        if days is not None and (thing.type != "deed" or not _whole(days, 1, LONGEST_SPAN)):
            self.wrong(path, "days", most=LONGEST_SPAN)
        if about and (not thing.narrows or not isinstance(about, str) or len(about) > LONGEST or "\0" in about):
            self.wrong(path, "about")
        if (thing.type == "share") != (of is not None) or (of is not None and not _whole(of, 1, MOST_OF_LAST)):
            self.wrong(path, "of", most=MOST_OF_LAST)
        return {"days": days, "about": about if isinstance(about, str) else "", "of": of}

    def value(self, value: Any, shape: Shape, thing: Thing, path: Path) -> Any:
        if shape == "nothing":
            if value is not None:
                self.wrong(path, "no_value")
            return None
        if value is None or value == "" or value == []:
            self.wrong(path, "missing", what=thing.key)
            return None
        if shape in ("word", "words"):
            return self.words(value, shape, thing, path)
        if shape in ("day", "days"):
            return self.days(value, shape, path)
        return self.numbers(value, shape, thing, path)

    def words(self, value: Any, shape: Shape, thing: Thing, path: Path) -> Any:
        given = [value] if isinstance(value, str) else value
        if (
            not isinstance(given, list)
            or not all(isinstance(one, str) and one.strip() for one in given)
            or (shape == "word" and len(given) > 1)
        ):
            self.wrong(path, "words" if shape == "words" else "word")
            return None
        if len(given) > MOST_VALUES:
            self.wrong(path, "too_many_values", most=MOST_VALUES)
        if any(len(one) > LONGEST or not one.isprintable() for one in given):
            self.wrong(path, "long", most=LONGEST)
        if thing.choices and (strange := [one for one in given if one not in thing.choices]):
            self.wrong(path, "choice", value=strange[0])
        return tuple(dict.fromkeys(given)) if shape == "words" else given[0]

    def days(self, value: Any, shape: Shape, path: Path) -> Any:
        given = [value] if shape == "day" else value
        if not isinstance(given, list) or len(given) != (1 if shape == "day" else 2) or not all(_is_day(one) for one in given):
            self.wrong(path, "day" if shape == "day" else "days_between")
            return None
        if given != sorted(given):
            self.wrong(path, "backwards")
        return given[0] if shape == "day" else tuple(given)

    def numbers(self, value: Any, shape: Shape, thing: Thing, path: Path) -> Any:
        given = value if shape == "pair" else [value]
        if not isinstance(given, list) or len(given) != (2 if shape == "pair" else 1) or not all(_is_number(one) for one in given):
            self.wrong(path, "pair" if shape == "pair" else "number")
            return None
        if shape == "pair" and given[0] > given[1]:
            self.wrong(path, "backwards")
        if shape == "span" and not _whole(given[0], 0, LONGEST_SPAN):
            self.wrong(path, "days", most=LONGEST_SPAN)
        if thing.type in ("deed", "share") and not _whole(given[0], 1, MOST_TIMES) and not (given[0] == 0 and type(given[0]) is int):
            self.wrong(path, "times", most=MOST_TIMES)
        if thing.type == "rhythm" and not (1 <= given[0] <= 20 and given[0] * 10 == int(given[0] * 10)):
            self.wrong(path, "factor")
        return tuple(given) if shape == "pair" else given[0]


def _whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and -1e15 <= value <= 1e15


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or len(value) != 10:
        return False
    try:
        return date.fromisoformat(value).isoformat() == value and value >= "0002"
    except ValueError:
        return False
