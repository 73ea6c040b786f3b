"""Pointing a segment together: every step is a form of its own, with the count beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oportuno.kernel.clock import now
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.pages import is_htmx, page, tell
from oportuno.people.organisations.api import MemberRequest, member
from oportuno.people.segments.actions.drafting import drafted, stamp_of, take_step
from oportuno.people.segments.actions.saving import make_segment, save_segment
from oportuno.people.segments.models import Segment
from oportuno.people.segments.queries.people import known_for
from oportuno.people.segments.queries.pointing import Naming, addable, boxed, is_changed
from oportuno.people.segments.queries.segments import segment_for
from oportuno.people.segments.queries.sentences import tree_in_words
from oportuno.people.segments.queries.things import things_of
from oportuno.people.segments.rules.things import OPERATORS, Shape
from oportuno.people.segments.rules.tree import Group, Leaf, Path, node_at, read_kindly, without
from oportuno.people.segments.views.shown import Weight, places_of_leaves, weight_of

PAGE = "segments/builder.html"


@require_POST
@member("edit contacts")
def new(request: MemberRequest) -> HttpResponse:
    """POST …/segmentos/nuevo/: one to be pointed together, or an empty list."""
    if request.POST.get("kind") == "list":
        made = make_segment(name=request.POST.get("name", ""), tree=None, kind="list", by=request.member, at=now())
        tell(request, _("The list is there. Put people in."))
        return redirect("segments:segment", request.member.organisation.slug, made.pk)
    made = make_segment(name="", tree=None, by=request.member, at=now(), draft=True)
    return redirect("segments:builder", request.member.organisation.slug, made.pk)


@require_safe
@member("edit contacts")
def builder(request: MemberRequest, segment: UUID) -> HttpResponse:
    """GET …/armado/"""
    found = _live(request, segment)
    return page(request, f"{PAGE}#builder", _shown(request, found, counted=True))


@require_POST
@member("edit contacts")
def steps(request: MemberRequest, segment: UUID) -> HttpResponse:
    """POST …/armado/pasos/: one step; the builder anew, with the count on its way."""
    found = _live(request, segment)
    do, path = request.POST.get("do", ""), _path(request.POST.get("path", ""))
    if request.POST.get("drop") is not None:
        do = "change"
    try:
        said = _said(request, found, path) if do == "change" else {key: request.POST.get(key, "") for key in ("what", "match")}
        stamp = request.POST.get("stamp", "")
        found = take_step(segment=found.pk, do=do, path=path, said=said, stamp=stamp, by=request.member, at=now())
    except Refusal as refusal:
        if isinstance(refusal, NotFound):
            raise
        context = _shown(request, _live(request, segment), counted=not is_htmx(request))
        context |= {"refusal": refusal, "refused_at": request.POST.get("path", ""), "typed": request.POST}
        return page(request, f"{PAGE}#builder", context, status=200 if is_htmx(request) else refusal.status)
    after = _goes_on_at(found, request.POST.get("do", ""), path, dropped="drop" in request.POST)
    if is_htmx(request):
        return page(request, f"{PAGE}#builder", {**_shown(request, found, counted=False), "goes_on_at": after})
    return redirect(f"{reverse('segments:builder', args=[request.member.organisation.slug, found.pk])}#{after or 'conditions'}")


@require_safe
@member("edit contacts")
def weight(request: MemberRequest, segment: UUID) -> HttpResponse:
    """GET …/armado/conteo/: the count, a few of those who are meant, and what each condition takes away."""
    return page(request, f"{PAGE}#weight", {**_shown(request, _live(request, segment), counted=True), "apart": is_htmx(request)})


@require_POST
@member("edit contacts")
def saving(request: MemberRequest, segment: UUID) -> HttpResponse:
    """POST …/armado/guardado/"""
    found = _live(request, segment)
    name = request.POST.get("name", "")
    try:
        save_segment(segment=found.pk, name=name, tree=drafted(found), by=request.member, at=now())
    except Refusal as refusal:
        context = {**_shown(request, _live(request, segment), counted=True), "refusal": refusal, "name": name}
        return page(request, PAGE, context, status=refusal.status)
    tell(request, _("Saved. Its people are being gathered."))
    return redirect("segments:segment", request.member.organisation.slug, found.pk)


def _goes_on_at(segment: Segment, do: str, path: Path, *, dropped: bool) -> str:
    """Where the hand goes on after a step: at what was added, or where the next may be. "" where it stays as it is."""
    root, _mistakes = read_kindly(drafted(segment), things_of(segment.organisation_id))
    if dropped:
        return f"more-{_said_path(path)}"
    if do == "remove":
        while path and not _is_group(root, path := path[:-1]):
            continue
        return f"add-{_said_path(path)}"
    group = node_at(root, path) if do in ("add", "group") else None
    if not isinstance(group, Group):
        return ""
    return f"{'op' if do == 'add' else 'add'}-{_said_path((*path, len(group.of) - 1))}"


def _is_group(root: Group, path: Path) -> bool:
    try:
        return isinstance(node_at(root, path), Group)
    except IndexError:
        return False


def _said_path(path: Path) -> str:
    return ".".join(map(str, path))


def _live(request: MemberRequest, segment: UUID) -> Segment:
    found = segment_for(request.member, segment)
    if not found.is_live:
        raise NotFound
    return found


def _shown(request: MemberRequest, segment: Segment, *, counted: bool) -> dict[str, Any]:
    known = known_for(request.member)
    root, mistakes = read_kindly(drafted(segment), known.things)
    wrong = [path for path in mistakes if path]
    whole = without(root, wrong) or Group(root.match)
    weighed: Weight | None = None
    if counted and isinstance(whole, Group):
        weighed = weight_of(request.member, whole, known, at=now(), places=places_of_leaves(root, wrong))
    return {
        "here": request.member.organisation.slug,
        "segment": segment,
        "box": boxed(root, mistakes, Naming(request.member, known)),
        "headings": addable(known),
        "stamp": stamp_of(segment),
        "weight": weighed,
        "removes": dict(weighed.removes) if weighed else {},
        "sentence": tree_in_words(whole, known) if isinstance(whole, Group) else "",
        "incomplete": len(wrong),
        "changed": is_changed(segment),
        "name": segment.name,
        "empty": not root.of,
    }


def _path(said: str) -> Path:
    """ "0.2" → (0, 2); nonsense is where nothing stands."""
    if not said:
        return ()
    return tuple(int(one) if one.isdecimal() and len(one) < 4 else 9999 for one in said.split(".")[:10])


def _said(request: MemberRequest, segment: Segment, path: Path) -> dict[str, Any]:
    """What a condition's form says, as JSON of a condition. A value that the chosen operator does not take is left out."""
    known = known_for(request.member)
    root, _mistakes = read_kindly(drafted(segment), known.things)
    try:
        leaf = node_at(root, path)
    except IndexError:
        return {}
    thing = known.things.get(leaf.what) if isinstance(leaf, Leaf) else None
    if thing is None:
        return {}
    op = request.POST.get("op", "")
    shape = OPERATORS[thing.type].get(op)
    said: dict[str, Any] = {"op": op}
    if shape and shape != "nothing" and (value := _value(request.POST, shape, thing.type)) is not None:
        said["value"] = value
    if thing.type == "deed":
        said |= {
            key: value
            for key, value in (("days", _number(request.POST.get("days", ""))), ("about", request.POST.get("about", "")))
            if value
        }
    if thing.type == "share":
        said["of"] = _number(request.POST.get("of", "")) or 5
    return said


def _value(post: Any, shape: Shape, family: str) -> Any:
    first, last = post.get("first", "").strip(), post.get("last", "").strip()
    if shape == "words":
        dropped = post.get("drop")
        values = [one for one in post.getlist("value") if one != dropped]
        more = [one.strip() for one in ([*post.getlist("more")] if family != "tags" else post.get("more", "").split(","))]
        return list(dict.fromkeys([*values, *(one for one in more if one)])) or None
    if shape in ("pair", "days"):
        convert: Mapping[str, Any] = {"pair": _number, "days": str}
        return [convert[shape](one) for one in (first, last)] if first and last else None
    if not first:
        return None
    return _number(first) if shape in ("number", "span") else first


def _number(said: str) -> int | float | str | None:
    """A number as people here write it; what is none stays as it was said, and is refused with a sentence."""
    text = said.strip().replace(" ", "").replace(",", ".")
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        return said
    if not math.isfinite(found):
        return said
    return int(found) if found == int(found) else found
