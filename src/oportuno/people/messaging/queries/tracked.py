"""A bulletin's tracked addresses: how they are printed, and what a token that came back means."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.encoding import force_bytes

from oportuno.kernel.isolation import for_market
from oportuno.kernel.moments import Moments
from oportuno.people.messaging.models import MailFrame, MailLink
from oportuno.people.messaging.rules.bulk import Tokens, read_token, token_of, tracked_html, tracked_text
from oportuno.people.messaging.rules.bulk.tracking import TRAP

_kept: Moments[str] = Moments(seconds=60.0, most=5_000)


def tracked(frame: MailFrame) -> tuple[str, str, Tokens | None]:
    """Its text and HTML as they are printed, and what prints each reader's tokens; as they are where nothing is tracked."""
    if not frame.track:
        return frame.text, frame.html, None
    links = {
        number: (pk, address)
        for number, pk, address in MailLink.objects.filter(organisation_id=frame.organisation_id, frame=frame).values_list(
            "number", "pk", "address"
        )
    }
    numbers = {address: number for number, (_, address) in links.items() if number != TRAP}
    tokens = Tokens({number: pk for number, (pk, _) in links.items()}, force_bytes(settings.SECRET_KEY))
    return tracked_text(frame.text, numbers, frame.origin), tracked_html(frame.html, numbers, frame.origin), tokens


def meant_by(token: str) -> tuple[UUID, UUID] | None:
    """The message and the link (nil for the picture) of a token of ours."""
    return read_token(token, keys=[force_bytes(one) for one in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def token_for(message: UUID, link: UUID) -> str:
    return token_of(message, link, key=force_bytes(settings.SECRET_KEY))


def address_of(link: UUID) -> str:
    """Where a link leads, as it stands in our table; "" when it is gone. An address never changes, so it is kept for a minute."""
    return _kept.get(link, lambda: _look_up(link))


def _look_up(link: UUID) -> str:
    with for_market("a link of a bulletin is followed without knowing whose it is"):
        return MailLink.objects.filter(pk=link).values_list("address", flat=True).first() or ""
