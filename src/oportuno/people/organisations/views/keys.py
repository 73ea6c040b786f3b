"""Keys with which programs work for an organisation."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.organisations import actions
from oportuno.people.organisations.api import MemberRequest, member
from oportuno.people.organisations.forms import SCOPE_WORDS, KeyForm
from oportuno.people.organisations.queries import keys_of


@member("manage keys")
@never_cache
def keys(request: MemberRequest) -> HttpResponse:
    """GET, POST /desk/<organisation>/claves/ – the answer to POST is the only page that ever shows the token."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = actions.create_key(**form.cleaned_data, by=request.member, at=now())
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return _page(request, KeyForm(), token=fresh.token, status=201)
    return _page(request, form, status=422 if form.errors else 200)


@member("manage keys")
@require_POST
def revocation(request: MemberRequest, key: UUID) -> HttpResponse:
    """POST /desk/<organisation>/claves/<id>/revocacion/"""
    actions.revoke_key(key=key, by=request.member, at=now())
    tell(request, _("The key is revoked. Programs that use it are out."))
    return redirect("organisations:keys", organisation=request.member.organisation.slug)


def _page(request: MemberRequest, form: KeyForm, *, token: str = "", status: int) -> HttpResponse:
    listed = [(key, [SCOPE_WORDS.get(scope, scope) for scope in key.scopes]) for key in keys_of(request.member)]
    context = {"form": form, "keys": listed, "token": token, "organisation": request.member.organisation}
    return page(request, "organisations/keys.html", context, status=status)
