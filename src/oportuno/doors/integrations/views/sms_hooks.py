"""What gateways for texts tell us: what became of one, and what its reader answered."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from oportuno.doors.integrations.providers.sms import configured
from oportuno.doors.integrations.providers.sms.kannel import knows_us
from oportuno.doors.integrations.providers.sms.kannel import read_report as of_kannel
from oportuno.doors.integrations.providers.sms.twilio import is_signed
from oportuno.doors.integrations.providers.sms.twilio import read_report as of_twilio
from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import open_to_all
from oportuno.people.messaging.api import gateways, take_answer, take_report

EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@never_cache
@require_GET
@open_to_all("Kannel tells what became of a text; its address carries a token that we signed")
def kannel_report(request: HttpRequest, token: str) -> HttpResponse:
    try:
        report = of_kannel(token, request.GET.dict())
    except gateways.Forged:
        raise NotFound from None
    take_report(report, now())
    return HttpResponse("", content_type="text/plain")


@never_cache
@require_GET
@open_to_all("Kannel tells what somebody answered to a text; its address carries a token that we signed")
def kannel_answer(request: HttpRequest, token: str) -> HttpResponse:
    if not knows_us(token):
        raise NotFound
    sender = "+" + request.GET.get("from", "").lstrip("+0 ")
    take_answer(sender=sender[:20], text=request.GET.get("text", "")[:500], at=now())
    return HttpResponse("", content_type="text/plain")


@csrf_exempt  # Twilio signs what it posts
@never_cache
@require_POST
@open_to_all("Twilio tells what became of a text; it signs with the account's token")
def twilio_report(request: HttpRequest, message: UUID) -> HttpResponse:
    _signed_by_twilio(request)
    take_report(of_twilio(str(message), request.POST.dict()), now())
    return HttpResponse("", content_type="text/plain")


@csrf_exempt  # Twilio signs what it posts
@never_cache
@require_POST
@open_to_all("Twilio tells what somebody answered to a text; it signs with the account's token")
def twilio_answer(request: HttpRequest) -> HttpResponse:
    _signed_by_twilio(request)
    take_answer(sender=request.POST.get("From", "")[:20], text=request.POST.get("Body", "")[:500], at=now())
    return HttpResponse(EMPTY_TWIML, content_type="text/xml")


def _signed_by_twilio(request: HttpRequest) -> None:
    """Raises NotFound when it is not: nobody learns what a good signature would be. The address is ours, never the request's."""
    gateway = configured()
    claimed = request.headers.get("X-Twilio-Signature", "")
    if gateway.kind != "twilio" or not is_signed(gateway.password, settings.ORIGIN + request.get_full_path(), request.POST.dict(), claimed):
        raise NotFound
