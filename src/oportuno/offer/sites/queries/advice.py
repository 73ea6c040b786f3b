"""Remarks on what is being written, in words: what could be better, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.offer.sites.models import Author, Entry, Site
from oportuno.offer.sites.queries.silence import last_other_post_at
from oportuno.offer.sites.rules.linter import Piece, Remark, remarks
from oportuno.offer.sites.rules.menus import read_menus

Told = Mapping[str, Any]
AT_ONCE = 3


@dataclass(frozen=True)
class Advice:
    """One remark: the sentence, and why it matters."""

    sentence: str
    why: str
    is_well: bool


@dataclass(frozen=True)
class Advised:
    """All of them: what could be better, and what is well."""

    better: list[Advice]
    well: list[Advice]

    @property
    def first(self) -> list[Advice]:
        """What one reads at a glance."""
        return self.better[:AT_ONCE]

    @property
    def more(self) -> list[Advice]:
        return self.better[AT_ONCE:]

    @property
    def count(self) -> int:
        return len(self.better) + len(self.well)


@dataclass(frozen=True)
class Written:
    """What somebody writes, as the form or the newest version says it. `persona` None: this market has none."""

    title: str
    document: Mapping[str, Any]
    summary: str = ""
    author: str = ""
    categories: int = 0
    opening_picture: bool = False
    opening_alt: str = ""
    parent: str = ""
    persona: str | None = None


def advice_on(entry: Entry, written: Written, site: Site | None, *, owner: str, at: datetime) -> Advised:
    """Three queries. `owner` is the organisation's name: signed with that alone, nobody has written it."""
    found = [_said(one) for one in remarks(_piece(entry, written, site, owner, at))]
    return Advised([one for one in found if not one.is_well], [one for one in found if one.is_well])


def _piece(entry: Entry, written: Written, site: Site | None, owner: str, at: datetime) -> Piece:
    last = last_other_post_at(entry) if entry.kind == "post" else None
    author = (
        Author.objects.filter(organisation_id=entry.organisation_id, pk=written.author).values_list("name", flat=True).first()
        if written.author
        else ""
    )
    return Piece(
        kind=entry.kind,
        title=written.title,
        blocks=list(written.document.get("blocks", ())),
        author=author if author and author.strip().lower() != owner.strip().lower() else "",
        categories=written.categories,
        summary=written.summary,
        opening_picture=written.opening_picture,
        opening_alt=written.opening_alt,
        days_since_post=(at - last).days if last else None,
        cadence_days=site.cadence_days if site else 30,
        in_menu=_is_in_menu(entry, written, site),
        is_shown=entry.state == "published",
        persona=written.persona,
    )


def _is_in_menu(entry: Entry, written: Written, site: Site | None) -> bool:
    """In a menu, below another page, or at the top where the site has no menu of its own; the first page is where one begins."""
    if site is None or written.parent or site.home_id == entry.pk:
        return True
    menus = read_menus(site.menus)
    return not menus.main or entry.pk in menus.entries()


def _said(remark: Remark) -> Advice:
    words, why = WORDS[remark.about]
    return Advice(words(remark.is_well, remark.told), str(why()), remark.is_well)


def _list(found: list[str]) -> str:
    return ", ".join(f"“{one}”" for one in found)


def _author(well: bool, told: Told) -> str:
    return _("%(name)s signs it.") % told if well else _("Let a person sign it, with name and face: choose the author.")


def _selling(well: bool, told: Told) -> str:
    return (
        _("It helps before it sells.")
        if well
        else _("This sounds like a shop: %(found)s. Leave it to your pages and products.") % {"found": _list(told["found"])}
    )


def _tone(well: bool, told: Told) -> str:
    return (
        _("It does not sound like a brochure.")
        if well
        else _("A company speaks here, not a person: %(found)s.") % {"found": _list(told["found"])}
    )


def _second(well: bool, told: Told) -> str:
    return _("It speaks to its reader.") if well else _("Speak to your reader: you, your.")


def _categories(well: bool, told: Told) -> str:
    return _("It is filed in a category.") if well else _("Choose a category.")


def _persona(well: bool, told: Told) -> str:
    return _("You know for whom you write.") if well else _("Say for whom it is: choose a typical buyer.")


def _length(well: bool, told: Told) -> str:
    if well:
        return _("Its length is good: %(words)s words.") % told
    return (
        _("With %(words)s words these are two pieces: divide it.") % told
        if told["long"]
        else _("%(words)s words so far; from %(least)s on a reader takes something home.") % told
    )


def _cadence(well: bool, told: Told) -> str:
    if well:
        return _("Your blog keeps its rhythm.")
    return (
        ngettext(
            "Nothing has been published for %(days)s day: this one is awaited.",
            "Nothing has been published for %(days)s days: this one is awaited.",
            told["days"],
        )
        % told
    )


