"""Driving a run from where it stands to where it must wait or is done."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from oportuno.doors.integrations.models import WordpressItem, WordpressRun
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.jobs import Lease
from oportuno.kernel.packed import Unreadable
from oportuno.offer.sites import api as sites
from oportuno.people.organisations.api import Organisation

from ..rest import Pushed, pull, push
from .checking import check
from .finishing import finish
from .planning import plan
from .starting import place_for, remote_of, run_for
from .writing import write_all

State = WordpressRun.State
Progress = Callable[[WordpressRun], None]


def bring(lease: Lease, run: UUID, *, progress: Progress | None = None) -> WordpressRun:
    """Bring a run as far as it can go by itself: `ready`, or done, cancelled or failed.

    Every step is a transaction under the lease; after a crash, another call goes on behind the last one that committed.
    """
    tell = progress or (lambda _: None)
    with lease.step():
        found = run_for(run)
    try:
        if found.remote and not found.is_over:
            found = _sent(lease, found) if found.outward else _pulled(lease, found)
        if found.state == State.CHECKING:
            found = _checked(lease, found, tell)
        if found.state == State.BRINGING:
            found = _brought(lease, found, tell)
    except Unreadable as trouble:
        return _failed(lease, found, trouble)
    except Refusal as refusal:  # the other side
        if not found.remote or refusal.data.get("again"):
            raise
        return _failed(lease, found, Unreadable("remote", said=str(refusal)))
    return found


def _pulled(lease: Lease, found: WordpressRun) -> WordpressRun:
    """What a running WordPress holds becomes a file of ours; its password is forgotten."""
    with lease.step():
        path = place_for(found.pk)
    with path.open("wb") as file:
        for part in pull(remote_of(found), at=found.at):
            file.write(part)
    with lease.step():
        fresh = run_for(found.pk, lock=True)
        fresh.path, fresh.size, fresh.remote = str(path), path.stat().st_size, ""
        fresh.save(update_fields=["path", "size", "remote"])
        return fresh


def _sent(lease: Lease, found: WordpressRun) -> WordpressRun:
    """Our site goes there. When it is interrupted, all is compared again, and what stands there already is the same."""

    def tell(told: Pushed) -> None:
        with lease.step():
            WordpressRun.objects.filter(pk=found.pk).update(new=told.new, changed=told.changed, same=told.same)

    told = push(remote_of(found), found.organisation_id, tell=tell)
    with lease.step():
        fresh = run_for(found.pk, lock=True)
        fresh.new, fresh.changed, fresh.same, fresh.remote = told.new, told.changed, told.same, ""
        fresh.counts = {"sent_comments": told.comments, "sent_files": told.files, "refused": told.refused}
        if fresh.state == State.BRINGING:
            fresh.state, fresh.ended_at = State.DONE, now()
        fresh.save()
        return fresh


def _checked(lease: Lease, found: WordpressRun, tell: Progress) -> WordpressRun:
    check(lease, found, tell)
    with lease.step():
        fresh = run_for(found.pk, lock=True)
        if fresh.state == State.CHECKING:
            for name in ("version", "source", "title", "counts", "left", "new", "changed", "same", "kept", "read_items", "read_bytes"):
                setattr(fresh, name, getattr(found, name))
            fresh.state = State.READY if fresh.dry_run else State.BRINGING
            fresh.save()
        return fresh


def _brought(lease: Lease, found: WordpressRun, tell: Progress) -> WordpressRun:
    with lease.step():
        _found(found)
    if not found.planned:
        plan(lease, found)
    write_all(lease, found, tell)
    with lease.step():
        fresh = run_for(found.pk, lock=True)
        if fresh.state == State.BRINGING:
            finish(fresh, at=now())
            fresh.state, fresh.ended_at = State.DONE, now()
            fresh.save()
        return fresh


def _found(run: WordpressRun) -> None:
    """An organisation that has no site yet gets one, called as the old one was."""
    owner = Organisation.objects.get(pk=run.organisation_id)
    language = "en" if str(run.counts.get("language", "")).lower().startswith("en") else "es"
    sites.found_site(organisation=owner, title=run.title, language=language, by=run.by_id, at=now())


def _failed(lease: Lease, found: WordpressRun, trouble: Unreadable) -> WordpressRun:
    """Nothing of a file that cannot be read to its end comes in, and nothing of it is remembered but why."""
    with lease.step():
        fresh = run_for(found.pk, lock=True)
        fresh.trouble = {"code": trouble.code, "line": trouble.line, "data": dict(trouble.data)}
        fresh.new = fresh.changed = fresh.same = fresh.kept = fresh.read_items = 0
        fresh.state, fresh.ended_at, fresh.counts, fresh.left, fresh.remote = State.FAILED, now(), {}, {}, ""
        fresh.save()
        WordpressItem.objects.filter(run=fresh).delete()
        return fresh
