"""Writing a page or a post, and all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from oportuno.kernel.content import ContentField, Editing, read
from oportuno.kernel.ui.inputs import TagsField
from oportuno.offer.sites.models import Author, Entry, Revision, Term
from oportuno.offer.sites.rules.paths import LONGEST_SLUG

MOST_FILE = 20 * 2**20


class MomentInput(forms.DateTimeInput):
    """A day and an hour, as the browser's own picker gives them."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class EntryForm(forms.Form):
    """What is written (title, excerpt, content), and how it is filed. Hours are the organisation's own."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    slug = forms.CharField(label=gettext_lazy("Address"), max_length=LONGEST_SLUG, required=False)
    excerpt = forms.CharField(label=gettext_lazy("Summary"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    picture = forms.FileField(label=gettext_lazy("Opening picture"), required=False)
    picture_alt = forms.CharField(label=gettext_lazy("What the picture shows"), max_length=200, required=False)
    no_picture = forms.BooleanField(label=gettext_lazy("Take the picture away"), required=False)
    search_title = forms.CharField(label=gettext_lazy("Title for search engines"), max_length=120, required=False)
    search_description = forms.CharField(
        label=gettext_lazy("Description for search engines"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    when = forms.DateTimeField(label=gettext_lazy("Day and hour"), required=False, widget=MomentInput())

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        entry: Entry,
        revision: Revision,
        editing: Editing,
        zone: str,
        pages: Sequence[tuple[int, Entry]] = (),
        authors: Sequence[Author] = (),
        categories: Sequence[Term] = (),
        tags: Sequence[str] = (),
        personas: Sequence[tuple[str, str]] = (),
        stages: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(data, files, initial=_initial(entry, revision, tags, self.zone))
        self.fields["content"] = ContentField(label=_("Content"), editing=editing, required=False)
        if entry.kind == "page":
            above = [(str(one.pk), "— " * depth + one.title) for depth, one in pages if one.pk != entry.pk]
            self.fields["parent"] = forms.ChoiceField(
                label=_("Below the page"), required=False, choices=[("", _("None: at the top")), *above]
            )
            return
        self.fields["author"] = forms.ChoiceField(
            label=_("Author"), required=False, choices=[("", _("Nobody named")), *((str(one.pk), one.name) for one in authors)]
        )
        self.fields["categories"] = forms.MultipleChoiceField(
            label=_("Categories"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(one.pk), one.name) for one in categories],
        )
        if personas:
            anybody, anywhere = ("", _("Nobody in particular")), ("", pgettext("stage", "None in particular"))
            self.fields["persona"] = forms.ChoiceField(label=_("For whom"), required=False, choices=[anybody, *personas])
            self.fields["stage"] = forms.ChoiceField(label=_("At which stage of the way"), required=False, choices=[anywhere, *stages])
        self.fields["new_category"] = forms.CharField(label=_("New category"), max_length=120, required=False)
        self.fields["tags"] = TagsField(label=_("Tags"), required=False)
        self.fields["pinned"] = forms.BooleanField(label=_("Keep it at the top of the blog"), required=False)
        self.fields["comments_open"] = forms.BooleanField(label=_("Readers may comment"), required=False)

    def clean_when(self) -> datetime | None:
        """As it was typed there, in the zone of the organisation."""
        found: datetime | None = self.cleaned_data["when"]
        return found.replace(tzinfo=None).replace(tzinfo=self.zone) if found else None

    def clean_picture(self) -> Any:
        given = self.cleaned_data["picture"]
        if given and given.size > MOST_FILE:
            raise forms.ValidationError(_("The picture is too large: at most 20 MB."))
        return given

    def chosen(self, name: str) -> UUID | None:
        """An id out of a list, None for nothing."""
        found = self.cleaned_data.get(name)
        return UUID(found) if found else None


def _initial(entry: Entry, revision: Revision, tags: Sequence[str], zone: ZoneInfo) -> dict[str, Any]:
    return {
        "title": revision.title,
        "slug": entry.slug,
        "excerpt": revision.excerpt,
        "content": read(revision.document),
        "picture_alt": entry.picture.alt if entry.picture else "",
        "search_title": entry.search_title,
        "search_description": entry.search_description,
        "when": entry.published_at.astimezone(zone).replace(tzinfo=None) if entry.published_at else None,
        "parent": str(entry.parent_id or ""),
        "author": str(entry.author_id or ""),
        "categories": [str(one) for one in entry.terms],
        "tags": list(tags),
        "persona": entry.persona,
        "stage": entry.stage,
        "pinned": entry.pinned,
        "comments_open": entry.comments_open,
    }
