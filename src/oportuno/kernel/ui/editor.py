"""The living page of the editor: a document to try it with. Nothing is kept."""

from __future__ import annotations

import json

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse_lazy
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oportuno.kernel.content import ContentField, Editing, drawn, read, render_html
from oportuno.kernel.errors import Refusal
from oportuno.kernel.policies import open_to_all

from .pages import page


class SampleEditorForm(forms.Form):
    content = ContentField(label=pgettext_lazy("editor", "Content"), editing=Editing(draw=reverse_lazy("ui:editor-draw")))


@open_to_all("shows components only")
def sample_editor(request: HttpRequest) -> HttpResponse:
    """The editor with a document of every kind of words; sent, it is shown as visitors would see it."""
    form = SampleEditorForm(request.POST or None, initial={"content": read(sample_document())})
    shown = render_html(form.cleaned_data["content"], language=_language()) if request.method == "POST" and form.is_valid() else ""
    return page(request, "ui/living/editor.html", {"form": form, "shown": shown})


@require_POST
@open_to_all("draws what is sent, and keeps nothing")
def draw(request: HttpRequest) -> HttpResponse:
    """Cards of the editor."""
    try:
        return JsonResponse(drawn(json.loads(request.body), language=_language()))
    except ValueError:
        return JsonResponse({"detail": _("This is not a document of blocks.")}, status=422)
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)


def sample_document() -> dict[str, object]:
    """One of each, in the reader's language."""
    return {
        "blocks": [
            {"type": "text", "text": _("A rose lasts twelve days if one knows how. This is how."), "lead": True},
            {"type": "heading", "text": _("Cut and water")},
            {
                "type": "text",
                "text": _("Cut the stem <strong>slantwise</strong>, two fingers from its end, and change the water every two days."),
            },
            {
                "type": "list",
                "items": [{"text": _("Clean water")}, {"text": _("No leaves below it"), "level": 1}, {"text": _("Far from fruit")}],
            },
            {"type": "quote", "text": _("Who gives roses gives time."), "by": "Finca La Aurora"},
            {
                "type": "table",
                "rows": [
                    [pgettext("sample", "Flower"), pgettext("sample", "Days")],
                    [pgettext("sample", "Rose"), "12"],
                    [pgettext("sample", "Carnation"), "20"],
                ],
            },
            {"type": "button", "label": _("Ask us"), "href": "/vendedores/"},
        ]
    }


def _language() -> str:
    return get_language() or "es"
