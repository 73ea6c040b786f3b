"""Every address of the product with who may use it; what the list of routes, and the tests that walk it, are made from. How they are found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern

from oportuno.kernel.policies import Policy, operations_of, policy_of

NOT_OURS = ("static/",)


@dataclass(frozen=True)
class Route:
    """One address. `path` is readable (`desk/<slug:organisation>/`), `name` includes its namespaces."""

    path: str
    name: str
    view: Any
    policy: Policy | None

    def as_json(self) -> dict[str, object]:
        told: dict[str, object] = {"path": f"/{self.path}", "name": self.name, "policy": self.policy.as_json() if self.policy else None}
        if by_method := operations_of(self.name):
            told["methods"] = {method: policy.as_json() for method, policy in by_method.items()}
        return told


def spoken(path: str) -> str:
    """A path of a door above, in the reader's language: `/v/alba/` → `/en/v/alba/`. What cannot be reversed from below."""
    return f"/{LocalePrefixPattern(prefix_default_language=False).language_prefix}{path.removeprefix('/')}"


def all_routes() -> list[Route]:
    """All routes, in the order in which they are tried."""
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, before: str, names: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = before + _readable(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path, (*names, entry.namespace) if entry.namespace else names)
        elif isinstance(entry, URLPattern):
            name = ":".join((*names, entry.name or ""))
            yield Route(path, name, entry.callback, policy_of(entry.callback, name))


def _readable(entry: URLPattern | URLResolver) -> str:
    if isinstance(entry.pattern, LocalePrefixPattern):
        return ""
    return re.sub(r"^\^|\$$|\\Z$", "", str(entry.pattern))


Entry = URLPattern | URLResolver


class ByFirstWord(URLResolver):
    """The same addresses, of which only those are tried that can begin as a path does: of six hundred, a few dozen.

    Order stays as it was: what begins with a parameter is tried for every path, in its place.
    """

    def __init__(self, of: URLResolver) -> None:
        named: Any = (of.default_kwargs, of.app_name, of.namespace)
        entries = by_first_word(of.url_patterns)
        super().__init__(of.pattern, entries, *named)
        first = [(one, _first_words(one)) for one in entries]
        words = {word for _one, known in first for word in known or ()}
        self._of = {
            word: URLResolver(of.pattern, [one for one, known in first if known is None or word in known], *named) for word in words
        }
        self._others = URLResolver(of.pattern, [one for one, known in first if known is None], *named)

    def resolve(self, path: Any) -> ResolverMatch:
        match = self.pattern.match(str(path))
        if not match:
            raise Resolver404({"path": path})
        return self._of.get(match[0].partition("/")[0], self._others).resolve(path)


def by_first_word(entries: Sequence[Entry]) -> list[Entry]:
    """These entries, and all below them, found by how a path begins."""
    return [ByFirstWord(one) if isinstance(one, URLResolver) else one for one in entries]


def _first_words(entry: Entry) -> set[str] | None:
    """What a path that it answers begins with, up to the first slash; None where that may be anything."""
    if not isinstance(entry.pattern, RoutePattern):
        return None
    word, slash, _rest = str(entry.pattern).partition("/")
    if "<" in word:
        return None
    if slash or isinstance(entry, URLPattern):
        return {word}
    if word:
        return None
    below = [_first_words(one) for one in entry.url_patterns]
    return None if None in below else {word for known in below if known for word in known}
