"""Style sheets joined into one, under the digest of what is in it: a page waits for one file, and browsers keep it for ever.

A page that waits for a dozen is drawn a second later on a phone.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from oportuno.kernel.errors import Broken, NotFound
from oportuno.kernel.policies import open_to_all

EVERY_PAGE = (
    "vendor/fonts.css",
    "ui/tokens.css",
    "ui/base.css",
    "ui/components/actions.css",
    "ui/components/forms.css",
    "ui/components/lists.css",
    "ui/components/feedback.css",
    "ui/components/figures.css",
    "ui/components/shop.css",
    "ui/components/settings.css",
    "ui/components/tasks.css",
)
FACES = {
    "market": (*EVERY_PAGE, "ui/market.css", "ui/components/marketplace.css"),
    "desk": (*EVERY_PAGE, "ui/desk.css"),
}
FOR_EVER = "public, max-age=31536000, immutable"
SOON = "public, max-age=60"
COMMENT = re.compile(r"/\*.*?\*/", re.S)
SPACE = re.compile(r"\n\s*")
BESIDE = re.compile(r"""url\("(?![a-z]+:|/|#)([^"]+)"\)""")
"""An address that means something beside the file it stands in, and nothing where that is joined to others."""


class Sheet(NamedTuple):
    """The style sheet of a face, and what tells it from older ones."""

    digest: str
    text: str


def sheet(face: str) -> Sheet:
    """Read once; anew for each page while somebody works on it."""
    return _sheet(face) if not settings.DEBUG else _sheet.__wrapped__(face)


def joined(names: Sequence[str]) -> str:
    """These files, without comments and line breaks. Raises Broken when one is not there."""
    return "\n".join(_read(name) for name in names)


@require_safe
@open_to_all("how every page looks")
def style_sheet(request: HttpRequest, face: str, digest: str) -> HttpResponse:
    """GET /estilos/<face>.<digest>.css: for ever under its own digest; under an older one, what is true now, for a minute."""
    if face not in FACES:
        raise NotFound
    found = sheet(face)
    return sheet_response(found.text, is_newest=digest == found.digest)


def sheet_response(text: str, *, is_newest: bool) -> HttpResponse:
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER if is_newest else SOON
    return response


@lru_cache(maxsize=len(FACES))
def _sheet(face: str) -> Sheet:
    text = joined(FACES[face])
    return Sheet(hashlib.sha256(text.encode()).hexdigest()[:20], text)


def _read(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise Broken(f"The style sheet {name} is not there.")
    text = SPACE.sub(" ", COMMENT.sub("", Path(found).read_text("utf-8"))).strip()
    folder = posixpath.dirname(name)
    return BESIDE.sub(lambda one: f'url("{static(posixpath.normpath(posixpath.join(folder, one[1])))}")', text)
