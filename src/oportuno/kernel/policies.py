"""Who may walk through a door: every view declares it, and `oportuno routes` lists it.

@public                       anybody; sees what is published
@open_to_all                  anybody; the view itself acts for somebody (a seller's form, a signed link)
@person, @member(…), @operator(…)   in oportuno.people.organisations.api
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from oportuno.kernel.idempotency import sent_once
from oportuno.kernel.idempotency.forms import FIELD
from oportuno.kernel.isolation import for_public

View = Callable[..., HttpResponseBase]
Audience = Literal["public", "open", "person", "member", "operator", "key", "signed"]


@dataclass(frozen=True)
class Policy:
    """Who is let in. `permission` is one of organisations.rules.CAN, or a scope of an API key; empty: nothing more is asked.

    `why` is told for doors that are open to all and yet change something.
    """

    audience: Audience
    permission: str = ""
    why: str = ""

    def as_json(self) -> dict[str, str]:
        return {key: value for key, value in asdict(self).items() if value}


def declare(policy: Policy, view: View) -> View:
    """Write the policy on the view, where the list of routes finds it."""
    view.policy = policy  # type: ignore[attr-defined]
    return view


_by_name: dict[str, Policy] = {}


def declare_by_name(url_name: str, policy: Policy) -> None:
    """Declare the policy of a view that a library brings, by the name of its address."""
    _by_name[url_name] = policy


_operations: dict[str, dict[str, Policy]] = {}


def declare_operations(url_name: str, policies: dict[str, Policy]) -> None:
    """Declare the policy of each HTTP method that an address of the public API answers."""
    _operations.setdefault(url_name, {}).update(policies)


def operations_of(url_name: str) -> dict[str, Policy]:
    """Policies by HTTP method; empty for a page, whose policy holds for all methods."""
    return _operations.get(url_name, {})


def policy_of(view: Any, url_name: str = "") -> Policy | None:
    """The declared policy of a view, or None when nobody declared one."""
    found: Policy | None = getattr(view, "policy", None) or _by_name.get(url_name)
    return found or next(iter(_operations.get(url_name, {}).values()), None)


def public(view: View) -> View:
    """Anybody may read this page; the database shows only what is published."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        bool(request.user.is_authenticated)  # the session is read before the role changes
        with for_public():
            return view(request, *args, **kwargs)

    return declare(Policy("public"), guarded)


def open_to_all(why: str) -> Callable[[View], View]:
    """Anybody may come; the view itself says for whom it acts. `why` is shown in the list of routes."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.POST.get(FIELD):  # which a page for machines has not
                return view(request, *args, **kwargs)
            return sent_once(request, str(request.user.pk or ""), lambda: view(request, *args, **kwargs))

        return declare(Policy("open", why=why), guarded)

    return mark
