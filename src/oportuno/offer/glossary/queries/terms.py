"""The glossary as anybody reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from oportuno.kernel.errors import NotFound
from oportuno.kernel.isolation import for_public
from oportuno.offer.glossary.models import Term
from oportuno.offer.glossary.queries.addresses import address_of, whole_address_of
from oportuno.offer.glossary.rules.naming import naming
from oportuno.offer.glossary.rules.said import Language, bare

PAGE = 100
MOST_FOUND = 60
MARK = "termino-"
"""Before a term's identity, where search tells what it found."""
Credit = tuple[str, str]
"""Who proposed it, and where that seller is read."""
Sectors = Callable[[str], list[tuple[str, str]]]
_credits: list[Callable[[int], Credit | None]] = []
_sectors: list[Sectors] = []


@dataclass(frozen=True)
class Listed:
    """A term as lists show it."""

    slug: str
    name: str
    line: str
    sort: str
    letter: str


@dataclass(frozen=True)
class ShownTerm:
    """What the block `term` shows. `href` is whole."""

    title: str
    meaning: str
    href: str = ""


def connect(*, credits: Callable[[int], Credit | None], sectors: Sectors) -> None:
    """Who of those who proposed terms may be named; the vertical's sectors (slug, title) in a language. Called in config.wiring."""
    _credits[:], _sectors[:] = [credits], [sectors]


def credit_of(term: Term) -> Credit | None:
    """Who proposed it, while the market shows that seller."""
    return _credits[0](term.credited_id) if term.credited_id and _credits else None


def sectors(language: str) -> list[tuple[str, str]]:
    """Those of the vertical: slug and title."""
    return _sectors[0](language) if _sectors else []


def readable(language: Language) -> QuerySet[Term]:
    """What anybody reads in a language."""
    return Term.objects.filter(published=True).exclude(**{f"name_{language}": ""}).exclude(**{f"line_{language}": ""})


def count(language: Language) -> int:
    return readable(language).count()


def letters(language: Language) -> list[str]:
    """Those under which something stands, ñ after n and what begins with no letter last."""
    found = set(readable(language).values_list(f"letter_{language}", flat=True).distinct())
    return [one for one in [*"abcdefghijklmnñopqrstuvwxyz", "#"] if one in found]


def under(letter: str, language: Language, *, after: str = "", limit: int = PAGE) -> list[Listed]:
    """Terms under a letter, in order; `after` the `sort` and slug of the last of the page before, with a bar between."""
    rows = readable(language).filter(**{f"letter_{language}": letter}) if letter else readable(language)
    sort, _, slug = after.partition("|")
    if sort:
        rows = rows.filter(Q(**{f"sort_{language}__gt": sort}) | Q(**{f"sort_{language}": sort, "slug__gt": slug}))
    return _listed(rows.order_by(f"sort_{language}", "slug")[:limit], language)


def found(words: str, language: Language, *, limit: int = MOST_FOUND) -> list[Listed]:
    """Terms whose names hold the words, those that begin with them first, then those whose line does."""
    sought = " ".join(words.split())[:80]
    if not sought:
        return []
    plain = bare(sought)
    rows = readable(language).annotate(lower_line=Lower(f"line_{language}"))
    named = rows.filter(Q(**{f"sort_{language}__contains": plain}) | Q(**{f"others_{language}__icontains": sought}))
    told = rows.filter(lower_line__contains=sought.lower())
    first = sorted(_listed(named.order_by(f"sort_{language}")[:limit], language), key=lambda one: not one.sort.startswith(plain))
    known = {one.slug for one in first}
    rest = [one for one in _listed(told.order_by(f"sort_{language}")[:limit], language) if one.slug not in known]
    return [*first, *rest][:limit]


def term_at(slug: str) -> Term:
    """Raises NotFound for what nobody may read."""
    term = Term.objects.filter(slug=slug, published=True).first()
    if term is None:
        raise NotFound
    return term


