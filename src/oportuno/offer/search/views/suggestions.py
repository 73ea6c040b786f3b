"""Suggestions while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.kernel.policies import public
from oportuno.offer.search.queries.answers import Suggestion
from oportuno.offer.search.queries.suggesting import suggest

LINES = 8
KEPT = 60  # seconds that a browser may keep an answer


@require_safe
@public
def suggestions(request: HttpRequest) -> JsonResponse:
    """`[{"label", "url", "hint"}]` to `?q=`. Without JavaScript nobody asks; the form searches by itself."""
    found = suggest(request.GET.get("q", "")[:80], LINES, language=get_language() or "es")
    response = JsonResponse([_line(request, one) for one in found], safe=False)
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["Vary"] = "Accept-Language, Cookie"
    return response


def _line(request: HttpRequest, one: Suggestion) -> dict[str, str]:
    hints = {"product": one.detail, "seller": _("seller"), "content": _("to read"), "category": _("category")}
    market = f"{reverse('search:suggestions').removesuffix('sugerencias/')}?{urlencode({'q': one.text})}"
    return {"label": one.text, "url": one.url or market, "hint": hints.get(one.kind, "")}
