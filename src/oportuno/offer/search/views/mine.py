"""The searches a person keeps, in her account."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Conflict, Refusal
from oportuno.kernel.ui.pages import page, refuse, tell
from oportuno.offer.search.actions.saved import address_of, end_search, save_search
from oportuno.offer.search.forms import SaveSearchForm
from oportuno.offer.search.queries.addresses import from_address
from oportuno.offer.search.queries.saved import saved_searches
from oportuno.people.organisations.api import PersonRequest, person


@require_safe
@person
def saved(request: PersonRequest) -> HttpResponse:
    """What she keeps, what each has told her, and how to end it."""
    rows = [(one, address_of(one)) for one in saved_searches(request.person.pk)]
    return page(request, "search/saved.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@person
def save(request: PersonRequest) -> HttpResponse:
    """Keep the search of this address. GET asks for its name."""
    given = request.POST.get("question", "") if request.method == "POST" else request.GET.urlencode()
    form = SaveSearchForm(request.POST or None, initial={"question": given, "name": QueryDict(given).get("q", "")})
    if request.method == "POST" and form.is_valid():
        try:
            query = from_address(dict(QueryDict(given).lists()), language=get_language() or "es")
            save_search(query=query, name=form.cleaned_data["name"], person=request.person, at=now())
        except Conflict as refusal:
            tell(request, refusal)
        except Refusal as refusal:
            return refuse(request, refusal, "search/save.html", {"form": form, "words": QueryDict(given).get("q", "")})
        else:
            tell(request, _("Kept. We write to you when there is something new."))
        return redirect("search:saved")
    return page(request, "search/save.html", {"form": form, "words": QueryDict(given).get("q", "")})


@require_POST
@person
def ended(request: PersonRequest, saved: UUID) -> HttpResponse:
    """End one."""
    end_search(saved=saved, person=request.person, at=now())
    tell(request, _("Ended. You get no more mail about it."))
    return redirect("search:saved")


def in_my_account(*, request: PersonRequest, **given: object) -> str:
    """What fills the slot of "my account": a door to this page."""
    return SafeString(render_to_string("search/parts/my_account.html", {}, request=request))
