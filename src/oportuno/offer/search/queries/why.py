"""Why a result is where it is, in a few short words of the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.kernel.formats import distance, locale_of
from oportuno.offer.search.queries.asking import Query
from oportuno.offer.search.rules.scoring import KEYWORDS, SUBTITLE, TITLE, Match, Scored

MOST = 4


def why(row: dict[str, Any], query: Query, scored: Scored | None, metres: float | None) -> tuple[str, ...]:
    """At most four reasons, the strongest first."""
    found = _words(scored) if scored else []
    if metres is not None:
        found.append(_("%(distance)s away") % {"distance": distance(metres, locale_of(get_language() or query.language))})
    if row["certified"]:
        found.append(_("certified"))
    return tuple(dict.fromkeys(found))[:MOST]


def _words(scored: Scored) -> list[str]:
    found: list[str] = []
    if any(match.variant.via == "code" for match in scored.matches):
        found.append(_("its code is what you typed"))
    by_field: dict[int, list[str]] = {}
    for match in scored.matches:
        if match.variant.via not in ("code", "synonym"):
            by_field.setdefault(match.field, []).append(_said(match))
    found += [_where(field) % {"words": " ".join(dict.fromkeys(words))} for field, words in sorted(by_field.items())]
    for match in scored.matches:
        if match.variant.via == "synonym":
            found.append(
                _("“%(found)s” is another word for “%(asked)s”") % {"found": match.variant.shown, "asked": " ".join(match.term.words)}
            )
    return found


def _where(field: int) -> str:
    if field == TITLE:
        return _("the title has “%(words)s”")
    if field == KEYWORDS:
        return _("sold as “%(words)s”")
    return _("the summary has “%(words)s”") if field == SUBTITLE else _("the text has “%(words)s”")


def _said(match: Match) -> str:
    return match.variant.shown or " ".join(match.term.words)
