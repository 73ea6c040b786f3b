"""The one style sheet of a site's pages: our own sheets, then its theme. Under the digest of its content, so that browsers keep it for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from oportuno.kernel.ui.sheets import joined
from oportuno.offer.sites.queries.themes.shipped import common_files, common_fonts
from oportuno.offer.sites.rules.themes.colours import is_dark
from oportuno.offer.sites.rules.themes.compiling import Compiled, Source, compiled
from oportuno.offer.sites.rules.themes.look import Look

OURS = (
    "ui/tokens.css",
    "ui/base.css",
    "ui/components/actions.css",
    "ui/components/forms.css",
    "ui/components/feedback.css",
    "content/content.css",
    "sites/site.css",
    "sites/reading.css",
    "sites/lists.css",
    "sites/voices.css",
    "sites/forms.css",
    "sites/blocks.css",
)
MOST_KEPT = 4_096
"""Looks of sites whose digests a process remembers; of these the newest also with their text."""
MOST_SHEETS = 64


@dataclass(frozen=True, slots=True)
class Worn:
    """What a page needs to know of its look. `ground`: light or dark where it is always the same, "" where the reader's device decides."""

    digest: str
    classes: str
    ground: str
    preload: tuple[str, ...]


SOURCES: dict[str, Source] = {}
"""Themes that this process has met, by digest. A digest never means another theme."""


@lru_cache(maxsize=MOST_KEPT)
def worn(digest: str, look: str) -> Worn:
    """What a page says of its look. `digest` of a theme in SOURCES; `look` as JSON."""
    made = drawn(SOURCES[digest], Look.model_validate_json(look))
    ground = "" if made.scheme == "auto" and made.dark else "dark" if is_dark((made.dark or made.light).ground) else "light"
    return Worn(hashlib.sha256(_whole(made).encode()).hexdigest()[:20], made.layout.classes, ground, made.preload)


@lru_cache(maxsize=MOST_SHEETS)
def sheet(digest: str, look: str) -> str:
    """The style sheet itself."""
    return _whole(drawn(SOURCES[digest], Look.model_validate_json(look)))


def drawn(source: Source, look: Look) -> Compiled:
    """A theme with a site's choices, and the fonts that anybody may choose."""
    return compiled(Source(source.theme, source.variations, {**common_files(), **source.files}), look, common_fonts())


def _whole(made: Compiled) -> str:
    return f"{_ours()}\n{made.css}"


def _ours() -> str:
    return _read_ours() if not settings.DEBUG else _read_ours.__wrapped__()


@lru_cache(maxsize=1)
def _read_ours() -> str:
    return joined(OURS)