def beside(term: Term, language: Language) -> list[Listed]:
    """What it says to see also, and those that say so of it; in order."""
    rows = readable(language).filter(Q(slug__in=term.see) | Q(see__contains=[term.slug])).exclude(pk=term.pk)
    return _listed(rows.order_by(f"sort_{language}", "slug")[:24], language)


def neighbours(term: Term, language: Language) -> tuple[Listed | None, Listed | None]:
    """The term before and the one after it in the order of the alphabet."""
    at = getattr(term, f"sort_{language}")
    name = f"sort_{language}"
    before = readable(language).filter(Q(**{f"{name}__lt": at}) | Q(**{name: at, "slug__lt": term.slug})).order_by(f"-{name}", "-slug")[:1]
    after = readable(language).filter(Q(**{f"{name}__gt": at}) | Q(**{name: at, "slug__gt": term.slug})).order_by(name, "slug")[:1]
    return next(iter(_listed(before, language)), None), next(iter(_listed(after, language)), None)


def shown_terms(ids: Sequence[str], language: str) -> Mapping[str, ShownTerm]:
    """The source of the block `term`: by id, in the reader's language or else in the other."""
    spoken: Language = "en" if language.startswith("en") else "es"
    other: Language = "es" if spoken == "en" else "en"
    with for_public():
        rows = list(Term.objects.filter(pk__in=list(ids)[:200], published=True))
    return {
        str(one.pk): ShownTerm(one.name_in(its), one.line_in(its), whole_address_of(one.slug, its))
        for one in rows
        for its in [spoken if one.in_language(spoken) else other]
    }


def choices(words: str, language: Language, ids: Sequence[UUID] = ()) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """For the editor: what one may pick, and what was picked, as media's choices tell it."""
    with for_public():
        found_now = [one.slug for one in (found(words, language, limit=30) if words.strip() else under("", language, limit=30))]
        rows = {one.slug: one for one in Term.objects.filter(slug__in=found_now, published=True)}
        chosen = list(Term.objects.filter(pk__in=list(ids)[:50], published=True))
    return [_pick(rows[slug]) for slug in found_now if slug in rows], [_pick(one) for one in chosen]


def _pick(term: Term) -> dict[str, str]:
    return {"id": str(term.pk), "title": str(term), "src": ""}


def addresses() -> list[tuple[str, datetime | None]]:
    """For the map of search engines: paths of everything anybody reads, and when it changed."""
    rows = Term.objects.filter(published=True).order_by("slug").values_list("slug", "changed_at")[:50_000]
    return [(address_of(slug, "es"), at) for slug, at in rows]


def is_term(mark: str) -> bool:
    """Whether what search found is one of ours, by what follows "content:" of its key."""
    return mark.startswith(MARK)


def found_terms(marks: Collection[str]) -> dict[str, Term]:
    """What search found of ours, by its mark; what nobody may read any more is left out. Acts for the public."""
    ids = [one.removeprefix(MARK) for one in marks if is_term(one)]
    rows = Term.objects.filter(pk__in=ids, published=True).defer("body_es", "body_en") if ids else []
    return {f"{MARK}{one.pk}": one for one in rows}


def naming_of(term: Term, language: Language) -> re.Pattern[str]:
    """Finds its names in a text."""
    return naming(term.said.names(language), language)


def terms_named(slugs: Sequence[str], language: Language) -> list[Listed]:
    """These, in the order of the alphabet: the glossary at the end of a book."""
    with for_public():
        return _listed(readable(language).filter(slug__in=list(slugs)).order_by(f"sort_{language}", "slug"), language)


def _listed(rows: QuerySet[Term], language: Language) -> list[Listed]:
    names = [f"name_{language}", f"line_{language}", f"sort_{language}", f"letter_{language}"]
    return [Listed(*values) for values in rows.values_list("slug", *names)]
