"""What a site is dressed in: its style sheet, and the files of its theme. The address says what is in them, so browsers keep them for ever."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from oportuno.kernel.errors import NotFound
from oportuno.kernel.policies import open_to_all
from oportuno.kernel.ui.sheets import FOR_EVER, sheet_response
from oportuno.offer.sites.queries.sites import Place
from oportuno.offer.sites.queries.themes.files import KINDS, file_path
from oportuno.offer.sites.queries.themes.finding import style_sheet as sheet_of
from oportuno.offer.sites.views.answering import of_a_site

SANDBOX = "default-src 'none'; sandbox"


@of_a_site
def style_sheet(request: HttpRequest, place: Place, digest: str) -> HttpResponse:
    """GET …/tema.<digest>.css: for ever under its own digest; under an older one, what is true now, for a minute."""
    newest, text = sheet_of(place.site.theme, place.site.look)
    return sheet_response(text, is_newest=digest == newest)


@require_safe
@open_to_all("a file of a theme is found by the digest of its content, which only style sheets tell")
def theme_file(request: HttpRequest, digest: str, kind: str) -> HttpResponseBase:
    """GET /temas/archivos/<digest>.<kind>: a font or a picture that a theme brought."""
    path = file_path(digest, kind)
    if not path.exists():
        raise NotFound
    response = FileResponse(path.open("rb"), content_type=KINDS[kind])
    response["Cache-Control"] = FOR_EVER
    response["Content-Security-Policy"] = SANDBOX
    return response
