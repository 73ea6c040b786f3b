"""Front door of public forms in apps above: what a request tells about who sends it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from oportuno.kernel.clock import now
from oportuno.people.audience.actions.capturing import Circumstances
from oportuno.people.audience.actions.visiting import keep_pace

COOKIE, CHOICE = "visitor", "notice"  # who the visitor is, if he agreed; and what he chose
ACCEPTED, REFUSED = "yes", "no"


def circumstances(request: HttpRequest, how: str) -> Circumstances:
    """What evidence keeps of a request."""
    return Circumstances(
        how=how,
        language=language_of(request),
        address=network_of(request),
        agent=request.headers.get("User-Agent", "")[:300],
        visitor=visitor_of(request),
    )


def language_of(request: HttpRequest) -> str:
    return get_language() or "es-co"


def network_of(request: HttpRequest) -> str | None:
    """The address the request came from, behind as many proxies as the settings trust; None when there is none."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None


def visitor_of(request: HttpRequest) -> UUID | None:
    """Who the visitor is, if he agreed to be recognised and did not take it back."""
    if request.COOKIES.get(CHOICE) != ACCEPTED:
        return None
    try:
        return UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None


def voter_of(request: HttpRequest, what: str) -> str:
    """Tells one reader from another for this one thing, and names nobody: who she is if she said so, else where she comes from."""
    known = request.user.pk if request.user.is_authenticated else visitor_of(request)
    who = str(known) if known else f"{network_of(request)} {request.headers.get('User-Agent', '')[:300]}"
    return salted_hmac("sites.voter", f"{what} {who}", algorithm="sha256").hexdigest()


def pace_forms(request: HttpRequest, form: str) -> None:
    """Twenty submissions of a form from one network in ten minutes: a whole office may be behind one address."""
    keep_pace(form, network_of(request) or "nowhere", limit=20, within=timedelta(minutes=10), at=now())


def verified_addresses(request: HttpRequest) -> list[str]:
    """The e-mail addresses that the signed-in person has proved; none for a stranger."""
    if not request.user.is_authenticated:
        return []
    return [a.lower() for a in EmailAddress.objects.filter(user=request.user, verified=True).values_list("email", flat=True)]
