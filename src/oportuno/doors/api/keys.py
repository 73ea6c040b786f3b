"""Who calls: nobody in particular, or an organisation's key."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.security import HttpBearer

from oportuno.doors.api.pace import ANYBODY, KEYED
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden, NotFound, Refusal
from oportuno.kernel.idempotency import Answer, once
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.policies import Policy
from oportuno.people.organisations.api import SCOPES, Member, Organisation, Person, key_for, member_for

__all__ = ["ANYBODY", "KEYED", "Key", "KeyRequest", "anybody", "scoped"]
Operation = Callable[..., Any]
CHUNK = 2**20


class KeyRequest(HttpRequest):
    """A request that came with a valid key. It acts in the name of the person who made the key."""

    organisation: Organisation
    scopes: frozenset[str]
    member: Member


class Key(HttpBearer):
    """`Authorization: Bearer opk_…`."""

    openapi_description = (
        "A key of your organisation: made under “Keys for programs” in the workbench, with the scopes that the program needs."
    )

    def __init__(self, scope: str = "") -> None:
        self.scope = scope
        super().__init__()
        self.openapi_security_schema["description"] = self.openapi_description  # type: ignore[attr-defined]

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        grant = key_for(token, at=now())
        maker = grant and Person.objects.filter(pk=grant.maker, is_active=True).first()
        if grant is None or maker is None:
            return None
        try:
            member = member_for(maker, grant.organisation.slug)
        except NotFound:
            return None  # who made it does not belong there any more
        if self.scope and self.scope not in grant.scopes:
            raise Forbidden(_("This key does not have the scope %(scope)s.") % {"scope": self.scope})
        request.organisation, request.scopes, request.member = grant.organisation, grant.scopes, member  # type: ignore[attr-defined]
        return f"{grant.organisation.pk}:{token[:14]}"


def anybody(operation: Operation) -> Operation:
    """An operation for all: it sees what is published."""

    @wraps(operation)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        must_be_known(request, names)
        with spoken_by(request), for_public():
            return operation(request, *args, **kwargs)

    names = names_of(operation)
    return _declared(operation, guarded, Policy("public"))


def scoped(scope: str) -> Callable[[Operation], Operation]:
    """An operation for an organisation's key with this scope; it sees the organisation's own rows.

    What changes something answers once per Idempotency-Key: the operation gives a Schema, (status, Schema) or None (204).
    """
    if scope not in SCOPES:
        raise KeyError(f"No scope is called {scope!r}")

    def mark(operation: Operation) -> Operation:
        @wraps(operation)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            must_be_known(request, names)
            with spoken_by(request), transaction.atomic(), for_organisation(request.organisation.pk):
                if request.method == "GET":
                    return operation(request, *args, **kwargs)
                return exactly_once(request, lambda: written(operation(request, *args, **kwargs)))

        def ask_for_scope(declared: Any) -> None:  # before anything that was sent is read
            declared.auth_param = key
            declared._set_auth(key)

        names, key = names_of(operation), Key(scope)
        guarded._ninja_contribute_to_operation = [ask_for_scope]  # type: ignore[attr-defined]
        return _declared(operation, guarded, Policy("key", scope))

    return mark


def spoken_by(request: HttpRequest) -> AbstractContextManager[None]:
    """In the language that Accept-Language asks for: addresses of the API have none of their own, and the pages' rule passes them over."""
    return translation.override(translation.get_language_from_request(request))


def names_of(operation: Operation) -> frozenset[str]:
    return frozenset(inspect.signature(operation).parameters)


def must_be_known(request: HttpRequest, names: frozenset[str]) -> None:
    """A criterion that we do not know is a mistake, not a wish to see everything. Raises Refusal."""
    for name, values in [*request.GET.lists(), *(request.POST.lists() if request.FILES else [])]:
        if name not in names:
            raise Refusal(_("There is no parameter called “%(name)s”.") % {"name": name[:60]}, field=name[:60])
        if any("\0" in value for value in values):
            raise Refusal(_("A text cannot hold the character zero."), field=name)
    if "\0" in request.path:
        raise NotFound


def exactly_once(request: Any, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer once per Idempotency-Key; without the header, as often as it comes."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return do()
    if not key.isprintable():
        raise Refusal(_("The Idempotency-Key must have 1 to 200 characters."))

    def run() -> Answer:
        response = do()
        kept = {name: response[name] for name in ("Content-Type", "Location") if name in response}
        return Answer(response.status_code, kept, response.content)

    scope = f"{request.organisation.pk}:{request.method}:{request.path}"
    answer = once(scope=scope, key=key, request=sent(request), at=now(), do=run)
    response = HttpResponse(answer.body, status=answer.status, headers=answer.headers)
    if answer.replayed:
        response["Idempotency-Replayed"] = "true"
    return response


def sent(request: HttpRequest) -> bytes:
    """What tells one request from another: its body, or the fields and files of a form."""
    if not (request.content_type or "").startswith("multipart/"):
        return request.body
    digest = hashlib.sha256(repr(sorted(request.POST.lists())).encode())
    for name, file in sorted(request.FILES.items()):
        digest.update(f"{name}:{getattr(file, 'name', '')}".encode())
        for chunk in file.chunks(CHUNK):  # type: ignore[union-attr]
            digest.update(chunk)
        file.seek(0)  # type: ignore[union-attr]
    return digest.digest()


def written(told: Schema | tuple[int, Schema] | None) -> HttpResponse:
    """The answer of an operation that changed something, as it is kept for its Idempotency-Key."""
    if told is None:
        return HttpResponse(status=204)
    status, shape = told if isinstance(told, tuple) else (200, told)
    return HttpResponse(shape.model_dump_json(), status=status, content_type="application/json; charset=utf-8")


def _declared(operation: Operation, guarded: Operation, policy: Policy) -> Operation:
    """With its policy, and with the operation's own types, which ninja could not find by name in this module."""
    guarded.policy = policy  # type: ignore[attr-defined]
    guarded.__signature__ = inspect.signature(operation, eval_str=True)  # type: ignore[attr-defined]
    return guarded
