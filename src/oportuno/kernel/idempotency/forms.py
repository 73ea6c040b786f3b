"""A form that is sent twice, by a second press or by a browser that tries again, has one effect (goal E4).

Its key comes from `{% once_key %}`, fresh with every page. The same key with other words is another request: somebody went
back and corrected what he had written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from oportuno.kernel.clock import now
from oportuno.kernel.idempotency.keys import LONGEST_KEY, Answer, once

FIELD = "idempotency_key"
NOT_SAID = (FIELD, "csrfmiddlewaretoken")
WHERE_TO = ("Location", "HX-Redirect", "HX-Location")
SESSION, HANDED_OVER = "session", 120  # seconds in which a second press still gets the first one's session


def sent_once(request: HttpRequest, who: str, do: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Let the view answer the first time; afterwards lead to where it led, without its effect. `who` is a person, or nobody.

    Only where it led is kept, no words: they may be personal. What was refused may be sent again.
    """

    def kept(response: HttpResponseBase) -> Answer:
        return Answer(response.status_code, _led(response), b"", keep=not (response.streaming or "Content-Disposition" in response))

    return _pressed(request, who, do, kept, _again)


def entered_once(request: HttpRequest, do: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The same for a form that lets somebody in or changes how she gets in, which leaves her with another session.

    The browser keeps the last answer's cookies, so the second press must lead to the session that the first one began. Who
    pressed is told by the browser's CSRF cookie, which a page with a form always sets. Whatever led nowhere was refused.
    """
    browser = request.META.get("CSRF_COOKIE", "")
    if not browser:
        return do()

    def kept(response: HttpResponseBase) -> Answer:
        led = _led(response)
        if led and request.session.modified:
            request.session.save()  # now, with the key of the press, and not after the second press looked for it
        return Answer(response.status_code, {**led, SESSION: _sealed(request.session.session_key)}, b"", keep=bool(led))

    return _pressed(request, hashlib.blake2b(browser.encode(), digest_size=16).hexdigest(), do, kept, _enter_again)


def _pressed(
    request: HttpRequest,
    who: str,
    do: Callable[[], HttpResponseBase],
    kept: Callable[[HttpResponseBase], Answer],
    again: Callable[[HttpRequest, Answer], HttpResponse],
) -> HttpResponseBase:
    key = request.POST.get(FIELD, "") if request.method == "POST" else ""
    if not key or len(key) > LONGEST_KEY // 2 or not key.isprintable():
        return do()
    answered: list[HttpResponseBase] = []

    def answer() -> Answer:
        answered.append(do())
        return kept(answered[0])

    said = _said(request)
    found = once(scope=f"form:{who}:{request.path}", key=f"{key}:{said.hex()}", request=said, at=now(), do=answer, undo=False)
    return answered[0] if answered else again(request, found)


def _led(response: HttpResponseBase) -> dict[str, str]:
    return {name: response[name] for name in WHERE_TO if name in response}


def _said(request: HttpRequest) -> bytes:
    """What tells one sending from another. With a key of ours: what is kept must not help to guess a password that was typed."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_SAID)
    files = sorted((name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent)
    said = repr((fields, files)).encode("utf-8", "surrogatepass")
    return salted_hmac("idempotency", said, algorithm="sha256").digest()[:16]


def _again(request: HttpRequest, kept: Answer) -> HttpResponse:
    """What leads to the same page: where the first answer led, or the page the form stands on, made anew."""
    if kept.headers:
        return HttpResponse(status=kept.status, headers=kept.headers)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(came_from if ours else "/")


def _enter_again(request: HttpRequest, kept: Answer) -> HttpResponse:
    sealed = kept.headers.pop(SESSION, "")
    try:
        key = str(signing.loads(sealed, salt=SESSION, max_age=HANDED_OVER))
    except signing.BadSignature:
        return _again(request, kept)
    if key and request.session.exists(key):
        request.session = type(request.session)(key)
        request.session.modified = True  # so that the answer sets its cookie
    return _again(request, kept)


def _sealed(session_key: str | None) -> str:
    return signing.dumps(session_key or "", salt=SESSION)
