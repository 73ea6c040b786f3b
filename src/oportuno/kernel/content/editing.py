"""The editor of documents in our forms.

    content = ContentField(label=_("Content"), editor=Editing(draw=reverse("sites:draw"), pickers={"picture": Picker(…)}, keep=…))

Cleans to a Document. In a browser without JavaScript it says so, and what was written stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal

from .document import EMPTY, Document, read, write
from .kinds import Kind, Part, all_kinds
from .rendering import render_html

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LARGEST = 4_000_000
"""Characters of JSON. A long article has 30,000."""
MOST_DRAWN = 200


@dataclass(frozen=True)
class Picker:
    """Where things to pick are found (`url` answers `{"results": [{"id", "title", "src"}]}`), and where new ones are brought."""

    url: str
    upload: str = ""
    accept: str = ""
    icon: str = "box"


@dataclass(frozen=True)
class Editing:
    """What the editor needs of the page that it stands on. `draw` answers `drawn(…)`; `keep` takes what was written while one writes on."""

    draw: str | StrPromise
    pickers: Mapping[str, Picker] = field(default_factory=dict)
    keep: str = ""


class ContentEditor(forms.Textarea):
    """The JSON in a field, and around it the editor."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.editing = editing

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return render_to_string(
            "content/editor.html", {"field": super().render(name, value, attrs, renderer), "settings": settings_of(self.editing)}
        )


class ContentField(forms.Field):
    """Cleans to a Document; `given` may be a Document or its JSON."""

    widget: ContentEditor

    def __init__(self, *, editing: Editing, **more: Any) -> None:
        super().__init__(widget=ContentEditor(editing), **more)

    def prepare_value(self, value: Any) -> Any:
        return json.dumps(write(value), ensure_ascii=False) if isinstance(value, Document) else value

    def to_python(self, value: Any) -> Document:
        if isinstance(value, Document):
            return value
        if not value or not str(value).strip():
            return EMPTY
        if len(value) > LARGEST:
            raise ValidationError(_("This is too long for one piece: divide it in two."))
        try:
            return read(json.loads(value))
        except ValueError:
            raise ValidationError(_("This is not a document of blocks.")) from None
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    def validate(self, value: Any) -> None:
        if self.required and not value.blocks:
            raise ValidationError(self.error_messages["required"], code="required")


def drawn(given: Any, *, language: str) -> dict[str, list[str]]:
    """What the editor shows of cards: the HTML of each of `{"blocks": […]}`, "" for what is not complete.

    With `"strict": true` raises Refusal when one is not right.
    """
    if not isinstance(given, dict) or not isinstance(given.get("blocks"), list) or len(given["blocks"]) > MOST_DRAWN:
        raise Refusal(_("This is not a document of blocks."))
    strict = bool(given.get("strict"))
    return {"html": [_one(block, strict, language) for block in given["blocks"]]}


def _one(block: Any, strict: bool, language: str) -> str:
    try:
        document = read({"blocks": [block]})
    except Refusal:
        if strict:
            raise Refusal(_("Something is missing here, or an address leads nowhere.")) from None
        return ""
    return render_html(document, language=language, finished=False)


def settings_of(editing: Editing) -> dict[str, Any]:
    """What the editor is told: kinds, words and addresses."""
    kinds = [kind for kind in all_kinds() if kind.title and _can_be_filled_in(kind, editing)]
    return {
        "draw": str(editing.draw),
        "keep": editing.keep,
        "language": get_language() or "es",
        "sprite": static("vendor/icons.svg"),
        "kinds": {kind.name: _kind(kind, editing) for kind in sorted(kinds, key=lambda one: str(one.title))},
        "words": {**{name: str(words) for name, words in WORDS.items()}, "label": pgettext("editor", "Content")},
    }


def _can_be_filled_in(kind: Kind, editing: Editing) -> bool:
    """Nobody is offered a picture where there is none to pick."""
    return all(part.of in editing.pickers for part in kind.parts if part.of and part.required)


def _kind(kind: Kind, editing: Editing) -> dict[str, Any]:
    return {
        "title": str(kind.title),
        "icon": kind.icon,
        "parts": [_part(part, editing) for part in kind.parts if not part.of or part.of in editing.pickers],
    }


