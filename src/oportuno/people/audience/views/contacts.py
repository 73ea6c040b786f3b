"""Contacts in the workbench: the list, one contact, and what members note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.audit import audit
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.ui.pages import page, refuse, tell
from oportuno.people.audience.actions.consenting import withdraw
from oportuno.people.audience.actions.erasing import erase_contact
from oportuno.people.audience.actions.knowing import add_note, last_tagging, save_selection, set_stage, tag, tag_all, undo_tagging
from oportuno.people.audience.facts import ContactsExported
from oportuno.people.audience.forms import StageForm
from oportuno.people.audience.forms.own import ValuesForm
from oportuno.people.audience.forms.writing import IdentityForm
from oportuno.people.audience.models import Channel, Contact, Purpose, Stage
from oportuno.people.audience.queries import consents, ports
from oportuno.people.audience.queries.advising import next_step_of
from oportuno.people.audience.queries.companies import belonging_of
from oportuno.people.audience.queries.contacts import all_contacts, chosen_of, contact_for, contacts_of, selections_of, sources_of
from oportuno.people.audience.queries.duplicates import like
from oportuno.people.audience.queries.fields import fields_of, shown
from oportuno.people.audience.queries.merged import current
from oportuno.people.audience.queries.merging import last_merge
from oportuno.people.audience.queries.sheets import FORMS, Form, written
from oportuno.people.audience.queries.tellings import source_name
from oportuno.people.audience.queries.timeline import groups, timeline_of
from oportuno.people.audience.views.lists import asked_place, filters_of, place_of, sentences
from oportuno.people.audience.views.requests import circumstances, language_of
from oportuno.people.organisations.api import Member, MemberRequest, member

SHEET = "audience/contacts.html"
CARD = "audience/contact.html"
MOST_CHOSEN = 5_000  # ticks of one press; more than anybody sets by hand


@require_safe
@member("see contacts")
def contacts(request: MemberRequest) -> HttpResponse:
    """The list; every filter is in the address, the next page begins after the last row of this one."""
    filters, own = filters_of(request), fields_of(request.member.organisation.pk)
    found = contacts_of(request.member, filters, after=asked_place(request, UUID))
    return page(
        request,
        f"{SHEET}#rows",
        {
            "found": found,
            "next": place_of(found.next),
            "filters": filters,
            "sentences": sentences(filters, own),
            "own": own,
            "asked": next((one for one in own if one.key == filters.field), None),
            "selections": selections_of(request.member),
            "stages": Stage.choices,
            "purposes": Purpose.choices,
            "sources": [(source, source_name(source)) for source in sources_of(request.member)],
            "may_edit": request.member.may("edit contacts"),
            "may_export": request.member.may("export contacts"),
            "tagging": last_tagging(request.member),
        },
    )


@require_safe
@member("see contacts")
def contact(request: MemberRequest, contact: UUID) -> HttpResponse:
    if (kept := current(contact)) != contact:
        return redirect("audience:contact", request.member.organisation.slug, kept)
    found = contact_for(request.member, contact)
    return page(request, f"{CARD}#timeline", card(request, found))


def card(request: MemberRequest, found: Contact) -> dict[str, Any]:
    """Everything about one contact on one page: some ten look-ups by index, however long the history."""
    group, own = request.GET.get("show", ""), fields_of(found.organisation_id)
    history = timeline_of(found, group=group if group in groups() else "", before=asked_place(request, int))
    standings, notes, questions = consents.standings_of(found), consents.notes_of(found), consents.questions_of(found)
    return {
        "contact": found,
        "advice": next_step_of(found, notes=notes, questions=questions, standings=standings, at=now()),
        "history": history,
        "next": place_of(history.next),
        "group": group,
        "groups": groups(),
        "identities": consents.identities_of(found),
        "identity_form": IdentityForm(contact=found, here=request.member.organisation.country),
        "belonging": belonging_of(found),
        "details": shown(own, found.fields, language_of(request)),
        "values_form": ValuesForm(own=own, values=found.fields) if own else None,
        "standings": standings,
        "evidence": consents.evidence_of(found),
        "notes": notes,
        "questions": questions,
        "merge": last_merge(found),
        "alike": like(found) if request.member.may("edit contacts") else [],
        "stage_form": StageForm(initial={"stage": found.stage}),
        "may_edit": request.member.may("edit contacts"),
        "may_erase": request.member.may("erase contacts"),
    }


@require_POST
@member("edit contacts")
def notes(request: MemberRequest, contact: UUID) -> HttpResponse:
    found = contact_for(request.member, contact)
    return _done(request, found, lambda: add_note(contact=found, text=request.POST.get("text", ""), by=request.member, at=now()))


@require_POST
@member("edit contacts")
def tags(request: MemberRequest, contact: UUID) -> HttpResponse:
    found = contact_for(request.member, contact)
    add = [word for word in request.POST.get("add", "").split(",") if word.strip()]
    return _done(request, found, lambda: tag(contact=found, add=add, remove=request.POST.getlist("remove"), by=request.member, at=now()))


@require_POST
@member("edit contacts")
def stage(request: MemberRequest, contact: UUID) -> HttpResponse:
    found = contact_for(request.member, contact)
    given = {"stage": request.POST.get("stage", ""), "reason": request.POST.get("reason", "")}
    return _done(request, found, lambda: set_stage(contact=found, by=request.member, at=now(), **given))


@require_POST
@member("edit contacts")
def withdrawal(request: MemberRequest, contact: UUID) -> HttpResponse:
    """Somebody told a member that he wants no more."""
    found = contact_for(request.member, contact)
    how, purpose, channel = circumstances(request, "team"), request.POST.get("purpose", ""), request.POST.get("channel", "email")
    if purpose not in Purpose.values or channel not in Channel.values:
        raise Refusal(_("There is no such purpose."))
    end = partial(withdraw, organisation=request.member.organisation.pk, contact=found.pk, channel=channel, purpose=purpose)
    return _done(request, found, lambda: end(circumstances=how, by=request.member.id, at=now()))


@require_POST
@member("see contacts")
def selections(request: MemberRequest) -> HttpResponse:
    """Give the filters of the address a name; `do` is "segment" to make a segment of them."""
    if request.POST.get("do") == "segment" and request.member.may("edit contacts"):
        try:
            made = ports.as_segment(request.member, request.POST.get("name", ""), filters_of(request), now())
        except Refusal as refusal:
            return refuse(request, refusal)
        tell(request, _("The segment is there. Its people are being gathered."))
        return redirect(made)
    filters = filters_of(request).as_dict()
    save_selection(name=request.POST.get("name", ""), filters=filters, by=request.member, at=now())
    tell(request, _("Saved. You find it above the list."))
    return redirect(f"{reverse('audience:contacts', args=[request.member.organisation.slug])}?{request.GET.urlencode()}")


@require_POST
@member("edit contacts")
def chosen_tags(request: MemberRequest) -> HttpResponse:
    """POST …/contactos/etiquetas/: `do` is "tag" or "untag", for all that are chosen."""
    words = [word for word in request.POST.get("tags", "").split(",") if word.strip()]
    add, remove = ([], words) if request.POST.get("do") == "untag" else (words, [])
    back = request.POST.get("filters", "")[:500]
    try:
        done = tag_all(contacts=_chosen(request), add=add, remove=remove, by=request.member, at=now())
    except Refusal as refusal:
        return refuse(request, refusal)
    tell(request, ngettext("%(count)d contact changed.", "%(count)d contacts changed.", done.count) % {"count": done.count})
    return redirect(f"{reverse('audience:contacts', args=[request.member.organisation.slug])}?{QueryDict(back).urlencode()}")


@require_POST
@member("edit contacts")
def tagging_reversal(request: MemberRequest, tagging: UUID) -> HttpResponse:
    """POST …/contactos/etiquetas/<id>/anulacion/"""
    count = undo_tagging(tagging=tagging, by=request.member, at=now())
    tell(
        request,
        ngettext("Undone: %(count)d contact is as it was.", "Undone: %(count)d contacts are as they were.", count) % {"count": count},
    )
    return redirect("audience:contacts", request.member.organisation.slug)


def _chosen(request: MemberRequest) -> list[UUID]:
    """Those with a tick; what is no identity is left out."""
    found = []
    for one in request.POST.getlist("selected")[:MOST_CHOSEN]:
        with suppress(ValueError):
            found.append(UUID(one))
    return found


@require_POST
@member("export contacts")
def download(request: MemberRequest) -> StreamingHttpResponse:
    """The chosen contacts, or all that match, as CSV, XLSX, vCard or JSON Lines (`form`), streamed; who took them out is written down."""
    at, filters, chosen = now(), filters_of(request), _chosen(request)
    form: Form = next((one for one in FORMS if one == request.POST.get("form")), "csv")
    audit("contacts exported", at=at, by=request.member.id, filters=filters.as_dict(), chosen=len(chosen), form=form)
    found = partial(chosen_of, request.member, chosen) if chosen else partial(all_contacts, request.member, filters)
    answer = StreamingHttpResponse(_export(request.member, found, form, at), content_type=FORMS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="contactos-{at:%Y-%m-%d}.{form}"'
    return answer


def _export(member: Member, found: Callable[[], Iterable[Contact]], form: Form, at: datetime) -> Iterator[bytes]:
    """Streamed after the view has returned: it says again for whom it acts."""
    count = 0

    def counted() -> Iterator[Contact]:
        nonlocal count
        for count, one in enumerate(found(), 1):  # noqa: B007
            yield one

    with for_organisation(member.organisation.pk):
        yield from written(counted(), form, fields_of(member.organisation.pk))
        record(ContactsExported(rows=count, by=member.id, at=at))


@require_POST
@member("erase contacts")
def erasure(request: MemberRequest, contact: UUID) -> HttpResponse:
    """POST …/contactos/<contact>/borrado/: somebody asked a member to be forgotten."""
    found = contact_for(request.member, contact)
    erase_contact(organisation=request.member.organisation.pk, contact=found.pk, by=request.member.id, at=now())
    tell(request, _("Erased. You do not know this contact any more."))
    return redirect("audience:contacts", request.member.organisation.slug)


def _done(request: MemberRequest, found: Contact, act: Any) -> HttpResponse:
    """Do it and show the contact again; a refusal keeps what was typed."""
    try:
        act()
    except Refusal as refusal:
        return refuse(request, refusal, CARD, {**card(request, contact_for(request.member, found.pk)), "typed": request.POST})
    return redirect("audience:contact", request.member.organisation.slug, found.pk)
