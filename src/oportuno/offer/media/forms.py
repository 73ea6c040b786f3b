"""Forms of the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from oportuno.kernel.content import ContentField, Editing
from oportuno.kernel.ui.inputs import DateInput, TagsField
from oportuno.offer.media.actions.channels import Purpose
from oportuno.offer.media.actions.curating import Opinion, Words
from oportuno.offer.media.actions.library import Said
from oportuno.offer.media.actions.pieces import Telling, text_of
from oportuno.offer.media.api.picking import pickers
from oportuno.offer.media.models import Channel, Collection, Find, Item, Piece
from oportuno.offer.media.queries.library import Filters, FolderLine, items, items_page
from oportuno.offer.media.queries.vertical import categories, personas, stages

INDENT = "\u2003"


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files. What they are is told by whoever keeps them, one by one."""

    widget = SeveralFiles(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Nothing is refused here, so that good ones are kept beside bad ones."""
        return list(data) if isinstance(data, list | tuple) else [data] if data else []


class UploadForm(forms.Form):
    file = FilesField(label=_("Bring images, video, audio or files"), required=False)


class ItemForm(forms.Form):
    """What one says of a thing of the library; of an image also what is to be seen, and where the eye should rest."""

    name = forms.CharField(label=_("Name"), max_length=200)
    alt = forms.CharField(label=_("What is to be seen"), max_length=200, required=False)
    focus_x = forms.IntegerField(label=_("From the left, per cent"), min_value=0, max_value=100, required=False)
    focus_y = forms.IntegerField(label=_("From the top, per cent"), min_value=0, max_value=100, required=False)
    folder = forms.ChoiceField(label=_("Folder"), required=False)
    tags = TagsField(label=_("Tags"), required=False)
    note = forms.CharField(label=_("Note for the team"), max_length=500, required=False, widget=forms.Textarea)
    author = forms.CharField(label=_("Author"), max_length=120, required=False)
    licence = forms.ChoiceField(label=_("Licence"), choices=Item.Licence.choices, required=False)
    source = forms.CharField(label=_("Where it comes from"), max_length=2000, required=False)
    expires_on = forms.DateField(label=_("Last day on which it may be shown"), required=False, widget=DateInput)

    def __init__(self, *args: Any, item: Item, folders: list[FolderLine], **more: Any) -> None:
        super().__init__(*args, initial=_initial(item), **more)
        self.fields["folder"].choices = [("", _("At the top")), *((str(one.id), f"{INDENT * one.depth}{one.name}") for one in folders)]  # type: ignore[attr-defined]
        if not item.is_image:
            for name in ("alt", "focus_x", "focus_y"):
                del self.fields[name]

    def said(self) -> Said:
        given = dict(self.cleaned_data)
        x, y = given.pop("focus_x", None), given.pop("focus_y", None)
        folder = given.pop("folder")
        focus = (50 if x is None else x, 50 if y is None else y)
        return Said(**given, folder=UUID(folder) if folder else None, focus=focus)


def _initial(item: Item) -> dict[str, Any]:
    own = {name: getattr(item, name) for name in ("name", "tags", "note", "author", "licence", "source", "expires_on")}
    own["folder"] = str(item.folder_id or "")
    return {**own, "alt": item.picture.alt, "focus_x": item.picture.focus_x, "focus_y": item.picture.focus_y} if item.is_image else own


def _choices(found: Sequence[tuple[str, str]], nothing: Any) -> list[tuple[str, Any]]:
    return [("", nothing), *found]


class PurposeForm(forms.Form):
    """For whom, against what, about what: of a channel of ours, or of a piece."""

    persona = forms.ChoiceField(label=_("For whom"), required=False)
    problem = forms.CharField(label=_("Which problem it solves"), max_length=200, required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        language = get_language() or "es"
        self.fields["persona"].choices = _choices(personas(language), _("Choose …"))  # type: ignore[attr-defined]
        self.fields["category"].choices = _choices(categories(language), _("None of them"))  # type: ignore[attr-defined]


class ChannelForm(PurposeForm):
    """A channel to follow; what one says of it later has no address."""

    said = forms.CharField(label=_("Address"), max_length=500)
    title = forms.CharField(label=_("What it is called"), max_length=200, required=False)
    own = forms.BooleanField(label=_("It is ours: its news are shown as pieces of ours"), required=False)
    field_order = ("said", "title", "own", "persona", "problem", "category")

    def __init__(self, *args: Any, channel: Channel | None = None, **more: Any) -> None:
        kept = {name: getattr(channel, name) for name in ("title", "own", "persona", "problem", "category")} if channel else {}
        super().__init__(*args, initial=kept, **more)
        del self.fields["said" if channel else "title"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("own"):
            for name, words in (("persona", _("Say for whom it is.")), ("problem", _("Say which problem it solves."))):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return said

    def purpose(self) -> Purpose:
        return Purpose(**{name: self.cleaned_data[name] for name in ("own", "persona", "problem", "category")})


class FindForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=300)
    stars = forms.TypedChoiceField(
        label=_("How good it is"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect,
        choices=[("", _("Not rated")), *((n, "★" * n) for n in range(1, 6))],
    )  # fmt: skip
    note = forms.CharField(label=_("Why it is worth it"), max_length=4000, required=False, widget=forms.Textarea)
    tags = TagsField(label=_("Tags"), required=False)

    def __init__(self, *args: Any, find: Find, **more: Any) -> None:
        kept = {name: getattr(find, name) for name in ("title", "stars", "note", "tags")}
        super().__init__(*args, initial={**kept, "stars": find.stars or ""}, **more)

    def opinion(self) -> Opinion:
        return Opinion(**self.cleaned_data)


class CollectionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    intro = forms.CharField(label=_("What it is about"), max_length=4000, required=False, widget=forms.Textarea)
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, *args: Any, collection: Collection | None = None, **more: Any) -> None:
        kept = {name: getattr(collection, name) for name in ("title", "intro", "category")} if collection else {}
        super().__init__(*args, initial=kept, **more)
        self.fields["category"].choices = _choices(categories(get_language() or "es"), _("None of them"))  # type: ignore[attr-defined]

    def words(self) -> Words:
        return Words(**self.cleaned_data)


class PieceForm(PurposeForm):
    """A piece with its four formats; each may be empty, one must not be before it is shown. `begun`: what an address says of a new one."""

    stage = forms.ChoiceField(label=_("At which stage of the way"), required=False)
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(label=_("In two sentences"), max_length=500, required=False, widget=forms.Textarea)
    film = forms.CharField(label=_("Film at YouTube or Vimeo"), max_length=2000, required=False)
    video = forms.ChoiceField(label=_("Or a film of the library"), required=False)
    image = forms.ChoiceField(label=_("Image of the library"), required=False)
    audio = forms.ChoiceField(label=_("Sound of the library"), required=False)
    listen = forms.CharField(label=_("Or where it can be listened to"), max_length=2000, required=False)
    read = forms.CharField(label=_("Where it can be read, if elsewhere"), max_length=2000, required=False)

    def __init__(self, *args: Any, slug: str, piece: Piece | None = None, begun: Mapping[str, str] | None = None, **more: Any) -> None:
        kept: dict[str, Any] = {name: begun[name] for name in ("persona", "stage") if begun and name in begun}
        if piece:
            kept = {
                name: getattr(piece, name)
                for name in ("title", "summary", "persona", "stage", "problem", "category", "film", "listen", "read")
            }
            kept |= {name: str(getattr(piece, f"{name}_id") or "") for name in THINGS} | {"text": text_of(piece)}
        super().__init__(*args, initial=kept, **more)
        self.fields["stage"].choices = _choices(stages(get_language() or "es"), pgettext_lazy("stage", "None in particular"))  # type: ignore[attr-defined]
        for name in THINGS:
            self.fields[name].choices = _choices(_things(name, kept.get(name, "")), _("None"))  # type: ignore[attr-defined]
        editing = Editing(draw=reverse("library:drawing", args=[slug]), pickers=pickers(slug))
        self.fields["text"] = ContentField(label=_("Text"), required=False, editing=editing)

    def telling(self) -> Telling:
        given = dict(self.cleaned_data)
        things = {name: UUID(said) if (said := given.pop(name)) else None for name in THINGS}
        return Telling(**given, things=things)


THINGS = ("video", "image", "audio")
OFFERED = 200  # latest things to choose among


def _things(kind: str, chosen: str) -> list[tuple[str, str]]:
    latest = {str(one.pk): one.name for one in items_page(Filters(kind=kind), limit=OFFERED).rows}
    if chosen and chosen not in latest:
        latest |= {str(one.pk): one.name for one in items().filter(pk=chosen)}
    return list(latest.items())
