"""Fields of one's own in the workbench."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, refuse, show_refusal, tell
from oportuno.people.audience.actions.fields import change_field, fill_in_fields, make_field, move_field, retire_field, return_field
from oportuno.people.audience.forms.own import FieldForm, RenamedFieldForm, ValuesForm
from oportuno.people.audience.queries.contacts import contact_for
from oportuno.people.audience.queries.fields import declared, field_for, fields_of, misfits, undeclared
from oportuno.people.audience.views.contacts import CARD, card
from oportuno.people.organisations.api import MemberRequest, member

SHEET = "audience/fields.html"


@require_http_methods(["GET", "HEAD", "POST"])
@member("edit contacts")
def fields(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/contactos/campos/: those there are, and a new one."""
    asked = {name: request.GET.get(name, "")[:80] for name in ("label", "key")}
    form = FieldForm(request.POST or None, initial={"kind": "text", **asked})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                made = make_field(
                    label=said["label"], kind=said["kind"], choices=said["choices"], key=said["key"], by=request.member, at=now()
                )
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                tell(request, _("Made: “%(field)s”. You find it on each contact, in files and in segments.") % {"field": made.label})
                return redirect("audience:fields", request.member.organisation.slug)
    return page(request, SHEET, _sheet(request, form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@member("edit contacts")
def field(request: MemberRequest, field: UUID) -> HttpResponse:
    """…/campos/<field>/: its name, and what there is to choose from."""
    found = field_for(request.member.organisation.pk, field)
    form = RenamedFieldForm(request.POST or None, initial={"label": found.label, "choices": "\n".join(found.choices)}, kind=found.kind)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_field(field=found, label=form.cleaned_data["label"], choices=form.cleaned_data.get("choices", ()), by=request.member)
            except Refusal as refusal:
                status = show_refusal(form, refusal)
            else:
                tell(request, _("Saved."))
                return redirect("audience:fields", request.member.organisation.slug)
    return page(request, "audience/field.html", {"form": form, "field": found}, status=status)


@require_POST
@member("edit contacts")
def place(request: MemberRequest, field: UUID) -> HttpResponse:
    """POST …/campos/<field>/lugar/: `do` is "up" or "down"."""
    move_field(field=field_for(request.member.organisation.pk, field), up=request.POST.get("do") == "up", by=request.member)
    return redirect("audience:fields", request.member.organisation.slug)


@require_POST
@member("edit contacts")
def retirement(request: MemberRequest, field: UUID) -> HttpResponse:
    """POST …/campos/<field>/retiro/: `do` is "return" to bring it back."""
    found = field_for(request.member.organisation.pk, field)
    if request.POST.get("do") == "return":
        return_field(field=found, by=request.member, at=now())
        tell(request, _("“%(field)s” is back, with all that your contacts have in it.") % {"field": found.label})
    else:
        retire_field(field=found, by=request.member, at=now())
        tell(
            request, _("“%(field)s” is put away. What your contacts have in it stays, and you may bring it back.") % {"field": found.label}
        )
    return redirect("audience:fields", request.member.organisation.slug)


@require_POST
@member("edit contacts")
def values(request: MemberRequest, contact: UUID) -> HttpResponse:
    """POST …/contactos/<contact>/campos/: what stands in the own fields of a contact."""
    found = contact_for(request.member, contact)
    form = ValuesForm(request.POST, own=fields_of(request.member.organisation.pk), values=found.fields)
    said = {key: request.POST[f"own-{key}"][:2000] for key in form.keys() if f"own-{key}" in request.POST}  # noqa: SIM118
    try:
        fill_in_fields(contact=found.pk, values=said, by=request.member, at=now())
    except Refusal as refusal:
        return refuse(request, refusal, CARD, {**card(request, found), "values_form": form})
    return redirect("audience:contact", request.member.organisation.slug, found.pk)


def _sheet(request: MemberRequest, form: FieldForm) -> dict[str, Any]:
    own = declared(request.member.organisation.pk)
    wrong = misfits(request.member.organisation.pk, own)
    return {
        "form": form,
        "used": [(one, wrong[one.pk]) for one in own if one.retired_at is None],
        "retired": [one for one in own if one.retired_at is not None],
        "undeclared": undeclared(request.member.organisation.pk),
    }
