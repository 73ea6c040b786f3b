"""The link that shows its owner what is kept under an address: signed, for a day, and for nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.people.audience.actions.visiting import keep_pace
from oportuno.people.audience.models import Identity
from oportuno.people.audience.queries import ports
from oportuno.people.audience.queries.forgotten import digest_of
from oportuno.people.audience.rules.addresses import Given
from oportuno.people.organisations.api import market_operator

SALT = "audience.own_data"
VALID = timedelta(hours=24)
MOST_A_DAY = 5  # mails to one address that somebody else may have typed


def send_own_link(*, email: Given, language: str, at: datetime) -> bool:
    """Mail the owner of the address the way to what is kept of him; nobody hears of it, and no mail goes out, when nothing is.

    False when no mail was written. Raises TooMany, known or not, when it was asked for too often today.
    """
    keep_pace("own data", email.key, limit=MOST_A_DAY, within=timedelta(days=1), at=at)
    with for_market("somebody asks what the organisations of the market keep under an address"):
        known = Identity.objects.filter(kind="email", key=email.key, shared=False).exists()
    if not known:
        return False
    operator = market_operator()
    with for_organisation(operator.pk):
        return ports.post()(
            template="audience/mail/own_data.txt", to=email.key, organisation=operator.pk,
            context={"market": operator.name, "link": own_link_for(email.key, language, at), "origin": settings.ORIGIN},
            language=language, key=f"{_key(operator.pk, email.key)}{at:%Y-%m-%dT%H:%M}", at=at, secret=True,
        )  # fmt: skip


def forget_own_links(email: str) -> None:
    """The market's mails with the way to her data, when nothing is left to see there. Mail of others is theirs to forget, when she asks them."""
    operator = market_operator().pk
    ports.forget_mail(operator, email, _key(operator, email))


def _key(operator: int, email: str) -> str:
    """How the keys of these mails begin, of all that went to one address."""
    return f"own data:{digest_of(operator, 'email', email)[:40]}:"


def own_link_for(email: str, language: str, at: datetime) -> str:
    """The whole address, in the reader's language; never made from a request (threat T06)."""
    token = signing.dumps([email, int(at.timestamp())], salt=SALT, compress=False)
    with translation.override(language):
        return settings.ORIGIN + reverse("audience:own-data", args=[token])


def read_own_link(token: str, at: datetime) -> str:
    """The address whose owner holds the link. Raises NotFound for one that we did not sign, or not within a day."""
    try:
        email, signed = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise NotFound from None
    if at.timestamp() - signed > VALID.total_seconds():
        raise NotFound
    return str(email)
