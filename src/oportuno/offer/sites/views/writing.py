"""Writing a page or a post in the workbench."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.content import Editing, drawn, kept_while_typing, read
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.media import api as media
from oportuno.offer.sites import api
from oportuno.offer.sites.api import pieces
from oportuno.offer.sites.forms.entries import EntryForm
from oportuno.offer.sites.models import Entry, Revision
from oportuno.offer.sites.queries.addresses import link_to
from oportuno.offer.sites.queries.entries import authors_of, pages_in_tree, terms_named, terms_of
from oportuno.offer.sites.queries.previews import preview_address
from oportuno.offer.sites.rules.states import ALLOWED, OF_WRITERS
from oportuno.offer.sites.views.advising import advised, as_kept
from oportuno.people.organisations.api import Member, MemberRequest, member


@member("write content")
@require_POST
def beginning(request: MemberRequest, kind: str) -> HttpResponse:
    """POST /desk/<organisation>/sitio/nueva/<kind>/: a new draft, opened to be written."""
    here = request.member
    author = api.own_author(by=here, at=now()).pk if kind == "post" else None
    persona, stage = (request.POST.get(name, "") if kind == "post" else "" for name in ("persona", "stage"))
    entry = api.begin_entry(kind=kind, author=author, persona=persona, stage=stage, by=here, at=now())
    return redirect("sites:entry", organisation=here.organisation.slug, entry=entry.pk)


@member("write content")
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: MemberRequest, entry: UUID) -> HttpResponse:
    """/desk/<organisation>/sitio/escribir/<id>/: the editor; sent, it is kept, and perhaps published, scheduled, sent for review …"""
    here = request.member
    found = api.entry_for(here.organisation.pk, entry)
    revision = api.newest_revision(found)
    form = _form(request, found, revision)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                said = _keep(form, found, here, now(), do=request.POST.get("do", "save"), note=request.POST.get("note", ""),
                             seen=_number(request.POST.get("seen")), before=request.POST.get("slug_before", ""))  # fmt: skip
            tell(request, said)
            return redirect("sites:entry", organisation=here.organisation.slug, entry=found.pk)
        except Refusal as refused:
            refusal = refused
            if refused.field in form.fields:
                form.add_error(refused.field, str(refused))
            found = api.entry_for(here.organisation.pk, entry)
    status = refusal.status if refusal else 422 if form.errors else 200
    return page(request, "sites/desk/entry.html", _context(here, found, revision, form, refusal), status=status)


@member("write content")
@require_http_methods(["PUT"])
def draft(request: MemberRequest, entry: UUID) -> HttpResponse:
    """PUT /desk/<organisation>/sitio/escribir/<id>/borrador/?seen=<number>: what one types, kept while one types. JSON in and out."""

    def keep(given: Mapping[str, Any]) -> tuple[datetime, int]:
        kept = api.keep_draft(
            entry=entry,
            title=_text(given, "title"),
            excerpt=_text(given, "excerpt"),
            content=read(given["content"]),
            seen=_number(request.GET.get("seen")),
            by=request.member,
            at=now(),
        )
        return kept.at, kept.number

    return kept_while_typing(request, keep)


@member("write content")
@require_POST
def drawing(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/sitio/dibujo/: how cards of the editor look."""
    try:
        return JsonResponse(drawn(json.loads(request.body), language=request.LANGUAGE_CODE))
    except ValueError:
        return JsonResponse({"detail": _("This is not a document of blocks.")}, status=422)
    except Refusal as refusal:
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)


def _form(request: MemberRequest, entry: Entry, revision: Revision) -> EntryForm:
    organisation = request.member.organisation
    tags = [one.name for one in terms_named(organisation.pk, entry.terms) if one.kind == "tag"]
    return EntryForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        entry=entry,
        revision=revision,
        editing=Editing(
            draw=reverse("sites:drawing", args=[organisation.slug]),
            pickers=pieces.pickers(organisation.slug),
            keep=f"{reverse('sites:draft', args=[organisation.slug, entry.pk])}?seen={revision.number}",
        ),
        zone=organisation.time_zone,
        pages=pages_in_tree(organisation.pk) if entry.kind == "page" else (),
        authors=authors_of(organisation.pk),
        categories=terms_of(organisation.pk, "category"),
        tags=tags,
        personas=media.personas(get_language() or "es"),
        stages=media.stages(get_language() or "es"),
    )


