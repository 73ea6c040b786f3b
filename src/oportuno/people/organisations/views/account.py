"""My account: name and language, organisations, and what other apps keep about the person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations.actions import found_organisation, tell_about
from oportuno.people.organisations.api import PersonRequest, memberships_of, person, workbench
from oportuno.people.organisations.forms import FoundForm, PersonForm

PAGE, FOUND = "organisations/account.html", "organisations/found.html"


@person
def account(request: PersonRequest) -> HttpResponse:
    """GET, POST /mi-cuenta/"""
    form = PersonForm(request.POST or None, initial={"name": request.person.name, "language": request.person.language})
    if request.method == "POST" and form.is_valid():
        tell_about(person=request.person, **form.cleaned_data)
        with override(request.person.language):
            tell(request, _("Saved."))
            return redirect("organisations:account")
    organisations = [(member, workbench(member.organisation)) for member in memberships_of(request.person)]
    return page(request, PAGE, {"form": form, "organisations": organisations}, status=422 if form.errors else 200)


@person
def found(request: PersonRequest) -> HttpResponse:
    """GET, POST /mi-cuenta/organizaciones/nueva/"""
    form = FoundForm(request.POST or None, initial={"country": "MX" if request.person.language == "es-mx" else "CO"})
    if request.method == "POST" and form.is_valid():
        try:
            organisation = found_organisation(owner=request.person, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("Your organisation stands. Welcome to its workbench."))
            return redirect(workbench(organisation))
    return page(request, FOUND, {"form": form}, status=422 if form.errors else 200)
