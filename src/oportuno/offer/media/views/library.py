"""The library in the workbench: the list, one thing, many at once, folders."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import page, show_refusal, tell
from oportuno.offer.media.actions import bulk
from oportuno.offer.media.actions import library as deeds
from oportuno.offer.media.actions.storing import file_path, picture_path
from oportuno.offer.media.api.picking import ACCEPTED, SORTS
from oportuno.offer.media.forms import ItemForm, UploadForm
from oportuno.offer.media.models import Item
from oportuno.offer.media.queries import library as queries
from oportuno.offer.media.queries.usage import Use, uses_of
from oportuno.offer.media.rules import files as rules
from oportuno.offer.media.views.parts import as_id, media_tabs, wants_json
from oportuno.offer.media.views.serving import hand_out, sealed
from oportuno.people.organisations.api import MemberRequest, member

STATES = ("", "no_description", "expired", "bin")
AT_ONCE = 50
CHOICES = 24


def filters_of(asked: QueryDict) -> queries.Filters:
    """What an address narrows the list to."""
    kind, state = asked.get("kind", ""), asked.get("state", "")
    return queries.Filters(
        kind if kind in Item.Kind.values else "", as_id(asked.get("folder", "")), asked.get("tag", "")[:50], asked.get("q", "")[:80],
        state if state in STATES else "",
    )  # fmt: skip


@member("see")
@require_safe
def library(request: MemberRequest) -> HttpResponse:
    """GET /desk/<organisation>/medios/"""
    return _list(request, request.GET)


def _list(request: MemberRequest, asked: QueryDict, wrong: list[str] | None = None) -> HttpResponse:
    here = request.member.organisation
    filters = filters_of(asked)
    folders = queries.folders()
    context = {
        "found": queries.items_page(filters, as_id(asked.get("after", ""))), "filters": filters, "counts": queries.counts(),
        "most": queries.COUNTED, "folders": folders, "folder": next((one for one in folders if one.id == filters.folder), None),
        "tags": queries.tags(), "kinds": Item.Kind.choices, "change": queries.last_change(), "wrong": wrong or [],
        "may_edit": request.member.may("edit content"), "here": here.slug, "narrowed": urlencode(filters.asked()), "form": UploadForm(),
        "sizes": [queries.words_of(kind) for kind in rules.MOST_BYTES], "accept": ",".join(ACCEPTED.values()),
        "tabs": media_tabs(here.slug, "library"),
    }  # fmt: skip
    return page(request, "media/library.html", context, status=422 if wrong else 200)


@member("edit content")
@require_POST
def uploads(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/medios/subidas/: files, one or many; a script that sends them one by one is answered in JSON."""
    kept, wrong = [], []
    folder = as_id(request.POST.get("folder", ""))
    for file in request.FILES.getlist("file")[:AT_ONCE]:
        try:
            kept.append(deeds.keep_item(file=file, name=file.name or "", by=request.member.id, at=now(), folder=folder))  # type: ignore[arg-type]
        except Refusal as refusal:
            wrong.append(str(refusal))
    if not kept and not wrong:
        wrong = [_("Choose a file first.")]
    if wants_json(request):
        answer = choice(kept[0], request.member.organisation.slug) if kept else {"detail": wrong[0]}
        return JsonResponse(answer, status=200 if kept else 422)
    if kept:
        tell(request, ngettext("%(count)d thing brought.", "%(count)d things brought.", len(kept)) % {"count": len(kept)})
    if wrong:
        return _list(request, _asked(request), wrong)
    return redirect(_back(request))


@member("see")
@require_safe
def choices(request: MemberRequest, sort: str) -> HttpResponse:
    """GET …/medios/eleccion/<sort>/?q=&ids=: what the editor of documents offers, and what it has chosen already."""
    if sort not in SORTS:
        raise NotFound
    here = request.member.organisation.slug
    kind = SORTS[sort].kind
    found = queries.items_page(queries.Filters(kind=kind, text=request.GET.get("q", "")[:80]), limit=CHOICES)
    ids = [one for said in request.GET.get("ids", "")[:4000].split(",") if (one := as_id(said))]
    chosen = queries.items().filter(pk__in=ids, kind=kind) if ids else []
    return JsonResponse(
        {"results": [choice(one, here) for one in found.rows if one.published], "chosen": [choice(one, here) for one in chosen]}
    )


def choice(item: Item, slug: str) -> dict[str, str]:
    """A thing as the editor shows it."""
    told = {"id": str(item.pk), "title": item.name, "href": reverse("library:item", args=[slug, item.pk])}
    return {**told, "src": item.picture.url(320), "alt": item.picture.alt} if item.is_image else told


@member("edit content")
@require_POST
def changes(request: MemberRequest) -> HttpResponse:
    """POST …/medios/cambios/: move, tag, delete or restore those chosen, or all that fit."""
    said, by, at = request.POST, request.member.id, now()
    do = said.get("do", "")
    try:
        chosen = _chosen(request)
        if do == "delete" and not said.get("sure") and (used := _in_use(request, chosen)):
            return _warn(request, chosen, used)
        count = _change(do, chosen, said, by, at)
    except Refusal as refusal:
        return _list(request, _asked(request), [str(refusal)])
    tell(request, ngettext("%(count)d thing changed.", "%(count)d things changed.", count) % {"count": count})
    return redirect(_back(request))


