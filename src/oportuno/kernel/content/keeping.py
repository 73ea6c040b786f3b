"""What the editor sends while one types: kept, and when is said back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal

LARGEST = 5_000_000
"""Bytes of what the editor keeps at once."""


def kept_while_typing(request: HttpRequest, keep: Callable[[Mapping[str, Any]], tuple[datetime, int]]) -> JsonResponse:
    """`keep` takes what came as JSON and answers when it was kept, and as which stroke; what is no document it may raise as it likes."""
    if len(request.body) > LARGEST:
        return JsonResponse({"detail": _("This is too long for one piece: divide it in two.")}, status=413)
    try:
        at, number = keep(json.loads(request.body))
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"detail": _("This is not a document of blocks.")}, status=422)
    return JsonResponse({"at": date_format(localtime(at), "TIME_FORMAT"), "number": number})
