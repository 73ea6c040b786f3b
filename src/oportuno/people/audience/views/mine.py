"""What organisations hold of me: seeing, taking out, withdrawing."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.audience.actions.consenting import withdraw
from oportuno.people.audience.actions.correcting import correct_own
from oportuno.people.audience.actions.erasing import erase_contact
from oportuno.people.audience.actions.recognising import recognise
from oportuno.people.audience.forms.own_data import CorrectionForm, rows_of
from oportuno.people.audience.models import Channel, Contact, Purpose
from oportuno.people.audience.queries.mine import PAGE, export_of, held_contact, held_of, questions_of_person
from oportuno.people.audience.views.lists import asked_place, place_of
from oportuno.people.audience.views.requests import circumstances, verified_addresses
from oportuno.people.organisations.api import PersonRequest, person


@never_cache
@require_safe
@person
def mine(request: PersonRequest) -> HttpResponse:
    """Looking is what links an address proved since: the row that says so belongs to her, and she is here."""
    recognise(person=request.person.pk, addresses=verified_addresses(request), at=now())
    return page(request, "audience/mine.html", {"rows": rows_of(held_of(request.person.pk))})


@never_cache
@require_safe
@person
def my_questions(request: PersonRequest) -> HttpResponse:
    """What I asked, whom, by when an answer is promised, and the answers."""
    at = now()
    recognise(person=request.person.pk, addresses=verified_addresses(request), at=at)
    rows = questions_of_person(request.person.pk, before=asked_place(request, UUID))
    last = rows[PAGE - 1].question if len(rows) > PAGE else None
    context = {
        "rows": [(one, one.question.is_late(at)) for one in rows[:PAGE]],
        "next": place_of((last.asked_at, last.pk) if last else None),
    }
    return page(request, "audience/my_questions.html", context)


@never_cache
@require_safe
@person
def mine_download(request: PersonRequest) -> JsonResponse:
    answer = JsonResponse(export_of(request.person.pk), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="mis-datos.json"'
    return answer


@require_POST
@person
def mine_withdrawal(request: PersonRequest, contact: UUID) -> HttpResponse:
    purpose, channel = request.POST.get("purpose", ""), request.POST.get("channel", "")
    if purpose not in Purpose.values or channel not in Channel.values:
        raise Refusal(_("There is no such purpose."))
    held: Contact = held_contact(request.person.pk, contact)
    withdraw(
        organisation=held.organisation_id,
        contact=held.pk,
        channel=channel,
        purpose=purpose,
        circumstances=circumstances(request, "my account"),
        by=request.person.pk,
        at=now(),
    )
    tell(request, _("Withdrawn. Nobody writes to you for this any more."))
    return redirect("audience:mine")


@require_POST
@person
def mine_correction(request: PersonRequest, contact: UUID) -> HttpResponse:
    """What one organisation knows of me is wrong: I say how it is."""
    held = held_contact(request.person.pk, contact)
    form = CorrectionForm(request.POST, contact=held)
    if not form.is_valid():
        return page(request, "audience/mine.html", {"rows": rows_of(held_of(request.person.pk), form)}, status=422)
    correct_own(contact=held, said=form.cleaned_data, by=request.person.pk, at=now())
    tell(request, _("Corrected. This is how they know you now."))
    return redirect("audience:mine")


@require_POST
@person
def mine_erasure(request: PersonRequest, contact: UUID) -> HttpResponse:
    """One organisation forgets me."""
    held = held_contact(request.person.pk, contact)
    erase_contact(organisation=held.organisation_id, contact=held.pk, by=request.person.pk, at=now())
    tell(request, _("Erased. This organisation does not know you any more."))
    return redirect("audience:mine")


def in_my_account(*, request: PersonRequest, **given: object) -> str:
    """What fills the slot of "my account": a door to this page."""
    return SafeString(render_to_string("audience/parts/my_account.html", {}, request=request))