def _change(do: str, chosen: list[UUID], said: QueryDict, by: UUID, at: object) -> int:
    common = {"chosen": chosen, "by": by, "at": at}
    if do == "delete":
        return int(bulk.delete_items(**common).count)  # type: ignore[arg-type]
    if do == "restore":
        return bulk.restore_items(**common)  # type: ignore[arg-type]
    if do in ("tag", "untag"):
        return int(bulk.tag_items(tags=said.get("tags", "").split(","), away=do == "untag", **common).count)  # type: ignore[arg-type]
    if do == "move":
        return int(bulk.move_items(folder=as_id(said.get("to", "")), **common).count)  # type: ignore[arg-type]
    raise Refusal(_("Choose what to do with them."))


def _in_use(request: MemberRequest, chosen: list[UUID]) -> list[tuple[Item, list[Use]]]:
    used = uses_of(chosen, request.member.organisation.slug)
    rows = {row.pk: row for row in queries.items().filter(pk__in=list(used), deleted_at__isnull=True)}
    return [(rows[pk], uses) for pk, uses in used.items() if pk in rows]


def _warn(request: MemberRequest, chosen: list[UUID], used: list[tuple[Item, list[Use]]]) -> HttpResponse:
    """Before something that is used disappears: where it would be missed."""
    context = {
        "chosen": chosen, "used": used[:100], "count": len(chosen), "here": request.member.organisation.slug,
        "back": _back(request), "filters": request.POST.get("filters", "")[:500],
    }  # fmt: skip
    return page(request, "media/deleting.html", context)


@member("edit content")
@require_POST
def reversal(request: MemberRequest, change: UUID) -> HttpResponse:
    """POST …/medios/cambios/<id>/anulacion/"""
    count = bulk.undo(change=change, by=request.member.id, at=now())
    tell(request, ngettext("Undone: %(count)d thing is as it was.", "Undone: %(count)d things are as they were.", count) % {"count": count})
    return redirect("library:library", organisation=request.member.organisation.slug)


@member("edit content")
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: MemberRequest, item: UUID) -> HttpResponse:
    """GET, POST …/medios/<id>/: one thing, its words and rights, and where it is used."""
    found = queries.item_for(item)
    here = request.member.organisation.slug
    form = ItemForm(request.POST if request.method == "POST" else None, item=found, folders=queries.folders())
    if request.method == "POST" and form.is_valid():
        try:
            deeds.describe_item(item=found, said=form.said(), by=request.member.id, at=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            tell(request, _("Saved."))
            following = queries.next_without_description(found.pk) if request.POST.get("do") == "next" else None
            return redirect("library:item", organisation=here, item=following or found.pk)
    context = {"item": found, "form": form, "uses": uses_of([found.pk], here).get(found.pk, []), "here": here}
    context["more"] = found.lacks_description and queries.next_without_description(found.pk) is not None
    return page(request, "media/item.html", context, status=422 if form.errors else 200)


@member("see")
@require_safe
def preview(request: MemberRequest, item: UUID) -> HttpResponseBase:
    """GET …/medios/<id>/vista/: for the organisation itself, also what nobody else may see any more."""
    found = queries.item_for(item)
    if found.is_image:
        path = picture_path(found.digest, min(found.picture.widths, key=lambda width: abs(int(width) - 640)))
    else:
        path = file_path(found.digest, found.ending)
    if not path.exists():
        raise NotFound
    return sealed(hand_out(request, path, found.file_name, "image/webp" if found.is_image else found.content_type), "private, no-store")


@member("edit content")
@require_POST
def folders(request: MemberRequest) -> HttpResponse:
    """POST …/medios/carpetas/: one more."""
    try:
        made = deeds.make_folder(name=request.POST.get("name", ""), parent=as_id(request.POST.get("parent", "")), at=now())
    except Refusal as refusal:
        return _list(request, _asked(request), [str(refusal)])
    return redirect(f"{reverse('library:library', args=[request.member.organisation.slug])}?folder={made.pk}")


@member("edit content")
@require_POST
def folder(request: MemberRequest, folder: UUID) -> HttpResponse:
    """POST …/medios/carpetas/<id>/: another name, or (with `remove`) one less; what lay in it goes one up."""
    found = queries.folder_for(folder)
    above = found.parent_id
    try:
        if request.POST.get("remove"):
            deeds.remove_folder(folder=found)
            tell(request, _("The folder is gone; what lay in it is one up."))
        else:
            deeds.rename_folder(folder=found, name=request.POST.get("name", ""))
            above = found.pk
    except Refusal as refusal:
        return _list(request, QueryDict(f"folder={folder}"), [str(refusal)])
    return redirect(f"{reverse('library:library', args=[request.member.organisation.slug])}{f'?folder={above}' if above else ''}")


def _asked(request: MemberRequest) -> QueryDict:
    """The filters of the list that somebody came from."""
    return QueryDict(request.POST.get("filters", "")[:500])


def _back(request: MemberRequest) -> str:
    asked = urlencode(filters_of(_asked(request)).asked())
    return f"{reverse('library:library', args=[request.member.organisation.slug])}{'?' if asked else ''}{asked}"


def _chosen(request: MemberRequest) -> list[UUID]:
    """Those with a tick; with `all`, every one that fits the filters."""
    if request.POST.get("all"):
        return list(queries.filtered(filters_of(_asked(request))).order_by("-pk").values_list("pk", flat=True)[: bulk.MOST + 1])
    return [found for one in request.POST.getlist("selected") if (found := as_id(one))]
