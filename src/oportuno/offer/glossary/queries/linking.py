"""Documents lead to the glossary by themselves: one matcher a language, kept until a term changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from html import escape
from threading import Lock
from typing import Annotated, Any, Literal

from django.db.models import Count
from django.utils.translation import pgettext_lazy
from pydantic import StringConstraints

from oportuno.kernel.content import Block, Document, Kind, Part
from oportuno.kernel.isolation import for_public
from oportuno.kernel.isolation.context import acting
from oportuno.kernel.moments import Moments
from oportuno.offer.glossary.models import Term
from oportuno.offer.glossary.queries.addresses import whole_address_of
from oportuno.offer.glossary.rules.matching import Entry, Matcher, compiled, linked
from oportuno.offer.glossary.rules.said import Language
from oportuno.offer.glossary.rules.wording import words_of

Stamp = tuple[Any, ...]
_stamps: Moments[Stamp] = Moments(seconds=0.5, most=1)
"""Together with a page that is kept for four seconds this stays below the five that are promised."""
_kept: dict[Language, tuple[Stamp, Matcher]] = {}
_lock = Lock()


class Links(Block):
    """What this document does about the glossary. Shows nothing. `no`: it links no words; `never`: names with commas between, not linked."""

    type: Literal["glossary"] = "glossary"
    no: bool = False
    never: Annotated[str, StringConstraints(max_length=500)] = ""


def _nothing(block: Links, page: object) -> str:
    return ""


LINKS = Kind(
    Links, _nothing, _nothing, _nothing, pgettext_lazy("editor", "Links to the glossary"), "book",
    (
        Part("no", "yes", pgettext_lazy("editor", "Link no words in this piece")),
        Part("never", "line", pgettext_lazy("editor", "Words that stay without a link"), hint=pgettext_lazy("editor", "With commas between them. This card shows nothing to readers.")),
    ),
    plain=True,
)  # fmt: skip


def linked_html(drawn: str, document: Document, language: str) -> str:
    """What was drawn of a document, with the first mention of each term as a link to its entry. One quick query."""
    spoken: Language = "en" if language.startswith("en") else "es"
    wishes = [block for block in document.every() if isinstance(block, Links)]
    if not drawn or any(one.no for one in wishes):
        return drawn
    matcher = matcher_of(spoken)
    return linked(drawn, matcher, _link, without=_left_alone(matcher, wishes))


def stamp_of(language: str) -> Stamp:
    """Another one whenever links may lead elsewhere."""
    return _stamps.get("terms", _stamp)


def matcher_of(language: Language) -> Matcher:
    """Of everything that anybody may read in this language."""
    stamp = stamp_of(language)
    found = _kept.get(language)
    if found is None or found[0] != stamp:
        with _lock:
            found = _kept.get(language)
            if found is None or found[0] != stamp:  # whoever waited here finds what the first one compiled
                found = _kept[language] = (stamp, compiled(_entries(language), language))
    return found[1]


def _stamp() -> Stamp:
    """Changes whenever a term does."""
    with _as_anybody():
        count = Term.objects.filter(published=True).aggregate(count=Count("pk"))["count"]
        newest = Term.objects.order_by("-changed_at").values_list("pk", "version", "changed_at").first() if count else None
    return (count, newest)


def _entries(language: Language) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """A name of its own wins over another's other name, an older term over a newer one."""
    fields = ("slug", f"name_{language}", f"others_{language}", f"line_{language}")
    with _as_anybody():
        shown = Term.objects.filter(published=True, linked=True).exclude(**{f"name_{language}": ""}).exclude(**{f"line_{language}": ""})
        rows = list(shown.order_by("created_at", "pk").values_list(*fields))
    entries = [(Entry(slug, name, line, whole_address_of(slug, language)), name, others) for slug, name, others, line in rows]
    yield from ((entry, (name,)) for entry, name, _ in entries)
    yield from ((entry, tuple(others)) for entry, _, others in entries if others)


def _as_anybody() -> Any:
    """A desk acts for its own organisation, and sees no rows of the market's."""
    return nullcontext() if acting().role == "public" else for_public()


def _left_alone(matcher: Matcher, wishes: list[Links]) -> set[str]:
    names = [name.strip() for one in wishes for name in one.never.split(",") if name.strip()]
    return {entry.key for name in names for _, _, entry in matcher.find(" ".join(words_of(name)))}


def _link(entry: Entry, words: str) -> str:
    """A plain link; the style sheet shows the line as a card on hover and focus."""
    return f'<a class="term-link" href="{escape(entry.href)}" data-says="{escape(entry.line)}">{words}</a>'
