"""What audience needs from those above it; config.wiring says who gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from oportuno.kernel.errors import Broken, NotFound
from oportuno.people.organisations.api import Member, Organisation


class Post(Protocol):
    """Puts a mail into the post, in the running transaction. `stranger`: nobody has proved the address yet.

    False when it was not taken: the market has written enough to this stranger today. The same `key` goes out once.
    `purpose` is transactional, service or marketing; marketing rests on the consent `agreed_to` and carries a way out.
    """

    def __call__(
        self,
        *,
        template: str,
        to: str,
        organisation: int,
        context: Mapping[str, Any],
        language: str,
        key: str,
        at: datetime,
        contact: UUID | None = None,
        stranger: bool = False,
        secret: bool = False,
        purpose: str = "transactional",
        agreed_to: str = "",
    ) -> bool: ...


@dataclass(frozen=True)
class Topic:
    """Something the bulletin may be about: a sector of the vertical. `key` is kept, `label` is shown."""

    key: str
    label: str


@dataclass
class Ports:
    """Filled once, at start."""

    post: Post | None = None
    topics: Callable[[str], Sequence[Topic]] = lambda language: ()
    is_open: Callable[[Organisation], bool] = lambda organisation: organisation.closed_at is None
    promised_hours: Callable[[Organisation], int | None] = lambda organisation: None
    promise_hours: Callable[[Member, int, datetime], None] = lambda member, hours, at: None
    forget_mail: Callable[[int, str, str], Any] = lambda organisation, address, key: None
    as_segment: Callable[[Member, str, Any, datetime], str] | None = None


_ports = Ports()


def connect(
    *,
    post: Post | None = None,
    topics: Callable[[str], Sequence[Topic]] | None = None,
    is_open: Callable[[Organisation], bool] | None = None,
    promised_hours: Callable[[Organisation], int | None] | None = None,
    promise_hours: Callable[[Member, int, datetime], None] | None = None,
    forget_mail: Callable[[int, str, str], Any] | None = None,
    as_segment: Callable[[Member, str, Any, datetime], str] | None = None,
) -> None:
    """Say who posts mail, which topics the bulletin has, which organisations the public may write to, and where a seller
    says to everybody within how many hours it answers: what is promised there is what is kept here. And who forgets what an organisation wrote to an address under keys that begin so, and who makes a segment of a selection (`queries.contacts.Filters`) and says where it is.
    """
    _ports.post = post or _ports.post
    _ports.topics = topics or _ports.topics
    _ports.is_open = is_open or _ports.is_open
    _ports.promised_hours = promised_hours or _ports.promised_hours
    _ports.promise_hours = promise_hours or _ports.promise_hours
    _ports.forget_mail = forget_mail or _ports.forget_mail
    _ports.as_segment = as_segment or _ports.as_segment


def post() -> Post:
    if _ports.post is None:
        raise Broken("Nobody posts mail for audience: config.wiring must connect it.")
    return _ports.post


def topics(language: str) -> Sequence[Topic]:
    """The bulletin's topics in a language (es-co, es-mx, en)."""
    return _ports.topics(language)


def is_open(organisation: Organisation) -> bool:
    """May the public see this organisation and write to it? (A seller who is not vetted yet: no.)"""
    return organisation.closed_at is None and _ports.is_open(organisation)


def promised_hours(organisation: Organisation) -> int | None:
    """Within how many hours the organisation we act for says publicly that it answers; None: it says nothing."""
    return _ports.promised_hours(organisation)


def promise_hours(member: Member, hours: int, at: datetime) -> None:
    """Say it publicly, if there is a place where the organisation says it."""
    _ports.promise_hours(member, hours, at)


def forget_mail(organisation: int, address: str, key: str) -> None:
    """What this organisation wrote to the address under a key that begins so; no other mail, and nobody else's."""
    _ports.forget_mail(organisation, address, key)


def as_segment(member: Member, name: str, filters: Any, at: datetime) -> str:
    """A segment of whom the list shows; its address. Raises NotFound where there are no segments, Refusal for a name that is taken."""
    if _ports.as_segment is None:
        raise NotFound
    return _ports.as_segment(member, name, filters, at)
