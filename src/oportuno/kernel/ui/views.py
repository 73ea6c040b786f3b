"""The living page: every component with its snippet, in both faces and both themes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from oportuno.kernel.clock import now
from oportuno.kernel.policies import open_to_all

from . import sample, sample_forms
from .pages import page

EXAMPLES = Path(__file__).parent / "templates" / "ui" / "living" / "examples"
SECTIONS = ("foundations", "actions", "feedback", "forms", "lists", "figures", "shop")


@open_to_all("shows components only")
def living_page(request: HttpRequest) -> HttpResponse:
    """All components. `?face=desk` shows them on the workbench."""
    face = "desk" if request.GET.get("face") == "desk" else "market"
    words = {"title": _("Components"), "shell_template": f"ui/{face}.html", "face": face, "sections": sections()}
    return page(request, "ui/living/page.html", {**words, **sample_data()})


@open_to_all("shows components only")
def sample_market(request: HttpRequest) -> HttpResponse:
    """How a public page looks when the components stand together."""
    return page(request, "ui/living/market.html", sample_data())


@open_to_all("shows components only")
def sample_desk(request: HttpRequest) -> HttpResponse:
    """How a page of the workbench looks."""
    return page(request, "ui/living/desk.html", sample_data())


@open_to_all("shows components only")
def sample_form(request: HttpRequest) -> HttpResponse:
    """How a small form looks."""
    return page(request, "ui/living/form.html", sample_data())


def sections() -> list[dict[str, Any]]:
    """Sections in order, each with its examples: the template that draws one is the snippet that is shown."""
    titles = dict(
        zip(
            SECTIONS,
            (_("Foundations"), _("Buttons and what opens"), _("How things stand"), _("Forms"), _("Lists"), _("Figures"), _("The shop")),
            strict=True,
        )
    )
    return [{"id": name, "title": titles[name], "examples": examples(name)} for name in SECTIONS]


@lru_cache(maxsize=len(SECTIONS))
def examples(section: str) -> list[dict[str, str]]:
    """The files `<section>-<number>-<name>.html`, with their source."""
    files = sorted(EXAMPLES.glob(f"{section}-*.html"))
    return [
        {
            "template": f"ui/living/examples/{file.name}",
            "id": file.stem,
            "name": file.stem.split("-", 2)[2].replace("-", " "),
            "source": file.read_text("utf-8").strip(),
        }
        for file in files
    ]


def sample_data() -> dict[str, Any]:
    at = now()
    lists = {"contacts": sample.contacts(at), "facts": sample.facts(at), "rows": sample.import_rows(), "groups": sample.facet_groups()}
    shop = {"products": sample.products(), "sellers": sample.sellers(), "places": sample.places()}
    pictures = [sample.picture("roses"), sample.picture("rose"), sample.picture("hydrangea")]
    return {
        **sample.shells(),
        **lists,
        **shop,
        **sample.figures(),
        "form": sample_forms.form(),
        "wrong": sample_forms.wrong_form(),
        "ask": sample_forms.ask_form(),
        "pictures": pictures,
        "now": at,
    }
