"""A whole glossary comes in from a sheet: looked at first, then brought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.offer.glossary.actions.finding import find_terms
from oportuno.offer.glossary.actions.keeping import checked
from oportuno.offer.glossary.facts import TermsBrought
from oportuno.offer.glossary.models import Term
from oportuno.offer.glossary.rules import said as rules
from oportuno.offer.glossary.rules.said import LANGUAGES, Said
from oportuno.offer.glossary.rules.sheet import Line, Unreadable, lines
from oportuno.people.organisations.api import Member

SET = 500
KEPT = list(Said.__dataclass_fields__) + [f"{part}_{one}" for part in ("sort", "letter") for one in LANGUAGES]


@dataclass(frozen=True)
class Row:
    """What a line does. `state` new, changed, same or wrong; `reason` says what is wrong."""

    line: int
    state: str
    name: str
    reason: str = ""
    changes: tuple[dict[str, str], ...] = ()


@dataclass
class Report:
    """Of a whole sheet; `brought` False after a look that changed nothing."""

    brought: bool
    rows: list[Row] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(one.state for one in self.rows)
        return {state: found[state] for state in ("new", "changed", "same", "wrong") if found[state]}


@transaction.atomic
def bring_sheet(*, text: str, by: Member, at: datetime, dry: bool = False) -> Report:
    """Terms from a sheet, by their slug, else by their name. Wrong lines are told and left out; twice changes nothing.

    `dry` only looks. A few queries for five hundred lines. Raises Refusal for what is no sheet of terms.
    """
    with connection.cursor() as cursor:  # two sheets at once would both find a name free
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('glossary'), %s)", [by.organisation.pk])
    report, desk = Report(not dry), _Desk(by, at)
    for line in _read(text):
        report.rows.append(desk.take(line))
    if not dry:
        desk.write()
        counts = report.counts
        if counts.get("new") or counts.get("changed"):
            record(TermsBrought(new=counts.get("new", 0), changed=counts.get("changed", 0), by=by.id, at=at))
            audit("terms.brought", at=at, by=by.id, organisation=by.organisation.pk, counts=counts)
    return report


def _read(text: str) -> Iterator[Line]:
    try:
        yield from lines(text)
    except Unreadable as wrong:
        sentences = {
            "long": _("This sheet is too long: bring it in parts of at most 20,000 lines."),
            "broken": _("This is not a CSV file: its quotation marks do not match."),
            "columns": _("Its first line must name the columns: %s.") % wrong.what,
        }
        raise Refusal(sentences[wrong.code], field="file") from None


class _Desk:
    """All terms in memory by slug and by name: a glossary is some megabytes at most."""

    def __init__(self, by: Member, at: datetime) -> None:
        self.by, self.at = by, at
        self.terms = {one.slug: one for one in Term.objects.filter(organisation_id=by.organisation.pk)}
        self.owners: dict[tuple[str, str], str] = {}
        for term in self.terms.values():
            self._name(term.said, term.slug)
        self.new: list[Term] = []
        self.changed: dict[str, Term] = {}

    def take(self, line: Line) -> Row:
        """What one line does, remembered for `write`."""
        name = line.said.name or line.slug
        try:
            slug = self._slug_of(line)
            before = self.terms.get(slug)
            said = checked(line.over(before.said) if before else line.said)
            self._must_be_free(said, slug)
            published = line.published if line.published is not None else bool(before and before.published)
            if published and not any(getattr(said, f"name_{one}") and getattr(said, f"line_{one}") for one in LANGUAGES):
                raise Refusal(_("To be read by anybody it needs a name and what it means, in the same language."))
        except Refusal as refusal:
            return Row(line.number, "wrong", name, str(refusal))
        if before and (said, published) == (before.said, before.published):
            return Row(line.number, "same", said.name)
        return Row(line.number, "changed" if before else "new", said.name, "", self._keep(slug, before, said, published))

    def _keep(self, slug: str, before: Term | None, said: Said, published: bool) -> tuple[dict[str, str], ...]:
        term = before or Term(slug=slug, created_at=self.at, version=0)
        changes = _changes(before.said, said) if before else ()
        if before:
            self._unname(before.said, slug)
        term.take(said)
        term.published, term.changed_at, term.changed_by_id, term.version = published, self.at, self.by.id, term.version + 1
        self.terms[slug] = term
        self._name(said, slug)
        if before is None:
            self.new.append(term)
        elif term not in self.new:
            self.changed[slug] = term
        return changes

    def write(self) -> None:
        Term.objects.bulk_create(self.new, batch_size=SET)
        Term.objects.bulk_update(self.changed.values(), [*KEPT, "published", "changed_at", "changed_by_id", "version"], batch_size=SET)
        touched = iter([one.pk for one in (*self.new, *self.changed.values())])
        while part := list(islice(touched, SET)):
            find_terms(part)

    def _slug_of(self, line: Line) -> str:
        if line.slug:
            if slugify(line.slug) != line.slug or len(line.slug) > 50:
                raise Refusal(_("“%s” is no address: use small letters, digits and hyphens.") % line.slug[:90])
            return line.slug
        for language in LANGUAGES:
            own = getattr(line.said, f"name_{language}").casefold()
            if own and (language, own) in self.owners:
                return self.owners[language, own]
        wanted = slugify(line.said.name)[:46].strip("-")
        return next(one for one in (wanted, *(f"{wanted}-{number}" for number in range(2, 10_000))) if one not in self.terms)

    def _must_be_free(self, said: Said, slug: str) -> None:
        for language in LANGUAGES:
            for name in said.names(language):
                owner = self.owners.get((language, name.casefold()), slug)
                if owner != slug:
                    raise Refusal(_("“%(name)s” already names the term “%(term)s”.") % {"name": name, "term": self.terms[owner]})

    def _name(self, said: Said, slug: str) -> None:
        for language in LANGUAGES:
            for name in said.names(language):
                self.owners.setdefault((language, name.casefold()), slug)

    def _unname(self, said: Said, slug: str) -> None:
        for language in LANGUAGES:
            for name in said.names(language):
                if self.owners.get((language, name.casefold())) == slug:
                    del self.owners[language, name.casefold()]


def _changes(before: Said, after: Said) -> tuple[dict[str, str], ...]:
    """For the table of differences: field, before, after."""
    told = []
    for name, value in rules.write(after).items():
        old = rules.write(before)[name]
        if old != value:
            told.append({"field": name, "before": _told(old), "after": _told(value)})
    return tuple(told)


def _told(value: object) -> str:
    if isinstance(value, list | tuple):
        return " | ".join(one["text"] if isinstance(one, dict) else str(one) for one in value)
    return str(value)[:300]
