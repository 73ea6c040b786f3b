"""The card that says for whom what follows is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Annotated, Literal
from uuid import UUID

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from pydantic import StringConstraints

from oportuno.growth.campaigns.queries.fields import field_names
from oportuno.growth.campaigns.queries.news import NewsCard
from oportuno.growth.campaigns.queries.parts import choices_of_segments, named_segments
from oportuno.growth.campaigns.rules.readers import EVERYBODY, WHOM, Condition, conditions_of, holds, read_condition
from oportuno.kernel.content import Block, Document, Kind, Need, Part
from oportuno.kernel.content.rendering.page import Page
from oportuno.kernel.isolation import acting, acting_organisation
from oportuno.people.audience import api as audience
from oportuno.people.organisations.api import Organisation

Whom = Annotated[str, StringConstraints(pattern=WHOM)]


class ForWhom(Block):
    """What follows is only for those: everybody again, who has a field filled in, who is in a segment, or (with a minus) who has or is not."""

    type: Literal["for_whom"] = "for_whom"
    whom: Whom

    def needs(self) -> Iterator[Need]:
        yield ("reader", self.whom)


def shown_readers(names: Sequence[str], language: str) -> Mapping[str, str]:
    """Each condition in words, for the editor; only where an organisation is acted for."""
    if acting().organisation is None:
        return {}
    asked = {name: _read(name) for name in names}
    fields = field_names()
    segments = named_segments([one.of for one in asked.values() if one and one.kind == "segment"])
    return {name: words_of(one, fields, segments) for name, one in asked.items()}


def words_of(one: Condition | None, fields: Mapping[str, str], segments: Mapping[UUID, str]) -> str:
    if one is None:
        return _("For everybody")
    if one.kind == "field":
        name = fields.get(one.of, one.of)
        return (_("Only for who lacks: %(name)s") if one.not_ else _("Only for who has: %(name)s")) % {"name": name}
    if one.kind == "topic":
        known = dict(topics())
        name = ", ".join(known.get(slug, slug) for slug in one.of.split("+"))
        return (_("Not for who chose: %(name)s") if one.not_ else _("Only for who chose: %(name)s")) % {"name": name}
    name = segments.get(UUID(one.of), _("a segment that is gone"))
    return (_("Only for who is not in: %(name)s") if one.not_ else _("Only for who is in: %(name)s")) % {"name": name}


def choices_of_readers() -> list[dict[str, str]]:
    """What the card may be given: everybody again, each field, each segment, and their opposites."""
    fields, segments = field_names(), dict(choices_of_segments())
    whoms = [
        EVERYBODY,
        *(f"{sign}field:{key}" for key in fields for sign in ("", "-")),
        *(f"{sign}segment:{one}" for one in segments for sign in ("", "-")),
        *(f"topic:{slug}" for slug, _name in topics()),
    ]
    names = {UUID(one): name for one, name in segments.items()}
    return [{"id": whom, "title": words_of(read_condition(whom), fields, names)} for whom in whoms]


def topics() -> list[tuple[str, str]]:
    """What readers of the bulletin may choose from: only where the market itself writes, for only it asks them."""
    owner = Organisation.objects.filter(pk=acting_organisation()).first()
    if owner is None or not owner.is_operator:
        return []
    return [(one.key, one.label) for one in audience.topics_of_bulletin(get_language() or "es-co")]


def whoms_in(document: Document) -> list[str]:
    """Those of its own level: inside of columns the card means nothing."""
    return [one.whom for one in document.blocks if isinstance(one, ForWhom)]


def blocks_for(document: Document, mask: int) -> Document:
    """What one sort of readers gets."""
    conditions, current, kept = conditions_of(whoms_in(document)), None, []
    for block in document.blocks:
        if isinstance(block, ForWhom):
            current = read_condition(block.whom)
        elif current is None or holds(current, conditions, mask):
            kept.append(block)
    return Document(blocks=tuple(kept))


def speaks_to(document: Document, mask: int) -> bool:
    """Whether anything of it is left for one sort of readers. Of what tells news, a piece of news."""
    left = blocks_for(document, mask).blocks
    if any(isinstance(one, NewsCard) for one in document.blocks):
        return any(isinstance(one, NewsCard) for one in left)
    return bool(left) or not document.blocks


def for_whom_html(one: ForWhom, page: Page) -> str:
    words = page.shown("reader", one.whom)
    return f'<p class="for-whom">{escape(words)}</p>' if words else ""


def nothing(one: ForWhom, page: Page) -> str:
    return ""


def _read(name: str) -> Condition | None:
    try:
        return read_condition(name)
    except ValueError:
        return None


KINDS = [
    Kind(
        ForWhom, for_whom_html, nothing, nothing, pgettext_lazy("editor", "For whom"), "users",
        (
            Part(
                "whom", "pick", pgettext_lazy("editor", "What follows is for"), required=True, of="reader",
                hint=pgettext_lazy("editor", "Until the next card of this kind."),
            ),
        ),
    )
]  # fmt: skip
