"""Readers comment, the team replies; what is seen of comments follows their posts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.jobs import defer
from oportuno.offer.sites.facts import CommentLeft
from oportuno.offer.sites.models import Author, Comment, CommentSender, CommentState, Entry, Site, Tally
from oportuno.offer.sites.rules import guard
from oportuno.people.audience.api import Circumstances, Given, Purpose, addresses, follow
from oportuno.people.organisations.api import Member, Organisation

LONGEST = 5_000
SAME, LONG_AGO = timedelta(days=1), timedelta(days=30)  # pressed twice; said elsewhere lately


@dataclass(frozen=True)
class Writer:
    """Who comments. `person`: she is signed in, and `email` is one that she has proved. `follows`: she asks to hear of replies."""

    name: str
    email: Given
    follows: bool = False
    person: UUID | None = None


@transaction.atomic
def leave_comment(
    *,
    organisation: Organisation,
    entry: UUID,
    writer: Writer,
    text: str,
    circumstances: Circumstances,
    at: datetime,
    parent: UUID | None = None,
) -> Comment:
    """A reader comments; the team decides before anybody reads it. The same words below the same post are the same comment.

    Acts for the organisation. Raises NotFound, Refusal where comments are closed or nothing is said.
    """
    found = _open_entry(organisation.pk, entry)
    said, name = tidy(text), addresses.plain_name(writer.name)[:120]
    if not said:
        raise Refusal(_("Write your comment first."), field="text")
    if not name:
        raise Refusal(_("Say how you are called: your name stands beside your comment."), field="name")
    words = digest_of(said)
    _one_at_a_time(organisation.pk, words)
    if again := _same(found, words, at):
        return again
    signs = guard.signs(text=said, name=name, seen=_seen_elsewhere(found, words, at))
    state = CommentState.SPAM if guard.is_spam(signs) else CommentState.WAITING
    comment = Comment.objects.create(
        entry=found, parent=_above(found, parent), name=name, text=said, state=state, person_id=writer.person, at=at
    )
    contact = _followed(organisation, writer, circumstances, at) if writer.follows and state == CommentState.WAITING else None
    CommentSender.objects.create(
        comment=comment, email=writer.email.key, contact_id=contact, follows=contact is not None, language=circumstances.language,
        words=words, signs=signs,
    )  # fmt: skip
    record(
        CommentLeft(
            comment=comment.pk, entry=found.pk, state=state, contact=contact, visitor=circumstances.visitor, by=writer.person, at=at
        )
    )
    if state == CommentState.WAITING:
        defer("sites.tell_of_comment", comment=str(comment.pk))
    return comment


@transaction.atomic
def comment_as_team(*, entry: UUID, text: str, by: Member, author: Author, at: datetime, parent: UUID | None = None) -> Comment:
    """One of the team says something under her own name: it is seen at once, and whoever she replies to hears of it."""
    found = Entry.objects.filter(organisation_id=by.organisation.pk, pk=entry, kind="post").first()
    if found is None:
        raise NotFound
    said = tidy(text)
    if not said:
        raise Refusal(_("Write your comment first."), field="text")
    words = digest_of(said)
    _one_at_a_time(by.organisation.pk, words)
    if again := _same(found, words, at):
        return again
    comment = Comment.objects.create(
        entry=found, parent=_above(found, parent), name=author.name, author=author, text=said, state=CommentState.APPROVED,
        published=found.published, person_id=by.id, at=at,
    )  # fmt: skip
    CommentSender.objects.create(comment=comment, words=words)
    record(CommentLeft(comment=comment.pk, entry=found.pk, state=CommentState.APPROVED, by=by.id, at=at))
    recount_comments(by.organisation.pk, [found.pk])
    defer("sites.tell_of_replies", comments=[str(comment.pk)])
    return comment


def follow_comments(organisation: int, entries: Sequence[UUID] | None = None) -> None:
    """Approved comments are seen where their post is, all others nowhere; so are the counts. None: those of the whole site.

    Acts for the organisation.
    """
    comments = Comment.objects.filter(organisation_id=organisation, state=CommentState.APPROVED)
    for rows in (comments, Tally.objects.filter(organisation_id=organisation)):
        chosen = rows if entries is None else rows.filter(entry__in=entries)
        seen = Exists(Entry.objects.filter(pk=OuterRef("entry_id"), published=True))
        chosen.filter(seen, published=False).update(published=True)
        chosen.filter(~seen, published=True).update(published=False)


def recount_comments(organisation: int, entries: Iterable[UUID]) -> None:
    """Count the approved comments of these entries anew; who decides at the same time waits, and counts what this one did, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('site_tally'), %s)", [organisation])
        cursor.execute(
            "INSERT INTO site_tally (id, organisation_id, entry_id, yes, no, comments, published)"
            " SELECT gen_random_uuid(), e.organisation_id, e.id, 0, 0,"
            "  (SELECT count(*) FROM site_comment c WHERE c.entry_id = e.id AND c.state = 'approved'), e.published"
            " FROM site_entry e WHERE e.organisation_id = %s AND e.id = ANY(%s)"
            " ON CONFLICT (organisation_id, entry_id) DO UPDATE SET comments = EXCLUDED.comments",
            [organisation, list(entries)],
        )


def tidy(text: str) -> str:
    """Words as they are kept: without control characters, at most one empty line at once."""
    lines = [" ".join("".join(c for c in line if c.isprintable() or c == "\t").split()) for line in text.splitlines()]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()[:LONGEST]


def digest_of(words: str) -> str:
    """Of what is said, whatever its capitals, accents and spaces."""
    return hashlib.sha256(addresses.fold(words).encode()).hexdigest()


def _open_entry(organisation: int, entry: UUID) -> Entry:
    found = Entry.objects.filter(organisation_id=organisation, pk=entry, kind="post", published=True).first()
    if found is None:
        raise NotFound
    if not (found.comments_open and Site.objects.filter(organisation_id=organisation, comments_open=True).exists()):
        raise Refusal(_("Comments are closed here."))
    return found


def _above(entry: Entry, parent: UUID | None) -> Comment | None:
    """What is replied to: one level, so a reply to a reply stands beside it. Raises NotFound for what nobody reads."""
    if parent is None:
        return None
    found = Comment.objects.filter(organisation_id=entry.organisation_id, entry=entry, pk=parent, state=CommentState.APPROVED).first()
    if found is None:
        raise NotFound
    return found.parent or found


def _same(entry: Entry, words: str, at: datetime) -> Comment | None:
    sent = CommentSender.objects.filter(organisation_id=entry.organisation_id, words=words, comment__entry=entry, comment__at__gt=at - SAME)
    one = sent.select_related("comment").first()
    return one.comment if one else None


def _seen_elsewhere(entry: Entry, words: str, at: datetime) -> bool:
    lately = CommentSender.objects.filter(organisation_id=entry.organisation_id, words=words, comment__at__gt=at - LONG_AGO)
    return lately.exclude(comment__entry=entry).exists()


def _followed(organisation: Organisation, writer: Writer, circumstances: Circumstances, at: datetime) -> UUID:
    return follow(
        organisation=organisation, purpose=Purpose.REPLIES, template="sites/mail/confirm_replies.txt", email=writer.email, name=writer.name,
        circumstances=circumstances, proven=writer.person is not None, at=at,
    ).contact.pk  # fmt: skip


def _one_at_a_time(organisation: int, words: str) -> None:
    """Pressed twice at once, the second waits and finds the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"comment {organisation} {words}"])
