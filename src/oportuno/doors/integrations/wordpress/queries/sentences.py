"""What an import says, in whole sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

TROUBLES: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty."),
    "too_big": gettext_lazy("The file is bigger than 4 GB when unpacked. Split it into several."),
    "bomb": gettext_lazy("The file unpacks to far more than it should. It was not read any further."),
    "packed_broken": gettext_lazy("The file is packed, but it cannot be unpacked: it is damaged or cut off."),
    "not_text": gettext_lazy("The file is not XML: its letters cannot be read."),
    "doctype": gettext_lazy("Line %(line)s declares a document type. WordPress writes none, and it can do harm, so the file was not read."),
    "deep": gettext_lazy("Line %(line)s lies deeper in other elements than anything WordPress writes."),
    "not_wxr": gettext_lazy("This is XML, but no export of WordPress (line %(line)s). In WordPress, choose Tools → Export → All content."),
    "no_version": gettext_lazy(
        "The file does not say which version of WordPress's format it is (wxr_version, line %(line)s). Export it again: Tools → Export."
    ),
    "version": gettext_lazy("Version “%(value)s” of WordPress's format is unknown (line %(line)s); 1.0, 1.1 and 1.2 are read."),
    "mismatch": gettext_lazy("The file is damaged: in line %(line)s an element ends that did not begin there."),
    "cut_off": gettext_lazy("The file is cut off: it ends in line %(line)s before it is complete. Export or download it again."),
    "not_well_formed": gettext_lazy("The file is damaged in line %(line)s, letter %(column)s: that is no XML."),
    "item_too_big": gettext_lazy("The item that line %(line)s is part of is bigger than 32 million letters."),
    "too_many_items": gettext_lazy("The file has more than two million items. Export it in several parts."),
    "remote": "%(said)s",
    "changed_meanwhile": gettext_lazy("The file was changed while it was being read. Begin again."),
}
LEFT: dict[str, Any] = {
    "block": gettext_lazy("Block “%(name)s”: what it shows anew at each visit is not here; its words are."),
    "code": gettext_lazy("Shortcode [%(name)s]: it stands as text."),
    "embed": gettext_lazy("Embedded from %(name)s: a link leads there."),
    "element": gettext_lazy("HTML <%(name)s>: only its words are here."),
    "picture": gettext_lazy("A picture without an address that could be followed (%(name)s)."),
    "table": gettext_lazy("A table with more than twelve columns: it is text now."),
    "password": gettext_lazy("Protected by a password: it is private here."),
    "status": gettext_lazy("Status “%(name)s” is of a plugin: it is a draft here."),
    "moment": gettext_lazy("The moment at which it was to be published has gone by: it is a draft here."),
}


SHORT: dict[str, Any] = {
    "block": gettext_lazy("Blocks without an equivalent: %(names)s"),
    "code": gettext_lazy("Shortcodes that stand as text: %(names)s"),
    "embed": gettext_lazy("Embedded, now links: %(names)s"),
    "element": gettext_lazy("HTML of which only the words are here: %(names)s"),
}


def remarks(notes: Iterable[tuple[str, str, int]]) -> list[str]:
    """The same for one item: a line for each sort."""
    names: dict[str, list[str]] = {}
    alone: list[str] = []
    for sort, name, times in notes:
        if sort in SHORT:
            names.setdefault(sort, []).append(f"{name} ({times}×)" if times > 1 else name)
        else:
            alone.append(left(sort, name))
    return [*(str(SHORT[sort]) % {"names": ", ".join(each)} for sort, each in names.items()), *dict.fromkeys(alone)]


def trouble(told: dict[str, Any]) -> str:
    """Why a file could not be read; empty for one that could."""
    if not told:
        return ""
    sentence = TROUBLES.get(told["code"]) or _("The file cannot be read.")
    return str(sentence) % {"line": told.get("line") or 1, **told.get("data", {})} if "%(" in str(sentence) else str(sentence)


def left(sort: str, name: str) -> str:
    """What had no equivalent, and what became of it."""
    sentence = str(LEFT.get(sort, name))
    return sentence % {"name": name or "?"} if "%(" in sentence else sentence


KINDS: dict[str, Any] = {
    "post": pgettext_lazy("WordPress", "Posts"),
    "page": pgettext_lazy("WordPress", "Pages"),
    "attachment": pgettext_lazy("WordPress", "Attachments"),
    "nav_menu_item": pgettext_lazy("WordPress", "Lines of menus"),
    "comment": pgettext_lazy("WordPress", "Comments"),
    "pingback": pgettext_lazy("WordPress", "Pingbacks"),
    "trackback": pgettext_lazy("WordPress", "Trackbacks"),
}
STATUSES: dict[str, Any] = {
    "publish": pgettext_lazy("WordPress", "published"),
    "draft": pgettext_lazy("WordPress", "drafts"),
    "private": pgettext_lazy("WordPress", "private"),
    "future": pgettext_lazy("WordPress", "scheduled"),
    "pending": pgettext_lazy("WordPress", "in review"),
    "trash": pgettext_lazy("WordPress", "in the bin"),
    "1": pgettext_lazy("WordPress", "approved"),
    "0": pgettext_lazy("WordPress", "waiting"),
    "spam": pgettext_lazy("WordPress", "spam"),
    "inherit": "",
}


def kind(name: str) -> str:
    """What WordPress calls a kind of item, in the reader's words; that of a plugin stays as it is."""
    return str(KINDS.get(name, name))


def counted(name: str) -> str:
    """The words of "post/publish"."""
    sort, _slash, status = name.partition("/")
    said = str(STATUSES.get(status, status))
    return f"{kind(sort)}, {said}" if said else kind(sort)
