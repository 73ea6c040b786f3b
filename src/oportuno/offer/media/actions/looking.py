"""Going to look: at feeds that are due, at pages and pictures of what was found. Many at once, no transaction waits for any."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease, defer
from oportuno.kernel.web import Fetched, fetch
from oportuno.offer.media.actions.channels import ACCEPT, FEED_BYTES, Asking, ask_hub, find_feed, send_asking, settle
from oportuno.offer.media.actions.files import keep_picture
from oportuno.offer.media.actions.news import merge, receive
from oportuno.offer.media.models import Channel, Find, Piece
from oportuno.offer.media.rules import channels as rules
from oportuno.offer.media.rules.feeds import Feed, read_feed
from oportuno.offer.media.rules.pages import Told, read_page

AT_ONCE = 16
SET = 200
PICTURE_BYTES = 5 * 2**20
PAGE_BYTES = 2 * 2**20


@dataclass(frozen=True)
class Question:
    """One feed as several channels may ask for it."""

    feed: str
    etag: str
    modified: str

    @property
    def headers(self) -> dict[str, str]:
        told = {"Accept": ACCEPT, "If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Answer:
    """`feed` None without `trouble`: nothing new. `gone`: it will not come back."""

    feed: Feed | None = None
    etag: str = ""
    modified: str = ""
    trouble: str = ""
    gone: bool = False


def look_at_due(lease: Lease, at: Callable[[], datetime]) -> int:
    """Look at a set of channels that are due; how many. A feed that several follow is fetched once."""
    with lease.step():
        due = list(_due(at()).filter(checked_at__isnull=False).order_by("due_at")[:SET])
        questions = {one.pk: Question(one.feed, one.etag, one.modified) for one in due}
    wanted = sorted(set(questions.values()), key=lambda one: one.feed)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = dict(zip(wanted, pool.map(_looked, wanted), strict=True))
    for channel in due:
        with lease.step(), for_organisation(channel.organisation_id):
            note_answer(channel=channel.pk, answer=answers[questions[channel.pk]], at=at())
    return len(due)


def _due(at: datetime) -> QuerySet[Channel]:
    return Channel.objects.filter(due_at__lte=at, failures__lt=rules.GIVEN_UP)


def begin_again(lease: Lease, at: Callable[[], datetime]) -> None:
    """Channels whose feed could not be found yet, because their site did not answer: once more, less and less often."""
    with lease.step():
        for one in _due(at()).filter(checked_at__isnull=True, failures__gt=0).order_by("due_at")[:SET]:
            defer("media.begin_channel", organisation=one.organisation_id, channel=str(one.pk), once=f"begin {one.pk}")


def _looked(question: Question) -> Answer:
    try:
        answer = fetch(question.feed, headers=question.headers, limit=FEED_BYTES)
    except Refusal as refusal:
        return Answer(trouble=str(refusal))
    if answer.status == 304:
        return Answer(etag=question.etag, modified=question.modified)
    if answer.status != 200:
        return Answer(trouble=_("The address answers %(status)s.") % {"status": answer.status}, gone=answer.status == 410)
    feed = read_feed(answer.body, answer.url, answer.headers)
    return Answer(feed, *marks_of(answer)) if feed else Answer(trouble=_("What lies at this address is no feed."))


def marks_of(answer: Fetched) -> tuple[str, str]:
    """What to say next time, so that an unchanged feed is not sent again."""
    return answer.headers.get("etag", "")[:300], answer.headers.get("last-modified", "")[:100]


def note_answer(*, channel: UUID, answer: Answer, at: datetime) -> None:
    """What came of looking at a channel. Acts for its organisation; a channel that was removed meanwhile is passed over."""
    found = Channel.objects.select_for_update().filter(pk=channel).first()
    if found is None:
        return
    if answer.trouble:
        found.failures, found.trouble = rules.GIVEN_UP if answer.gone else found.failures + 1, answer.trouble[:300]
    else:
        found.failures, found.trouble, found.etag, found.modified = 0, "", answer.etag, answer.modified
        if answer.feed:
            receive(channel=found, news=answer.feed.news, at=at)
        found.checked_at = at
    has_hub = found.lease_until is not None and found.lease_until > at
    found.due_at = at + rules.next_look(failures=found.failures, has_hub=has_hub)
    found.save(update_fields=["failures", "trouble", "etag", "modified", "checked_at", "due_at"])


def renew_leases(lease: Lease, at: Callable[[], datetime]) -> int:
    """Ask hubs (again) before their lease ends; how many were asked."""
    moment = at()
    with lease.step():
        known = Channel.objects.exclude(hub="").filter(checked_at__isnull=False, failures=0)
        never = known.filter(lease_until__isnull=True).exclude(asked_at__gt=moment - rules.ASKED_AGAIN)
        ending = known.filter(lease_until__lt=moment + rules.RENEWED_BEFORE).exclude(asked_at__gt=moment - rules.ASKED_AGAIN)
        due = [*never.order_by("pk")[: SET // 2], *ending.order_by("lease_until")[: SET // 2]]
    askings: list[Asking] = []
    for channel in due:
        with lease.step(), for_organisation(channel.organisation_id):
            if found := Channel.objects.select_for_update().filter(pk=channel.pk).first():
                askings.append(ask_hub(channel=found, at=moment))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(send_asking, askings))


@dataclass(frozen=True)
class Look:
    """What was found behind a find: what its page says of itself, and the bytes of its picture."""

    told: Told
    picture: bytes = b""


def look_at_finds(lease: Lease, at: Callable[[], datetime]) -> int:
    """Bring pictures and canonical addresses of what was found last; how many were looked at."""
    with lease.step():
        waiting = list(Find.objects.filter(looked_at__isnull=True).order_by("created_at")[: AT_ONCE * 4])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        looks = list(pool.map(look_behind, waiting))
    for find, look in zip(waiting, looks, strict=True):
        with lease.step(), for_organisation(find.organisation_id):
            note_look(find=find.pk, look=look, at=at())
    return len(waiting)


def look_behind(find: Find) -> Look:
    """Its page, where that says more than its channel did; its picture. Asks no database; what cannot be had is left out."""
    told = Told()
    if find.kind == Find.Kind.TEXT or find.title == find.address:
        told = _page(find.address)
    image = find.image or told.image
    return Look(told, _bytes(image) if image else b"")


def _page(address: str) -> Told:
    try:
        answer = fetch(address, headers={"Accept": "text/html"}, limit=PAGE_BYTES)
    except Refusal:
        return Told()
    return read_page(answer.body, answer.url) if answer.status == 200 and "html" in answer.content_type else Told()


def _bytes(address: str) -> bytes:
    try:
        answer = fetch(address, limit=PICTURE_BYTES)
    except Refusal:
        return b""
    return answer.body if answer.status == 200 else b""


def note_look(*, find: UUID, look: Look, at: datetime) -> None:
    """What came of looking at a find. Acts for its organisation."""
    found = Find.objects.select_for_update().filter(pk=find).first()
    if found is None or found.looked_at:
        return
    told = look.told
    if found.title == found.address:
        found.title = told.title or found.title
        found.source = told.site or found.source
    found.summary, found.author = found.summary or told.summary, found.author or told.author
    found.looked_at = at
    if look.picture and not found.picture_id:
        try:
            kept = keep_picture(
                file=BytesIO(look.picture), name=found.title, by=None, at=at, alt="", source=found.image or told.image, listed=False
            )
            found.picture = kept
        except Refusal:
            pass
    found.save(update_fields=["title", "source", "summary", "author", "looked_at", "picture"])
    if found.picture_id:
        Piece.objects.filter(find=found, picture__isnull=True).update(picture=found.picture_id)
    if told.canonical and told.canonical != found.address:
        merge(find=found, address=told.canonical)


def begin(lease: Lease, *, channel: UUID, at: Callable[[], datetime]) -> None:
    """The first look at a channel: where its feed is, what it holds."""
    with lease.step():
        found = Channel.objects.filter(pk=channel).first()
    if found is None or found.checked_at or (found.failures and found.due_at > at()):
        return  # it was looked at: it is known, or waits for its next turn
    try:
        begun = find_feed(found.feed)
    except Refusal as refusal:
        with lease.step():
            note_answer(channel=channel, answer=Answer(trouble=str(refusal)), at=at())
        return
    with lease.step():
        try:
            settle(channel=found, begun=begun)
        except Refusal as refusal:
            note_answer(channel=channel, answer=Answer(trouble=str(refusal), gone=True), at=at())
            return
        note_answer(channel=channel, answer=Answer(begun.feed, *marks_of(begun.answer)), at=at())
