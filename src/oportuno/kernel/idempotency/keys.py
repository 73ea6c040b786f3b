"""Doing something once per key. Keys are kept seven days (reliability goal E4)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.idempotency.models import IdempotencyKey

KEPT = timedelta(days=7)
LONGEST_KEY = 200


@dataclass(frozen=True)
class Answer:
    """What was answered: enough to give it again, byte for byte. `keep`: it is to be done once; a download may come again."""

    status: int
    headers: dict[str, str]
    body: bytes
    replayed: bool = False
    keep: bool = True


def once(*, scope: str, key: str, request: bytes, at: datetime, do: Callable[[], Answer], undo: bool = True) -> Answer:
    """Answer with `do()` the first time, and with the kept answer after that.

    The key row, the effect and the answer commit together; a second request with the same key waits for the first.
    `scope` is who + where (organisation, person, route). Raises Conflict when the same key comes with another request.
    A refused or failed request is not kept: it may be tried again with the same key. With `undo`, what it did until then is undone.
    """
    if not key or len(key) > LONGEST_KEY:
        raise Refusal(_("The Idempotency-Key must have 1 to 200 characters."))
    digest = hashlib.sha256(request).digest()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO idempotency_key (scope, key, request_digest, headers, body, at) VALUES (%s, %s, %s, '{}', '', %s)"
                " ON CONFLICT (scope, key) DO NOTHING",
                [scope, key, digest, at],
            )
            first = cursor.rowcount == 1
        if not first:
            return _kept(scope, key, digest)
        answer = do()
        mine = IdempotencyKey.objects.filter(scope=scope, key=key)
        if answer.status < 400 and answer.keep:
            mine.update(status=answer.status, headers=answer.headers, body=answer.body)
        elif undo and answer.keep:
            transaction.set_rollback(True)
        else:
            mine.delete()
        return answer


def forget_old(at: datetime) -> int:
    """Remove keys older than seven days; how many."""
    return IdempotencyKey.objects.filter(at__lt=at - KEPT).delete()[0]


def _kept(scope: str, key: str, digest: bytes) -> Answer:
    kept = IdempotencyKey.objects.get(scope=scope, key=key)
    if bytes(kept.request_digest) != digest:
        raise Conflict(_("This key was used for another request. Send a new one."))
    return Answer(kept.status or 200, kept.headers, bytes(kept.body), replayed=True)