def _part(part: Part, editing: Editing) -> dict[str, Any]:
    told = {
        "name": part.name, "sort": part.sort, "label": str(part.label), "hint": str(part.hint), "required": part.required,
        "choices": [[value, str(words)] for value, words in part.choices], "usual": part.usual, "least": part.least, "most": part.most,
        "key": part.key, "alt": part.alt,
    }  # fmt: skip
    picker = editing.pickers.get(part.of)
    return {**told, "url": picker.url, "upload": picker.upload, "accept": picker.accept, "icon": picker.icon} if picker else told


WORDS = {
    "placeholder": pgettext_lazy("editor", "Write here, or type / to put something in"),
    "bar": pgettext_lazy("editor", "What one can do"),
    "insert": pgettext_lazy("editor", "Put in"),
    "style": pgettext_lazy("editor", "Style of the paragraph"),
    "text": pgettext_lazy("editor", "Text"),
    "lead": pgettext_lazy("editor", "Opening text"),
    "heading2": pgettext_lazy("editor", "Heading"),
    "heading3": pgettext_lazy("editor", "Smaller heading"),
    "heading4": pgettext_lazy("editor", "Smallest heading"),
    "bold": pgettext_lazy("editor", "Bold"),
    "italic": pgettext_lazy("editor", "Italic"),
    "link": pgettext_lazy("editor", "Link"),
    "address": pgettext_lazy("editor", "Address"),
    "addressHint": pgettext_lazy("editor", "Of a page, or /path of this site. Empty takes the link away."),
    "bullets": pgettext_lazy("editor", "List"),
    "numbers": pgettext_lazy("editor", "Numbered list"),
    "centre": pgettext_lazy("editor", "In the middle"),
    "plain": pgettext_lazy("editor", "Without formats"),
    "up": pgettext_lazy("editor", "Move up"),
    "down": pgettext_lazy("editor", "Move down"),
    "drag": pgettext_lazy("editor", "Drag to move"),
    "copy": pgettext_lazy("editor", "Duplicate"),
    "remove": pgettext_lazy("editor", "Remove"),
    "undo": pgettext_lazy("editor", "Undo"),
    "redo": pgettext_lazy("editor", "Redo"),
    "change": pgettext_lazy("editor", "Edit"),
    "quote": pgettext_lazy("editor", "Quotation"),
    "table": pgettext_lazy("editor", "Table"),
    "columns": pgettext_lazy("editor", "Columns"),
    "accordion": pgettext_lazy("editor", "Questions that open"),
    "divider": pgettext_lazy("editor", "Dividing line"),
    "code": pgettext_lazy("editor", "Text as typed"),
    "rowBelow": pgettext_lazy("editor", "Row below"),
    "columnAfter": pgettext_lazy("editor", "Column after"),
    "rowGone": pgettext_lazy("editor", "Remove row"),
    "columnGone": pgettext_lazy("editor", "Remove column"),
    "headRow": pgettext_lazy("editor", "First row as heading"),
    "tableGone": pgettext_lazy("editor", "Remove table"),
    "done": pgettext_lazy("editor", "Accept"),
    "cancel": pgettext_lazy("editor", "Cancel"),
    "search": pgettext_lazy("editor", "Search"),
    "choose": pgettext_lazy("editor", "Choose"),
    "upload": pgettext_lazy("editor", "Bring from your device"),
    "bringing": pgettext_lazy("editor", "Bringing"),
    "none": pgettext_lazy("editor", "Nothing found."),
    "nothing": pgettext_lazy("editor", "Nothing to show yet: edit it."),
    "undrawn": pgettext_lazy("editor", "It could not be shown. Look at your connection."),
    "saving": pgettext_lazy("editor", "Saving…"),
    "saved": pgettext_lazy("editor", "Saved at"),
    "changed": pgettext_lazy("editor", "Not saved yet"),
    "unsaved": pgettext_lazy("editor", "It could not be saved. It is kept in this browser meanwhile."),
    "rescued": pgettext_lazy("editor", "In this browser there is a newer version that was never saved."),
    "restore": pgettext_lazy("editor", "Take it back"),
}
