"""Who the database thinks we act for. Always `SET LOCAL`: it ends with the transaction, also on a pooled connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from oportuno.kernel.errors import Broken

Role = Literal["app", "market", "person", "public"]


@dataclass(frozen=True)
class Acting:
    """For whom this code acts now. `reason` is told when it acts for the whole market."""

    role: Role
    organisation: int | None = None
    person: UUID | None = None
    reason: str = ""


NOBODY = Acting("app")
_acting: ContextVar[Acting] = ContextVar("acting", default=NOBODY)


def acting() -> Acting:
    """For whom this code acts now."""
    return _acting.get()


def acting_organisation() -> int:
    """The organisation we act for; a new private row belongs to it. Raises Broken when there is none."""
    organisation = _acting.get().organisation
    if organisation is None:
        raise Broken("Nobody said for which organisation this acts: wrap it in for_organisation(…).")
    return organisation


@contextmanager
def for_organisation(organisation: int) -> Iterator[None]:
    """Act for one organisation: only its rows are seen, new rows are its own. Opens a transaction if none is open."""
    with _switched_to(Acting("app", organisation=int(organisation))):
        yield


@contextmanager
def for_market(reason: str, *, organisation: int | None = None) -> Iterator[None]:
    """Act for the whole market, across organisations. `reason` says why no single organisation will do.

    `organisation`, if given, is the owner of new rows.
    """
    with _switched_to(Acting("market", organisation=organisation, reason=reason)):
        yield


@contextmanager
def for_person(person: UUID) -> Iterator[None]:
    """Act for one person: her own rows in all organisations, as each table's person policy allows."""
    with _switched_to(Acting("person", person=person)):
        yield


@contextmanager
def for_public() -> Iterator[None]:
    """Act for anybody: published rows only, nothing can be written."""
    with _switched_to(Acting("public")):
        yield


@contextmanager
def _switched_to(wanted: Acting) -> Iterator[None]:
    before = _acting.get()
    nested = connection.in_atomic_block
    with transaction.atomic():
        _tell_database(wanted)
        token = _acting.set(wanted)
        try:
            yield
        finally:
            _acting.reset(token)
            # An enclosing transaction goes on: give it back what it had. An outermost one forgets by itself,
            # and one that failed is rolled back with its settings.
            if nested and not connection.needs_rollback and connection.connection and not _is_broken():
                _tell_database(before)


def _is_broken() -> bool:
    return bool(connection.connection.info.transaction_status == TransactionStatus.INERROR)


def _tell_database(who: Acting) -> None:
    """One round trip: role, organisation and person of this transaction."""
    with connection.cursor() as cursor:
        if who is NOBODY:  # back to the role that the connection began with, which may be the migrating owner's
            cursor.execute("RESET ROLE")
            cursor.execute("SELECT set_config('app.organisation', '', true), set_config('app.person', '', true)")
            return
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('app.organisation', %s, true), set_config('app.person', %s, true)",
            [
                f"oportuno_{who.role}",
                "" if who.organisation is None or who.role != "app" else str(who.organisation),
                "" if who.person is None else str(who.person),
            ],
        )
