"""Templates that the vertical brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from oportuno.growth.campaigns.models import Channel
from oportuno.kernel.content import Document


@dataclass(frozen=True)
class Template:
    """How a campaign of one sort begins, in one language. `text` is a text message's."""

    slug: str
    title: str
    hint: str
    subject: str
    preheader: str
    document: Document
    channel: str = Channel.EMAIL
    text: str = ""


Templates = Callable[[str], Sequence[Template]]
_sources: list[Templates] = []


def connect_templates(templates: Templates) -> None:
    """Who knows the vertical's templates, by language ("es" or "en"). Called in config.wiring."""
    _sources[:] = [templates]


def templates(language: str, channel: str = "") -> list[Template]:
    """Those of the vertical, in its order."""
    spoken = "en" if language.startswith("en") else "es"
    return [one for source in _sources for one in source(spoken) if not channel or one.channel == channel]


def template_of(slug: str, language: str) -> Template | None:
    return next((one for one in templates(language) if one.slug == slug), None)
