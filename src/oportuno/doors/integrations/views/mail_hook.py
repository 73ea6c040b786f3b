"""Mail that a mail server hands over itself, for those who pipe it instead of keeping a mailbox; what a provider tells of ours."""

from __future__ import annotations

import hashlib
import hmac

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from oportuno.doors.integrations.providers.mail import news_in
from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import open_to_all
from oportuno.people.messaging.api import providers, take_mail, take_news

log = structlog.get_logger()
LATE = 300  # seconds that a signature is good for


@csrf_exempt  # whoever posts signs the body
@never_cache
@require_POST
@open_to_all("the market's own mail server hands over what came in; the body and the hour are signed")
def incoming(request: HttpRequest) -> HttpResponse:
    """The whole mail is the body. `X-Signature` is `sha256=` and the HMAC of "timestamp.recipient." and the body, in hex;

    `X-Timestamp` stands in seconds, `X-Recipient` (it may be empty) is the envelope's recipient.
    """
    stamp, recipient = request.headers.get("X-Timestamp", ""), request.headers.get("X-Recipient", "")
    signed = f"{stamp}.{recipient}.".encode() + request.body
    good = "sha256=" + hmac.new(settings.INTAKE_SECRET.encode(), signed, hashlib.sha256).hexdigest()
    claimed = request.headers.get("X-Signature", "")
    in_time = stamp.isascii() and stamp.isdigit() and abs(now().timestamp() - int(stamp[:12])) <= LATE
    if not settings.INTAKE_SECRET or not in_time or not hmac.compare_digest(good.encode(), claimed.encode("utf-8", "replace")):
        raise NotFound
    take_mail(request.body, recipients=[recipient] if recipient else (), at=now())
    return HttpResponse("", content_type="text/plain", status=202)


@csrf_exempt  # the provider proves who it is
@never_cache
@require_POST
@open_to_all("the provider tells what became of our mail; it proves itself with a secret of the market's")
def told(request: HttpRequest) -> HttpResponse:
    """Bounces, complaints, receipts. Whoever proves nothing learns nothing; proved nonsense is not asked for again."""
    try:
        news = news_in(request)
    except providers.Forged:
        raise NotFound from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("a provider tells what nobody understands", problem=type(error).__name__)
        news = []
    for one in news:
        take_news(one, now())
    return HttpResponse("", content_type="text/plain")
