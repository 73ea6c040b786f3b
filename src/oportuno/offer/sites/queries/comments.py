"""Comments: as readers see them below a post, and as the team sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from oportuno.offer.sites.models import Comment, CommentSender, CommentState, Entry, Tally
from oportuno.offer.sites.queries.reading import mark_from, read_mark

THREADS, MOST_REPLIES, PAGE = 30, 300, 50


@dataclass
class Thread:
    """A comment and what was replied to it, the oldest first."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)


@dataclass(frozen=True)
class Threads:
    """A page of them; `after` marks where the next begins, "" at the end."""

    threads: Sequence[Thread]
    after: str

    def every(self) -> Iterable[Comment]:
        for one in self.threads:
            yield one.comment
            yield from one.replies


NOBODY = Threads((), "")


def threads_of(entry: Entry, after: str = "") -> Threads:
    """The oldest first, two queries. Acts for the public."""
    shown = Comment.objects.filter(entry=entry, published=True, kind="comment").select_related("author__picture")
    top = shown.filter(parent__isnull=True)
    if mark := read_mark(after):
        top = top.filter(Q(at__gt=mark[0]) | Q(at=mark[0], pk__gt=mark[1]))
    found = list(top.order_by("at", "pk")[: THREADS + 1])
    threads = {one.pk: Thread(one) for one in found[:THREADS]}
    for reply in shown.filter(parent__in=list(threads)).order_by("at", "pk")[:MOST_REPLIES]:
        if reply.parent_id in threads:
            threads[reply.parent_id].replies.append(reply)
    last = found[THREADS - 1] if len(found) > THREADS else None
    return Threads(list(threads.values()), mark_from(last.at, last.pk) if last else "")


def comment_shown(entry: Entry, comment: str) -> Comment | None:
    """What somebody wants to reply to, as an address says it."""
    try:
        return Comment.objects.filter(entry=entry, pk=UUID(comment), published=True).first()
    except ValueError:
        return None


def tallies_of(entries: Iterable[UUID]) -> dict[UUID, Tally]:
    """What is counted of these entries; one query. Acts for the public."""
    return {one.entry_id: one for one in Tally.objects.filter(entry__in=list(entries), published=True)}


@dataclass(frozen=True)
class Row:
    """A comment in the workbench; `sender` may be unknown."""

    comment: Comment
    sender: CommentSender | None


@dataclass(frozen=True)
class Rows:
    rows: Sequence[Row]
    after: str


def comments_page(organisation: int, state: str, *, words: str = "", after: str = "") -> Rows:
    """The newest first, in one state; two queries."""
    found = Comment.objects.filter(organisation_id=organisation, state=state).select_related("entry", "parent", "author")
    if words:
        sent = CommentSender.objects.filter(organisation_id=organisation, email__icontains=words).values("comment_id")
        found = found.filter(Q(name__icontains=words) | Q(text__icontains=words) | Q(pk__in=sent))
    if mark := read_mark(after):
        found = found.filter(Q(at__lt=mark[0]) | Q(at=mark[0], pk__lt=mark[1]))
    comments = list(found.order_by("-at", "-pk")[: PAGE + 1])
    shown = comments[:PAGE]
    senders = {one.comment_id: one for one in CommentSender.objects.filter(comment__in=[one.pk for one in shown])}
    last = shown[-1] if len(comments) > PAGE else None
    return Rows([Row(one, senders.get(one.pk)) for one in shown], mark_from(last.at, last.pk) if last else "")


def counted(organisation: int) -> dict[str, int]:
    """How many stand in each state; one query."""
    rows = Comment.objects.filter(organisation_id=organisation).values_list("state").annotate(count=Count("pk"))
    return dict.fromkeys(CommentState.values, 0) | dict(rows)


def waiting_count(*, at_most: int = 99) -> int:
    """Comments that wait in the organisation we act for; never counts beyond `at_most`."""
    return Comment.objects.filter(state=CommentState.WAITING)[:at_most].count()
