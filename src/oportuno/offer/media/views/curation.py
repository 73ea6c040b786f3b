"""Curation in the workbench: what was found, what one thinks of it, collections."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.media.actions import curating as deeds
from oportuno.offer.media.forms import CollectionForm, FindForm
from oportuno.offer.media.models import Collection, Find
from oportuno.offer.media.queries import channels as queries
from oportuno.offer.media.queries.pieces import mark_of
from oportuno.offer.media.views.parts import as_id, media_tabs
from oportuno.people.organisations.api import MemberRequest, member

STATES = ("", "unrated", "rated", "aside")


def filters_of(asked: QueryDict) -> queries.FindFilters:
    state, kind = asked.get("state", ""), asked.get("kind", "")
    return queries.FindFilters(
        state if state in STATES else "", kind if kind in Find.Kind.values else "", as_id(asked.get("channel", "")),
        asked.get("tag", "")[:50], asked.get("q", "")[:80],
    )  # fmt: skip


@member("see")
@require_safe
def curation(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/medios/curacion/: what was found, the newest first, and the collections."""
    return _list(request)


def _list(request: MemberRequest, wrong: Refusal | None = None) -> HttpResponse:
    here = request.member.organisation.slug
    filters = filters_of(request.GET)
    context = {
        "found": queries.finds_page(filters, mark_of(request.GET.get("after", ""))), "filters": filters, "channels": queries.channels(),
        "collections": queries.collections(), "kinds": Find.Kind.choices, "here": here, "may_edit": request.member.may("edit content"),
        "tabs": media_tabs(here, "curation"), "refusal": wrong, "address": request.POST.get("address", ""), "form": CollectionForm(),
    }  # fmt: skip
    return page(request, "media/curation.html", context, status=wrong.status if wrong else 200)


@member("edit content")
@require_POST
def links(request: MemberRequest) -> HttpResponse:
    """POST …/medios/curacion/enlaces/: a link brought by hand."""
    try:
        find = deeds.bring_link(address=request.POST.get("address", ""), by=request.member.id, at=now())
    except Refusal as refusal:
        return _list(request, refusal)
    return redirect("library:find", organisation=request.member.organisation.slug, find=find.pk)


@member("edit content")
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: MemberRequest, find: UUID) -> HttpResponse:
    """GET, POST …/medios/curacion/<id>/: what one thinks of a find."""
    found = queries.find_for(find)
    here = request.member.organisation.slug
    form = FindForm(request.POST if request.method == "POST" else None, find=found)
    if request.method == "POST" and form.is_valid():
        try:
            deeds.rate_find(find=found, opinion=form.opinion(), by=request.member.id, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Saved."))
            return redirect("library:find", organisation=here, find=found.pk)
    held = queries.collections_of(found)
    rows = queries.collections()
    context = {
        "find": found, "form": form, "here": here, "inside": [row.collection for row in rows if row.collection.pk in held],
        "others": [row.collection for row in rows if row.collection.pk not in held],
    }  # fmt: skip
    return page(request, "media/find.html", context, status=422 if form.errors else 200)


@member("edit content")
@require_POST
def aside(request: MemberRequest, find: UUID) -> HttpResponse:
    """POST …/medios/curacion/<id>/descarte/: out of the list, or (with `back`) into it again."""
    deeds.put_aside(find=queries.find_for(find), aside=not request.POST.get("back"))
    return redirect("library:curation", organisation=request.member.organisation.slug)


@member("edit content")
@require_POST
def placing(request: MemberRequest, find: UUID) -> HttpResponse:
    """POST …/medios/curacion/<id>/lugar/: into a collection that is there, or into a new one."""
    found, by, at = queries.find_for(find), request.member.id, now()
    try:
        if title := request.POST.get("title", "").strip():
            collection = deeds.make_collection(words=deeds.Words(title), by=by, at=at)
        else:
            collection = _collection(request.POST.get("collection", ""))
        deeds.put_into(collection=collection, find=found, by=by, at=at)
    except NotFound:
        raise
    except Refusal as refusal:
        return _list(request, refusal)
    tell(request, _("It is in “%(title)s” now.") % {"title": collection.title})
    return redirect("library:find", organisation=request.member.organisation.slug, find=found.pk)


def _collection(said: str) -> Collection:
    pk = as_id(said)
    if pk is None:
        raise Refusal(_("Choose a collection, or name a new one."))
    return queries.collection_for(pk)


@member("edit content")
@require_POST
def collections(request: MemberRequest) -> HttpResponse:
    """POST …/medios/colecciones/: one more."""
    form = CollectionForm(request.POST)
    if not form.is_valid():
        return _list(request, Refusal(_("Give it a title.")))
    made = deeds.make_collection(words=form.words(), by=request.member.id, at=now())
    return redirect("library:collection", organisation=request.member.organisation.slug, collection=made.pk)


@member("edit content")
@require_http_methods(["GET", "HEAD", "POST"])
def collection(request: MemberRequest, collection: UUID) -> HttpResponse:
    """GET, POST …/medios/colecciones/<id>/: its words, and what it holds, in order."""
    found = queries.collection_for(collection)
    form = CollectionForm(request.POST if request.method == "POST" else None, collection=found)
    if request.method == "POST" and form.is_valid():
        deeds.change_collection(collection=found, words=form.words(), by=request.member.id, at=now())
        tell(request, _("Saved."))
        return redirect("library:collection", organisation=request.member.organisation.slug, collection=found.pk)
    return _collection_page(request, found, form)


def _collection_page(request: MemberRequest, found: Collection, form: CollectionForm, wrong: Refusal | None = None) -> HttpResponse:
    context = {
        "collection": found,
        "form": form,
        "held": queries.held_by(found),
        "here": request.member.organisation.slug,
        "refusal": wrong,
    }
    return page(request, "media/collection.html", context, status=wrong.status if wrong else 422 if form.errors else 200)


@member("edit content")
@require_POST
def order(request: MemberRequest, collection: UUID) -> HttpResponse:
    """POST …/medios/colecciones/<id>/orden/: one up or down, or (with `remove`) out of it."""
    found, by, at = queries.collection_for(collection), request.member.id, now()
    said = request.POST
    moved = as_id(said.get("find", ""))
    ids = [one.pk for one in queries.held_by(found)]
    if moved not in ids:
        raise NotFound
    if said.get("remove"):
        deeds.take_out(collection=found, find=moved, by=by, at=at)
    else:
        place = ids.index(moved)
        ids.insert(max(0, place + (-1 if said.get("up") else 1)), ids.pop(place))
        deeds.arrange(collection=found, order=ids, by=by, at=at)
    return redirect("library:collection", organisation=request.member.organisation.slug, collection=found.pk)


@member("edit content")
@require_POST
def publication(request: MemberRequest, collection: UUID) -> HttpResponse:
    """POST …/medios/colecciones/<id>/publicacion/: to everybody, or (with `hide`) to nobody."""
    found = queries.collection_for(collection)
    try:
        deeds.show_collection(collection=found, published=not request.POST.get("hide"), by=request.member.id, at=now())
    except Refusal as refusal:
        return _collection_page(request, found, CollectionForm(collection=found), refusal)
    return redirect("library:collection", organisation=request.member.organisation.slug, collection=found.pk)


@member("edit content")
@require_POST
def removal(request: MemberRequest, collection: UUID) -> HttpResponse:
    """POST …/medios/colecciones/<id>/retiro/"""
    deeds.remove_collection(collection=queries.collection_for(collection), by=request.member.id, at=now())
    tell(request, _("The collection is gone; what it held is still found."))
    return redirect("library:curation", organisation=request.member.organisation.slug)
