"""What a bulletin's tracked addresses answer: a picture of one point, or the way to where a link leads. Both at once."""

from __future__ import annotations

import base64
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.pages import page
from oportuno.people.messaging.actions.visiting import BUFFER
from oportuno.people.messaging.queries.tracked import address_of, meant_by
from oportuno.people.messaging.rules.bulk.tracking import PICTURE
from oportuno.people.messaging.rules.visits import alone

POINT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@never_cache
@require_safe
@open_to_all("whoever holds a link of a bulletin; it leads where our own table says, and nowhere else")
def click(request: HttpRequest, token: str) -> HttpResponse:
    """On to the address that stands in our table. What we did not sign, or what is gone, gets a calm page."""
    found = meant_by(token)
    address = address_of(found[1]) if found else ""
    if found is None or not address:
        return page(request, "messaging/lost_link.html", {}, status=404)
    _count(request, *found)
    answer = HttpResponse(status=302)
    answer["Location"] = address
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@never_cache
@require_safe
@open_to_all("the picture of a bulletin; it is the same for everybody, and tells nobody anything")
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """A picture of one point, for whatever token."""
    found = meant_by(token)
    if found and found[1] == PICTURE:
        _count(request, *found)
    return HttpResponse(POINT, content_type="image/gif")


def _count(request: HttpRequest, message: UUID, link: UUID) -> None:
    """Nothing of who asked is kept. Whoever asks not to be followed (Global Privacy Control) is not counted."""
    if request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1":
        return
    why = alone(method=str(request.method), headers=request.headers, is_picture=link == PICTURE)
    BUFFER.put((message, link, why, now()))
