"""The market's staff keeps the glossary."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oportuno.kernel import content
from oportuno.kernel.audit import audit
from oportuno.kernel.content.address import harmless
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.offer.glossary.actions.finding import find_terms
from oportuno.offer.glossary.facts import TermChanged, TermHidden, TermPublished, TermRemoved
from oportuno.offer.glossary.models import Term
from oportuno.offer.glossary.rules.said import (
    LANGUAGES,
    LONGEST_LINE,
    LONGEST_NAME,
    MOST_OTHERS,
    MOST_REFERENCES,
    MOST_SEE,
    Reference,
    Said,
)
from oportuno.people.organisations.api import Member


@transaction.atomic
def keep_term(
    *,
    said: Said,
    by: Member,
    at: datetime,
    slug: str = "",
    version: int | None = None,
    published: bool | None = None,
    credited: int | None = None,
) -> Term:
    """Write a term, or (`slug`) change one. `version`: what the writer saw; `published` None leaves it as it is, a new one a draft.

    Acts for the operator. Raises NotFound, Conflict (somebody was faster, or the name is taken), Refusal.
    """
    said = pointed(checked(said))
    term = _found(slug) if slug else Term(slug=_free_slug(said), created_at=at, changed_at=at, version=0)
    if slug and version is not None and term.version != version:
        raise Conflict(_("Somebody else changed this term meanwhile. Look at it again before you write over it."))
    _must_be_free(said, term)
    was = term.published
    term.take(said)
    term.published = was if published is None else published
    if term.published and not any(term.in_language(language) for language in LANGUAGES):
        raise Refusal(_("To be read by anybody it needs a name and what it means, in the same language."), field="line_es")
    term.credited_id = term.credited_id if credited is None else credited
    term.version, term.changed_at, term.changed_by_id = term.version + 1, at, by.id
    try:
        with transaction.atomic():
            term.save(force_insert=not slug)
    except IntegrityError:
        raise Conflict(_("There is a term of this name already.")) from None
    record(TermChanged(term=term.pk, by=by.id, at=at))
    if term.published != was:
        record((TermPublished if term.published else TermHidden)(term=term.pk, by=by.id, at=at))
    find_terms([term.pk])
    return term


@transaction.atomic
def remove_term(*, slug: str, by: Member, at: datetime) -> None:
    """It is gone, with what it said; others that pointed at it do so no more. Raises NotFound."""
    term = _found(slug)
    for other in Term.objects.select_for_update().filter(organisation_id=term.organisation_id, see__contains=[slug]):
        other.see = [one for one in other.see if one != slug]
        other.changed_at = at
        other.save(update_fields=["see", "changed_at"])
    record(TermRemoved(term=term.pk, by=by.id, at=at))
    audit("term.removed", at=at, by=by.id, of=term, reason=str(term))
    identity = term.pk
    term.delete()
    find_terms([identity])


def checked(said: Said) -> Said:
    """The same, tidied. Raises Refusal with one sentence."""
    parts: dict[str, Any] = {}
    for one in LANGUAGES:
        for name, most in (("name", LONGEST_NAME), ("line", LONGEST_LINE)):
            parts[f"{name}_{one}"] = _line(getattr(said, f"{name}_{one}"), most, f"{name}_{one}")
        parts[f"others_{one}"] = _others(said, one)
        parts[f"body_{one}"] = _body(getattr(said, f"body_{one}"))
    see = tuple(dict.fromkeys(one for one in said.see if one))[:MOST_SEE]
    tidy = replace(said, **parts, see=see, references=tuple(_reference(one) for one in said.references[:MOST_REFERENCES]))
    if not tidy.name:
        raise Refusal(_("Write its name."), field="name_es")
    if not slugify(tidy.name):
        raise Refusal(_("Choose another name: this one gives no usable address."), field="name_es" if tidy.name_es else "name_en")
    return tidy


def pointed(said: Said) -> Said:
    """`see` as slugs, however it was typed: names do as well. Raises Refusal for what is no term."""
    if not said.see:
        return said
    rows = Term.objects.filter(Q(slug__in=said.see) | Q(name_es__in=said.see) | Q(name_en__in=said.see)).values_list(
        "slug", "name_es", "name_en"
    )
    known = {name: slug for slug, *names in rows for name in (*names, slug) if name}
    unknown = [one for one in said.see if one not in known]
    if unknown:
        raise Refusal(_("There is no term “%s” to see also.") % unknown[0], field="see")
    return replace(said, see=tuple(dict.fromkeys(known[one] for one in said.see)))


def _line(text: str, most: int, field: str) -> str:
    words = " ".join(text.replace("\0", "").split())
    if len(words) > most:
        raise Refusal(_("This is too long: at most %(most)s characters.") % {"most": most}, field=field)
    return words


def _others(said: Said, language: str) -> tuple[str, ...]:
    field = f"others_{language}"
    names = dict.fromkeys(_line(one, LONGEST_NAME, field) for one in getattr(said, field))
    own = getattr(said, f"name_{language}").casefold()
    return tuple(one for one in names if one and one.casefold() != own)[:MOST_OTHERS]


def _body(given: dict[str, object]) -> dict[str, object]:
    document = content.read(given) if given else content.EMPTY
    return content.write(document) if document.blocks else {}


def _reference(one: Reference) -> Reference:
    text = " ".join(one.text.split())[:400]
    try:
        return Reference(text or one.address[:400], harmless(one.address)[:500] if one.address else "")
    except ValueError:
        raise Refusal(_("“%s” is no address that leads anywhere.") % one.address[:100], field="references") from None


def _must_be_free(said: Said, term: Term) -> None:
    """Two terms of one name would fight for each mention of it."""
    for language in LANGUAGES:
        for name in said.names(language):
            same = Q(**{f"name_{language}__iexact": name}) | Q(**{f"others_{language}__contains": [name]})
            taken = Term.objects.filter(same).exclude(pk=term.pk).first()
            if taken:
                field = f"name_{language}" if name == getattr(said, f"name_{language}") else f"others_{language}"
                raise Conflict(_("“%(name)s” already names the term “%(term)s”.") % {"name": name, "term": taken}, field=field)


def _found(slug: str) -> Term:
    term = Term.objects.select_for_update().filter(slug=slug).first()
    if term is None:
        raise NotFound
    return term


def _free_slug(said: Said) -> str:
    wanted = slugify(said.name)[:46].strip("-")
    taken = set(Term.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(one for one in (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)
