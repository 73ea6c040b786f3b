"""A form that is sent twice, by a second press or by a browser that tries again, has one effect (goal E4).

Its key comes from `{% once_key %}`, fresh with every page. The same key with other words is another request: somebody went
back and corrected what he had written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from oportuno.kernel.clock import now
from oportuno.kernel.idempotency.keys import LONGEST_KEY, Answer, once

FIELD = "idempotency_key"
NOT_SAID = (FIELD, "csrfmiddlewaretoken")
WHERE_TO = ("Location", "HX-Redirect", "HX-Location")


def sent_once(request: HttpRequest, who: str, do: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Let the view answer the first time; afterwards lead to where it led, without its effect. `who` is a person, or nobody.

    Only where it led is kept, no words: they may be personal. What was refused may be sent again.
    """
    key = request.POST.get(FIELD, "") if request.method == "POST" else ""
    if not key or len(key) > LONGEST_KEY // 2 or not key.isprintable():
        return do()
    answered: list[HttpResponseBase] = []

    def answer() -> Answer:
        response = do()
        answered.append(response)
        where = {name: response[name] for name in WHERE_TO if name in response}
        return Answer(response.status_code, where, b"", keep=not (response.streaming or "Content-Disposition" in response))

    said = _said(request)
    kept = once(scope=f"form:{who}:{request.path}", key=f"{key}:{said.hex()}", request=said, at=now(), do=answer, undo=False)
    return answered[0] if answered else _again(request, kept)


def _said(request: HttpRequest) -> bytes:
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_SAID)
    files = sorted((name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent)
    return hashlib.blake2b(repr((fields, files)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _again(request: HttpRequest, kept: Answer) -> HttpResponse:
    """What leads to the same page: where the first answer led, or the page the form stands on, made anew."""
    if kept.headers:
        return HttpResponse(status=kept.status, headers=kept.headers)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(came_from if ours else "/")
