"""Files that pieces show are brought from where they were, one after another, in a job of their own: an import waits for none of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings

from oportuno.doors.integrations.models import Brought, BroughtFile, WordpressRun
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.jobs import Lease
from oportuno.kernel.web import Fetched, fetch
from oportuno.offer.media import api as media
from oportuno.offer.sites.api import bringing as sites

from ..content import settle
from ..rules.meaning import old_path

AT_ONCE = 10
"""Files between two looks at the pieces that wait for them."""
TRIES = 3
SECONDS = 20.0
LIMITS = {"picture": 15 * 2**20, "audio": 100 * 2**20, "video": 200 * 2**20, "file": 20 * 2**20}
State = BroughtFile.State


def bring_next_files(lease: Lease) -> bool:
    """Bring a few, and let the pieces know; whether there are more. The web is asked outside of any transaction."""
    with lease.step():
        waiting = list(BroughtFile.objects.filter(state=State.WAITING).order_by("tries", "id")[:AT_ONCE])
    for one in waiting:
        body, why, again = _ask(one)
        with lease.step():
            _keep(one, body, why, again=again, at=now())
    with lease.step():
        rest = _settle()
        return rest or BroughtFile.objects.filter(state=State.WAITING).exists()


def _ask(one: BroughtFile) -> tuple[bytes | None, str, bool]:
    """What lies there; or why not, and whether trying again may help."""
    try:
        answer: Fetched = fetch(one.address, seconds=SECONDS, limit=LIMITS.get(one.sort, LIMITS["file"]))
    except Refusal as refusal:
        return None, str(refusal), bool(refusal.data.get("again"))
    if answer.status != 200:
        return None, f"HTTP {answer.status}", answer.status in (429, 500, 502, 503, 504)
    return answer.body, "", False


def _keep(one: BroughtFile, body: bytes | None, why: str, *, again: bool, at: datetime) -> None:
    one.tries += 1
    if body is not None:
        name = unquote(urlsplit(one.address).path.rpartition("/")[2]) or one.sort
        try:
            one.item_id, one.state = media.keep_item(file=io.BytesIO(body), name=name[:200], by=None, at=at).pk, State.HERE
        except Refusal as refusal:
            one.state, one.why = State.GONE, str(refusal)[:300]
    elif not again or one.tries >= TRIES:
        one.state, one.why = State.GONE, why[:300]
    one.save(update_fields=["state", "item_id", "why", "tries"])


def _settle() -> bool:
    """Pieces that named files whose fate is known; whether more of them wait."""
    known = list(BroughtFile.objects.exclude(state=State.WAITING).filter(settled=False).order_by("id")[:AT_ONCE])
    if not known:
        return False
    waiting = list(Brought.objects.filter(waits__overlap=[one.pk for one in known])[:200])
    found = {str(one.pk): str(one.item_id) for one in known if one.item_id}
    gone = {str(one.pk): one.address for one in known if not one.item_id}
    pictures = {one.entry_id: UUID(found[str(one.picture_id)]) for one in waiting if str(one.picture_id) in found}
    organisation = known[0].organisation_id
    sites.rewrite_entries(organisation, [one.entry_id for one in waiting], lambda document: settle(document, found, gone))
    sites.bring_pictures(organisation, pictures)
    _lead(organisation, known)
    _forget(waiting, known)
    if len(waiting) < 200:
        BroughtFile.objects.filter(pk__in=[one.pk for one in known]).update(settled=True)
    return True


def _lead(organisation: int, known: Sequence[BroughtFile]) -> None:
    """Where a file of the old site was, it is found still, once its domain is this site's."""
    here = {str(one.item_id): one for one in known if one.item_id}
    sources = dict(WordpressRun.objects.filter(pk__in={one.run_id for one in known}).values_list("pk", "source"))
    names = list(here)
    places = {name: one.src for name, one in media.shown_files(names, "es").items()}
    places |= {name: one.src for name, one in media.shown_pictures(names, "es").items()}
    targets = {
        path: f"{settings.ORIGIN}{place}"
        for name, place in places.items()
        if (path := old_path(here[name].address, sources.get(here[name].run_id, "")))
    }
    sites.bring_redirects(organisation, {}, targets, at=now())


def _forget(waiting: Sequence[Brought], known: Sequence[BroughtFile]) -> None:
    done = {one.pk for one in known}
    for one in waiting:
        one.waits = [file for file in one.waits if file not in done]
    Brought.objects.bulk_update(waiting, ["waits"], batch_size=200)
