"""What sellers and the market's staff type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from oportuno.kernel.content import ContentField, Editing, read
from oportuno.kernel.isolation import acting_organisation
from oportuno.kernel.ui.inputs import DateInput
from oportuno.offer.experts.actions.experts import LONGEST_BIO, Profile
from oportuno.offer.experts.actions.points import Claim
from oportuno.offer.experts.models import Answer, Expert, Point, PointKind, PublicQuestion, Review, ReviewWay
from oportuno.offer.experts.queries.fields import fields
from oportuno.offer.experts.rules.asking import LONGEST_DETAILS, LONGEST_TITLE
from oportuno.offer.media import api as media
from oportuno.offer.sites import api as sites
from oportuno.offer.sites.api import pieces

MOST_DOCUMENTS = 200


class ExpertForm(forms.Form):
    """Who knows what. Links: one in a line, "words address"."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    author = forms.ChoiceField(label=gettext_lazy("Her name in your blog"), required=False)
    role_es = forms.CharField(label=gettext_lazy("What she or he does, in Spanish"), max_length=120, required=False)
    role_en = forms.CharField(label=gettext_lazy("What she or he does, in English"), max_length=120, required=False)
    bio_es = forms.CharField(
        label=gettext_lazy("In a few sentences, in Spanish"), max_length=LONGEST_BIO, required=False, widget=forms.Textarea({"rows": "5"})
    )
    bio_en = forms.CharField(
        label=gettext_lazy("In a few sentences, in English"), max_length=LONGEST_BIO, required=False, widget=forms.Textarea({"rows": "5"})
    )
    fields_known = forms.MultipleChoiceField(label=gettext_lazy("Fields"), required=False, widget=forms.CheckboxSelectMultiple)
    picture = forms.FileField(label=gettext_lazy("Portrait"), required=False)
    no_picture = forms.BooleanField(label=gettext_lazy("Take the picture away"), required=False)
    links = forms.CharField(label=gettext_lazy("Profiles elsewhere"), max_length=2000, required=False, widget=forms.Textarea({"rows": "3"}))

    def __init__(self, data: Any = None, files: Any = None, *, expert: Expert | None = None, initial: Any = None) -> None:
        super().__init__(data, files, initial=_initial(expert) if expert else initial)
        authors = sites.Author.objects.filter(organisation_id=acting_organisation()).order_by("name")[:200]
        self.fields["author"].choices = [("", _("None")), *((str(one.pk), one.name) for one in authors)]  # type: ignore[attr-defined]
        self.fields["fields_known"].choices = [(one.slug, one.title) for one in fields()]  # type: ignore[attr-defined]

    def profile(self, picture: UUID | None) -> Profile:
        said = self.cleaned_data
        words = {name: said[name] for name in ("name", "role_es", "role_en", "bio_es", "bio_en")}
        author = UUID(said["author"]) if said["author"] else None
        return Profile(**words, fields=said["fields_known"], author=author, picture=picture, links=_lines(said["links"]))


class PointForm(forms.Form):
    """Why one may believe her, and where one looks it up."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=PointKind.choices)
    title = forms.CharField(label=gettext_lazy("What it is called"), max_length=200)
    issuer = forms.CharField(label=gettext_lazy("Who says so"), max_length=160)
    on = forms.DateField(label=pgettext_lazy("credibility", "Date"), widget=DateInput)
    address = forms.CharField(label=gettext_lazy("Address of the source"), max_length=1000, required=False)
    document = forms.ChoiceField(label=gettext_lazy("Or a document of your library"), required=False)

    def __init__(self, data: Any = None, *, point: Point | None = None) -> None:
        kept: dict[str, Any] = {name: getattr(point, name) for name in ("kind", "title", "issuer", "on", "address")} if point else {}
        super().__init__(data, initial={**kept, "document": str(point.document_id or "")} if point else None)
        papers = media.items().filter(deleted_at__isnull=True, published=True, kind__in=["file", "image"]).order_by("-pk")[:MOST_DOCUMENTS]
        self.fields["document"].choices = [("", _("None")), *((str(one.pk), one.name) for one in papers)]  # type: ignore[attr-defined]

    def claim(self) -> Claim:
        said = dict(self.cleaned_data)
        document = said.pop("document")
        return Claim(**said, document=UUID(document) if document else None)


class AnswerForm(forms.Form):
    """An answer in blocks."""

    def __init__(self, data: Any = None, *, answer: Answer, slug: str) -> None:
        super().__init__(data, initial={"content": read(answer.draft)} if answer.draft else None)
        keep = reverse("experts:answer_draft", args=[slug, answer.pk])
        editing = Editing(
            draw=reverse("sites:drawing", args=[slug]), pickers=pieces.pickers(slug),
            keep=f"{keep}?{urlencode({'seen': answer.changed_at.isoformat()})}",
        )  # fmt: skip
        self.fields["content"] = ContentField(label=_("Your answer"), editing=editing, required=False)


class WhoForm(forms.Form):
    """Which expert answers."""

    expert = forms.ChoiceField(label=gettext_lazy("Who answers"))

    def __init__(self, data: Any = None, *, experts: Sequence[Expert]) -> None:
        super().__init__(data)
        self.fields["expert"].choices = [(str(one.pk), one.name) for one in experts]  # type: ignore[attr-defined]


class EditForm(forms.Form):
    """A question as the staff says it."""

    title = forms.CharField(label=gettext_lazy("Question"), max_length=LONGEST_TITLE, widget=forms.Textarea({"rows": "2"}))
    details = forms.CharField(
        label=gettext_lazy("Details"), max_length=LONGEST_DETAILS, required=False, widget=forms.Textarea({"rows": "5"})
    )
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)

    def __init__(self, data: Any = None, *, question: PublicQuestion) -> None:
        super().__init__(data, initial={"title": question.title, "details": question.details, "field": question.field})
        self.fields["field"].choices = [("", _("None")), *((one.slug, one.title) for one in fields())]  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """What the market looks at before it is on show."""

    way = forms.ChoiceField(label=gettext_lazy("What is reviewed"), choices=ReviewWay.choices)
    trusted_after = forms.IntegerField(label=gettext_lazy("Approved answers until an expert is trusted"), min_value=1, max_value=100)

    def __init__(self, data: Any = None, *, review: Review) -> None:
        super().__init__(data, initial={"way": review.way, "trusted_after": review.trusted_after})


def _initial(expert: Expert) -> dict[str, Any]:
    links = "\n".join(f"{one['label']} {one['address']}" for one in expert.links)
    words = {name: getattr(expert, name) for name in ("name", "role_es", "role_en", "bio_es", "bio_en")}
    return {**words, "author": str(expert.author_id or ""), "fields_known": expert.fields, "links": links}


def _lines(text: str) -> list[dict[str, str]]:
    found = []
    for line in text.splitlines():
        label, _space, address = line.strip().rpartition(" ")
        if address:
            found.append({"label": label, "address": address})
    return found
