"""A form inside of a page or a post: drawn as for a stranger, for pages are the same for everybody. It is answered at its own address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from oportuno.kernel.content import Block, Kind, Need, Part
from oportuno.kernel.content.rendering.page import Page
from oportuno.offer.sites.models import Form, FormState
from oportuno.offer.sites.queries.blocks.things import ThingId
from oportuno.people.organisations.api import Organisation

MOST = 12  # different forms of one document that are drawn
Draw = Callable[["ShownForm", str, str], str]
"""Takes the form, what its parts are called in this page, and the reader's language; answers HTML."""
_drawers: list[Draw] = []


class FormBlock(Block):
    """One form. `title`: with its name and what it is for above it."""

    type: Literal["form"] = "form"
    form: ThingId
    bare: bool = False

    def needs(self) -> Iterator[Need]:
        yield ("form", self.form)


@dataclass(frozen=True, slots=True)
class ShownForm:
    """A form that anybody may answer, and whose it is."""

    form: Form
    organisation: Organisation

    @property
    def address(self) -> str:
        return f"/v/{self.organisation.slug}/formulario/{self.form.slug}/"


def draws(draw: Draw) -> None:
    """Who draws forms: filled-in forms know Django's forms, documents do not."""
    _drawers[:] = [draw]


def shown_forms(names: Sequence[str], language: str) -> Mapping[str, ShownForm]:
    """Those that anybody may answer; in the workbench of their organisation also before its site is open. Two queries."""
    ids = [found for name in names[:MOST] if (found := _id(name))]
    forms = {str(one.pk): one for one in Form.objects.filter(pk__in=ids, state=FormState.OPEN)}
    owners = Organisation.objects.in_bulk({one.organisation_id for one in forms.values()})
    return {name: ShownForm(one, owners[one.organisation_id]) for name, one in forms.items() if one.organisation_id in owners}


def _id(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


def form_html(one: FormBlock, page: Page) -> str:
    shown: ShownForm | None = page.shown("form", one.form)
    if shown is None or not _drawers:
        return ""
    intro = f"<p>{escape(shown.form.intro)}</p>" if shown.form.intro else ""
    head = "" if one.bare else f"<h3>{escape(shown.form.title)}</h3>{intro}"
    anchor = page.anchor(f"form-{shown.form.slug}")
    return (
        f'<section class="block-form" aria-label="{escape(shown.form.title)}">{head}{_drawers[0](shown, anchor, page.language)}</section>'
    )


def form_mjml(one: FormBlock, page: Page) -> str:
    """Mail sends no forms: a way to it."""
    shown: ShownForm | None = page.shown("form", one.form)
    if shown is None:
        return ""
    words = f"<mj-text><h3>{escape(shown.form.title)}</h3><p>{escape(shown.form.intro)}</p></mj-text>"
    return f'{words}<mj-button href="{page.address(shown.address)}">{escape(_("Answer it"))}</mj-button>'


def form_text(one: FormBlock, page: Page) -> str:
    shown: ShownForm | None = page.shown("form", one.form)
    return f"{shown.form.title}: {page.base}{shown.address}" if shown else ""


KINDS = [
    Kind(
        FormBlock, form_html, form_mjml, form_text, pgettext_lazy("editor", "Form"), "clipboard-list",
        (
            Part("form", "pick", pgettext_lazy("editor", "Form"), required=True, of="form"),
            Part("bare", "yes", pgettext_lazy("editor", "Without its name above it")),
        ),
    )
]  # fmt: skip