def _keep(form: EntryForm, entry: Entry, by: Member, at: datetime, *, do: str, note: str, seen: int | None, before: str) -> str:
    """Everything that the form says, then what the pressed button says; the sentence to tell."""
    said = form.cleaned_data
    api.keep_draft(
        entry=entry.pk, title=said["title"], excerpt=said["excerpt"], content=said["content"], seen=seen, done=True, by=by, at=at
    )
    api.file_entry(entry=entry.pk, terms=_terms(form, entry, by, at), by=by, at=at, **_filed(form, entry, by, at))
    parent = form.chosen("parent") if entry.kind == "page" else None
    now_there = api.entry_for(by.organisation.pk, entry.pk)
    slug = said["slug"] if said["slug"] != before else now_there.slug  # typed by hand, or following the title
    api.move_entry(entry=entry.pk, slug=slug, parent=parent, by=by, at=at)
    verb = VERBS.get(do)
    return verb(entry.pk, said["when"] if do == "publish" else None, note, by, at) if verb else _("Saved.")


def _filed(form: EntryForm, entry: Entry, by: Member, at: datetime) -> dict[str, Any]:
    said = form.cleaned_data
    filed: dict[str, Any] = {"search_title": said["search_title"], "search_description": said["search_description"]}
    if entry.kind == "post":
        filed |= {"author_id": form.chosen("author"), "pinned": said["pinned"], "comments_open": said["comments_open"]}
        filed |= {name: said[name] for name in ("persona", "stage") if name in said}
    if given := said["picture"]:
        filed["picture_id"] = media.keep_picture(file=given, name=given.name, by=by.id, at=at, alt=said["picture_alt"] or said["title"]).pk
    elif said["no_picture"]:
        filed["picture_id"] = None
    return filed


def _terms(form: EntryForm, entry: Entry, by: Member, at: datetime) -> list[UUID]:
    if entry.kind == "page":
        return []
    organisation = by.organisation.pk
    new = [form.cleaned_data["new_category"]] if form.cleaned_data["new_category"].strip() else []
    tags = api.name_terms(kind="tag", names=form.cleaned_data["tags"], organisation=organisation, at=at)
    made = api.name_terms(kind="category", names=new, organisation=organisation, at=at)
    return [*(UUID(one) for one in form.cleaned_data["categories"]), *(one.pk for one in (*made, *tags))]


Verb = Callable[[UUID, datetime | None, str, Member, datetime], str]


def _publish(entry: UUID, when: datetime | None, note: str, by: Member, at: datetime) -> str:
    before = api.entry_for(by.organisation.pk, entry)
    same = (
        before.state == "published"
        and when is not None
        and before.published_at is not None
        and abs(before.published_at - when).total_seconds() < 60
    )
    done = api.publish_entry(entry=entry, when=None if same else when, by=by, at=at)
    if done.state == "scheduled":
        return _("It will be published by itself at the hour you chose.")
    if done.published:
        return _("Published.")
    site = api.site_of(by.organisation.pk)
    if site and site.opened_at and not site.allowed:
        return _("Published: it will be seen as soon as the market has approved you.")
    return _("Published: it will be seen as soon as your site is open.")


def _ask_review(entry: UUID, when: datetime | None, note: str, by: Member, at: datetime) -> str:
    api.ask_review(entry=entry, by=by, at=at)
    return _("Sent for review: an editor of your organisation reads it next.")


def _send_back(entry: UUID, when: datetime | None, note: str, by: Member, at: datetime) -> str:
    api.send_back(entry=entry, note=note, by=by, at=at)
    return _("Sent back to its writer, with your note.")


def _withdraw(entry: UUID, when: datetime | None, note: str, by: Member, at: datetime) -> str:
    api.withdraw_entry(entry=entry, by=by, at=at)
    return _("It is a draft again; nobody outside sees it.")


def _hide(entry: UUID, when: datetime | None, note: str, by: Member, at: datetime) -> str:
    api.hide_entry(entry=entry, by=by, at=at)
    return _("Only your team sees it now.")


VERBS: dict[str, Verb] = {"publish": _publish, "review": _ask_review, "back": _send_back, "withdraw": _withdraw, "hide": _hide}


def _context(by: Member, entry: Entry, revision: Revision, form: EntryForm, refusal: Refusal | None) -> dict[str, Any]:
    may_publish = by.may("publish content")
    site = api.site_of(by.organisation.pk)
    verbs = {verb.replace(" ", "_") for verb, states in ALLOWED.items() if entry.state in states and (may_publish or verb in OF_WRITERS)}
    return {
        "entry": entry,
        "revision": revision,
        "form": form,
        "refusal": refusal,
        "verbs": verbs,
        "may_publish": may_publish,
        "unshown": entry.live and entry.last > entry.live,
        "site": site,
        "here": by.organisation.slug,
        "back": "posts" if entry.kind == "post" else "pages",
        "slug_prefix": f"/{entry.path.rpartition('/')[0]}/" if "/" in entry.path else "/",
        "address": link_to(by.organisation, entry.path),
        "advised": advised(by, entry, as_kept(entry, revision)),
        "preview": preview_address(entry, at=now()),
    }


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def _text(given: Mapping[str, Any], name: str) -> str | None:
    found = given.get(name)
    if found is not None and not isinstance(found, str):
        raise TypeError(name)
    return found