def _picture(well: bool, told: Told) -> str:
    return _("It has a picture.") if well else _("Add a picture of your own: a photograph of the telephone will do.")


def _summary(well: bool, told: Told) -> str:
    return _("It has a summary of its own.") if well else _("Write the summary in two sentences: what will the reader know afterwards?")


def _dates(well: bool, told: Told) -> str:
    return (
        _("It will be true next year, too.")
        if well
        else _("This grows old: %(found)s. What has a date belongs in the blog.") % {"found": _list(told["found"])}
    )


def _formal(well: bool, told: Told) -> str:
    if well:
        return _("The company speaks, calmly.")
    return (
        _("On a page the company speaks, not one person: %(found)s.") % {"found": _list(told["found"])}
        if told["found"]
        else _("Fewer exclamation marks: a page is read for years.")
    )


def _menu(well: bool, told: Told) -> str:
    return _("Visitors find it in the menu.") if well else _("No menu leads here: give it a line, or put it below another page.")


def _contact(well: bool, told: Told) -> str:
    return _("It says how to reach you.") if well else _("End with a way to reach you: a button to your questions, telephone or WhatsApp.")


def _page_length(well: bool, told: Told) -> str:
    return _("It says enough.") if well else _("%(words)s words so far: say who, what, where and for whom.") % told


def _title(well: bool, told: Told) -> str:
    if well:
        return _("The title fits.")
    return (
        _("The title has %(length)s characters: search engines cut it after 70.") % told
        if told["long"]
        else _("Say more in the title: the reader's own question makes a good one.")
    )


def _paragraphs(well: bool, told: Told) -> str:
    return _("The paragraphs are short.") if well else _("Divide the long paragraph that begins “%(begins)s…”.") % told


def _sentences(well: bool, told: Told) -> str:
    return (
        _("The sentences are easy to read.")
        if well
        else _("The sentences are long, %(average)s words on average: put a full stop here and there.") % told
    )


def _headings(well: bool, told: Told) -> str:
    return _("Headings lead through it.") if well else _("Put in headings: most readers look before they read.")


def _levels(well: bool, told: Told) -> str:
    return (
        _("The headings are in order.") if well else _("A level is missing above the heading %(found)s.") % {"found": _list(told["found"])}
    )


def _alternatives(well: bool, told: Told) -> str:
    if well:
        return _("All pictures say what they show.")
    return ngettext("%(count)s picture does not say what it shows.", "%(count)s pictures do not say what they show.", told["count"]) % told


def _links(well: bool, told: Told) -> str:
    return _("Links say where they lead.") if well else _("Say where these links lead: %(found)s.") % {"found": _list(told["found"])}


WORDS: dict[str, tuple[Callable[[bool, Told], str], Callable[[], str]]] = {
    "author": (_author, lambda: _("In a blog readers meet a person; a company's voice feels empty.")),
    "selling": (_selling, lambda: _("A blog shares what you know; who was helped comes to buy by himself.")),
    "tone": (_tone, lambda: _("A good post reads like a letter to one customer.")),
    "second person": (_second, lambda: _("Who feels spoken to reads on.")),
    "categories": (_categories, lambda: _("Readers go on to the next piece of the same category.")),
    "persona": (_persona, lambda: _("Who writes for everybody is read by nobody.")),
    "length": (_length, lambda: _("Long enough to help, short enough to finish.")),
    "cadence": (_cadence, lambda: _("Readers come back to a blog that speaks at least once a month.")),
    "picture": (_picture, lambda: _("Lists and shared links show it.")),
    "summary": (_summary, lambda: _("Lists, mails and search engines show it.")),
    "dates": (_dates, lambda: _("A page is valid for a year or more; the blog tells what is new.")),
    "formal": (_formal, lambda: _("A page is the company's voice; the blog is the person's.")),
    "menu": (_menu, lambda: _("Pages are found by menus, posts by their date.")),
    "contact": (_contact, lambda: _("Who has read a page wants to write to you.")),
    "page length": (_page_length, lambda: _("A page that says little is not found by search engines.")),
    "title": (_title, lambda: _("The title decides whether it is read.")),
    "paragraphs": (_paragraphs, lambda: _("On a phone five lines are a wall.")),
    "sentences": (_sentences, lambda: _("Short sentences are understood at the first reading.")),
    "headings": (_headings, lambda: _("They are a table of contents on the way.")),
    "levels": (_levels, lambda: _("Screen readers jump from heading to heading.")),
    "alternatives": (_alternatives, lambda: _("Who does not see them hears the description; search engines read it.")),
    "links": (_links, lambda: _("“Here” says nothing to who hears the page read out, nor to search engines.")),
}  # fmt: skip
