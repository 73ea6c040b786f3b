"""Authors, categories and tags of a file: some it declares, others its items only name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from oportuno.doors.integrations.models import WordpressRun
from oportuno.offer.sites.api import bringing as sites

from ..rules.meaning import key_of, old_path, origin_of, readable_slug
from ..wxr import Author, Item, Term

KINDS = {"category": "category", "post_tag": "tag"}
BATCH = 1_000


class Terms:
    """What was declared so far, and where it is here."""

    def __init__(self, run: WordpressRun) -> None:
        self._run = run
        self._names: dict[str, str] = {}
        self._people: dict[str, UUID] = {}
        self._declared: dict[tuple[str, str], sites.NewTerm] = {}
        self._here: dict[str, UUID] = {}
        self._above: dict[str, str] = {}
        self.base = ""
        self.redirects = 0

    def note_author(self, author: Author) -> None:
        if author.login:
            self._names[author.login] = author.name or author.login

    def note_term(self, term: Term) -> None:
        """Those of other taxonomies have no equivalent: menus are read from their points."""
        if term.taxonomy in KINDS and term.slug:
            one = self._new(term.taxonomy, term.slug, term.name, term.description)
            self._declared[one.kind, one.slug] = one
            if term.parent and term.taxonomy == "category":
                self._above[one.slug] = readable_slug(term.parent)

    def authors(self, logins: Sequence[str], *, at: datetime) -> Mapping[str, UUID]:
        """By what items call them; one that the file does not declare is called by that."""
        missing = {login for login in logins if login} - set(self._people)
        if missing:
            origins = {origin_of(self._run.source, "author", login): login for login in missing}
            names = {origin: self._names.get(login, login) for origin, login in origins.items()}
            found = sites.bring_authors(self._run.organisation_id, names, at=at)
            self._people |= {origins[origin]: pk for origin, pk in found.items()}
        return self._people

    def filed(self, items: Sequence[Item], *, at: datetime) -> Mapping[str, tuple[UUID, ...]]:
        """Number of an item → its terms."""
        wanted: dict[str, sites.NewTerm] = {}
        named: dict[str, list[str]] = {}
        for item in items:
            for one in item.filed:
                if one.taxonomy in KINDS and (
                    one.slug or one.name
                ):  # files of other programs name words without saying which sort they are
                    term = self._new(one.taxonomy if one.slug else "post_tag", one.slug or sites.slug_of(one.name), one.name)
                    term = self._declared.get((term.kind, term.slug), term)
                    wanted[term.origin] = term
                    named.setdefault(key_of(item), []).append(term.origin)
        self._bring([term for origin, term in wanted.items() if origin not in self._here], at)
        return {number: tuple(dict.fromkeys(self._here[origin] for origin in origins)) for number, origins in named.items()}

    def bring_declared(self, *, at: datetime) -> None:
        """Also those that no item names: all authors, terms, and the tree of categories."""
        self.authors(list(self._names), at=at)
        rest = [term for term in self._declared.values() if term.origin not in self._here]
        for start in range(0, len(rest), BATCH):
            self._bring(rest[start : start + BATCH], at)
        sites.bring_tree(self._run.organisation_id, self._above)
        self.redirects = sites.bring_redirects(self._run.organisation_id, {}, self._archives(), at=at)

    def _archives(self) -> dict[str, str]:
        """Where WordPress lists pieces by category, tag and author, and its feed → where we do."""
        base = old_path(self.base)
        found = {"feed": "blog/rss.xml"}
        for kind, slug in self._declared:
            if kind == "category":
                found[f"category/{'/'.join(self._line(slug))}"] = f"blog/categoria/{slug}"
            else:
                found[f"tag/{slug}"] = f"blog/etiqueta/{slug}"
        people = {one.origin: one.slug for one in sites.all_authors(self._run.organisation_id)}
        for login in self._people:
            if named := people.get(origin_of(self._run.source, "author", login)):
                found[f"author/{login.lower()}"] = f"blog/autor/{named}"
        return {f"{base}/{path}".strip("/"): target for path, target in found.items()}

    def _line(self, slug: str) -> list[str]:
        """A category behind those above it, as WordPress writes its address."""
        line = [slug]
        while (above := self._above.get(line[0])) and above not in line:
            line.insert(0, above)
        return line

    def _bring(self, terms: Sequence[sites.NewTerm], at: datetime) -> None:
        if terms:
            self._here |= sites.bring_terms(self._run.organisation_id, terms, at=at)

    def _new(self, taxonomy: str, slug: str, name: str, description: str = "") -> sites.NewTerm:
        kind, readable = KINDS[taxonomy], readable_slug(slug)
        return sites.NewTerm(origin_of(self._run.source, kind, readable), kind, readable, name or slug, description)
