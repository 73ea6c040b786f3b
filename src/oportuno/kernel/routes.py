"""Every address of the product with who may use it; what the list of routes, and the tests that walk it, are made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

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
