"""Links that show an entry before it is published, to whoever has them, for a week."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from oportuno.kernel.errors import NotFound
from oportuno.offer.sites.models import Entry

SALT = "sites.preview"
LASTS = timedelta(days=7)


def preview_address(entry: Entry, *, at: datetime) -> str:
    """A path of the market. Made anew every day, so that it may be sent today and opened next week."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    token = signing.dumps([entry.organisation_id, entry.pk.hex, int((day + LASTS + timedelta(days=1)).timestamp())], salt=SALT)
    return f"/previo/{token}/"


def previewed(token: str, *, at: datetime) -> tuple[int, UUID]:
    """(organisation, entry). Raises NotFound for a link that is not ours or too old."""
    try:
        organisation, entry, until = signing.loads(token, salt=SALT)
        if at.timestamp() > until:
            raise NotFound
        return int(organisation), UUID(entry)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound from None
