"""Readers speak: comments, whether it was useful, topics. Forms on pages that are kept for everybody, told by their Origin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden, NotFound, Refusal
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.policies import View, open_to_all
from oportuno.kernel.ui.pages import is_from_own_page
from oportuno.offer.sites.api import voices
from oportuno.offer.sites.forms.voices import CommentForm, TopicForm
from oportuno.offer.sites.models import Entry
from oportuno.offer.sites.queries.piece import Piece, piece_with
from oportuno.offer.sites.queries.sites import Place
from oportuno.offer.sites.rules.paths import TOPICS
from oportuno.offer.sites.views.answering import LANGUAGES, place_for
from oportuno.offer.sites.views.reading import post_page
from oportuno.offer.sites.views.topics import topics_page
from oportuno.people.audience.api import keep_pace
from oportuno.people.audience.api.requests import circumstances, network_of, pace_forms, visitor_of, voter_of

A_DAY = timedelta(days=1)
COMMENTS_A_WHILE, WHILE = 6, timedelta(minutes=10)  # from one network below the posts of one organisation
VOTES_A_DAY = 20  # from one network for one thing: an office, a class
TOPICS_A_DAY = 10

Heard = Callable[Concatenate[HttpRequest, Place, ...], HttpResponse]


def heard(why: str) -> Callable[[Heard], View]:
    """A form of a site's public page, in the site's language. The view gets its Place, and acts for whom it says."""

    def mark(view: Heard) -> View:
        @csrf_exempt
        @require_POST
        @open_to_all(why)
        @wraps(view)
        def answered(request: HttpRequest, organisation: str = "", **named: Any) -> HttpResponse:
            if not is_from_own_page(request):
                raise Forbidden(_("This can be sent from our own pages only."))
            with for_public():
                place = place_for(request, organisation)
            with translation.override(LANGUAGES.get(place.site.language, "es-co")):
                return view(request, place, **named)

        return answered

    return mark


@heard("a reader comments; nobody sees it before the team has decided")
def comment(request: HttpRequest, place: Place, entry: UUID) -> HttpResponse:
    """POST …/blog/comentarios/<entry>/"""
    found = _post(place, entry)
    form = CommentForm(request.POST, at=now())
    if not form.is_valid():
        return _again(request, place, found, form, 422)
    if form.is_trap:
        return _back(place, found.entry, "dicho=espera", "dicho")
    try:
        _leave(request, place, found.entry, form)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _again(request, place, found, form, refusal.status)
    return _back(place, found.entry, "dicho=espera", "dicho")


@heard("a reader says whether a post was useful, once; who says the other later has changed her mind")
def useful(request: HttpRequest, place: Place, entry: UUID) -> HttpResponse:
    """POST …/blog/utilidad/<entry>/: `util` si or no; afterwards `falta`, what was missing."""
    post, at = _post(place, entry).entry, now()
    voter = voter_of(request, f"useful {entry}")
    _keep_votes(request, f"useful {entry}")
    organisation = place.site.organisation_id
    with for_organisation(organisation):
        if "falta" in request.POST:
            voices.say_missing(organisation=organisation, entry=post.pk, voter=voter, text=_plain(request.POST["falta"]))
            return _back(place, post, "util=gracias", "util")
        said = request.POST.get("util")
        if said not in ("si", "no"):
            raise Refusal(_("Say yes or no."))
        voices.vote_useful(organisation=organisation, entry=post.pk, useful=said == "si", voter=voter, visitor=visitor_of(request), at=at)
    return _back(place, post, f"util={said}", "util")


@heard("a reader asks for a topic; nobody sees it before the team has decided, and no mail goes to who has not confirmed")
def topic_asked(request: HttpRequest, place: Place) -> HttpResponse:
    """POST …/blog/temas/pedido/"""
    form = TopicForm(request.POST, at=now())
    status = 422
    if form.is_valid():
        try:
            if not form.is_trap:
                _ask(request, place, form)
            return HttpResponseRedirect(f"{place.to(TOPICS)}?dicho={'correo' if form.cleaned_data['email'] else 'tema'}#dicho")
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            status = refusal.status
    with for_public():
        return topics_page(request, place, form=form, status=status)


@heard("a reader wants a topic too, once")
def topic_voted(request: HttpRequest, place: Place, topic: UUID) -> HttpResponse:
    """POST …/blog/temas/<topic>/votos/"""
    _keep_votes(request, f"topic {topic}")
    organisation = place.site.organisation_id
    with for_organisation(organisation):
        is_new = voices.vote_topic(
            organisation=organisation, topic=topic, voter=voter_of(request, "topics"), visitor=visitor_of(request), at=now()
        )
    return HttpResponseRedirect(f"{place.to(TOPICS)}?dicho={'voto' if is_new else 'ya'}#dicho")


def _leave(request: HttpRequest, place: Place, entry: Entry, form: CommentForm) -> None:
    said, at, organisation = form.cleaned_data, now(), place.organisation
    pace_forms(request, "comment")
    keep_pace("comments", f"{organisation.pk} {network_of(request)}", limit=COMMENTS_A_WHILE, within=WHILE, at=at)
    how = circumstances(request, "comment form")
    with for_organisation(organisation.pk):
        voices.leave_comment(
            organisation=organisation, entry=entry.pk, writer=voices.Writer(said["name"], said["email"], said["follows"]),
            text=said["text"], parent=said["parent"], circumstances=how, at=at,
        )  # fmt: skip


def _ask(request: HttpRequest, place: Place, form: TopicForm) -> None:
    said, at, organisation = form.cleaned_data, now(), place.organisation
    pace_forms(request, "topic")
    keep_pace("topics", f"{organisation.pk} {network_of(request)}", limit=TOPICS_A_DAY, within=A_DAY, at=at)
    email = said["email"]
    how = circumstances(request, "topic form")
    voter = voter_of(request, "topics")
    with for_organisation(organisation.pk):
        voices.ask_topic(
            organisation=organisation, title=said["title"], details=said["details"], email=email, voter=voter,
            circumstances=how, at=at,
        )  # fmt: skip


def _keep_votes(request: HttpRequest, what: str) -> None:
    keep_pace("vote", f"{what} {network_of(request)}", limit=VOTES_A_DAY, within=A_DAY, at=now())


def _post(place: Place, entry: UUID) -> Piece:
    """A post that anybody reads. Raises NotFound."""
    with for_public():
        found = piece_with(place.site.organisation_id, entry)
    if found is None or found.entry.kind != "post":
        raise NotFound
    return found


def _again(request: HttpRequest, place: Place, post: Piece, form: CommentForm, status: int) -> HttpResponse:
    with for_public():
        return post_page(request, place, post, form=form, status=status)


def _back(place: Place, entry: Entry, said: str, anchor: str) -> HttpResponse:
    return HttpResponseRedirect(f"{place.to(entry.path)}?{said}#{anchor}")


def _plain(text: str) -> str:
    """A form that no field of ours has read may hold the one character that no database keeps."""
    return text.replace("\0", "")
