"""Forms of sites, as visitors meet them: on a page of their own, and sent from within pages."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Forbidden, Refusal, TooMany
from oportuno.kernel.idempotency import Answer, once
from oportuno.kernel.isolation import for_organisation, for_public
from oportuno.kernel.policies import View, open_to_all
from oportuno.kernel.ui.pages import is_from_own_page, page
from oportuno.offer.sites.api import inquiries
from oportuno.offer.sites.api.inquiries import Asked, Reader
from oportuno.offer.sites.forms.forms import AnswerForm
from oportuno.offer.sites.models import Form, FormAnswer
from oportuno.offer.sites.queries.forms import shown_form
from oportuno.offer.sites.queries.sites import Place
from oportuno.offer.sites.rules.forms import Question, Whence, came_from, is_personal, whence
from oportuno.offer.sites.views.answering import LANGUAGES, Meta, place_for, show
from oportuno.people.audience.api import keep_pace, words_for
from oportuno.people.audience.api.requests import (
    circumstances,
    language_of,
    network_of,
    pace_forms,
    visitor_of,
    voter_of,
)

ANSWERS_A_WHILE, WHILE = 12, timedelta(minutes=10)  # from one network to one form: an office, a class
SEEN_A_WHILE = 120  # counted views of one form from one network
DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
"""A picture of one transparent pixel."""

Asking = Callable[Concatenate[HttpRequest, Place, Form, ...], HttpResponse]


def of_a_form(why: str, *methods: str) -> Callable[[Asking], View]:
    """A page of one form, in the site's language, kept for nobody. The view gets its Place and its Form, and acts for whom it says."""

    def mark(view: Asking) -> View:
        @csrf_exempt
        @never_cache
        @require_http_methods(["GET", "HEAD", *methods])
        @open_to_all(why)
        @wraps(view)
        def answered(request: HttpRequest, form: str, organisation: str = "", **named: Any) -> HttpResponse:
            if request.method == "POST" and not is_from_own_page(request):
                raise Forbidden(_("This can be sent from our own pages only."))
            with for_public():
                place = place_for(request, organisation)
                found = shown_form(place.site.organisation_id, form)
            with translation.override(LANGUAGES.get(place.site.language, "es-co")), timezone.override(place.organisation.time_zone):
                return view(request, place, found)

        return answered

    return mark


@of_a_form("a visitor answers a form; what she sends is seen by the team alone, and no mail goes to who has not confirmed", "POST")
def form(request: HttpRequest, place: Place, found: Form) -> HttpResponse:
    """…/formulario/<form>/: asked and answered; `?gracias=` after it, `?otra=1` for who is not whom we recognise, `?parte=1` for its inside."""
    if request.method == "POST":
        return _answer(request, place, found)
    if "gracias" in request.GET:
        return _thank(request, place, found)
    anew = "otra" in request.GET
    reader = _reader(request, place, is_stranger=anew)
    questions = inquiries.questions_for(found, reader.known)
    return _page(request, place, found, _blank(found, place, questions), Asked([one.key for one in questions], anew=anew), reader=reader)


@of_a_form("counts that a form came into view, and keeps nothing of who saw it")
def seen(request: HttpRequest, place: Place, found: Form) -> HttpResponse:
    """GET …/formulario/<form>/visto.gif"""
    try:
        if "prefetch" not in request.headers.get("Sec-Purpose", ""):
            keep_pace("form seen", f"{found.pk} {network_of(request)}", limit=SEEN_A_WHILE, within=WHILE, at=now())
            with for_organisation(found.organisation_id):
                inquiries.count_form(organisation=found.organisation_id, form=found.pk, at=now(), views=1)
    except TooMany:
        pass  # who looks that often counts no more
    return HttpResponse(DOT, content_type="image/gif")


def _answer(request: HttpRequest, place: Place, found: Form) -> HttpResponse:
    asked = inquiries.read_asked(found, request.POST.get("asked", ""))
    reader = _reader(request, place, is_stranger=bool(asked and asked.anew))
    before = inquiries.read_said(request.POST.get("mas", ""))
    questions = inquiries.questions_back(found, asked, reader, is_more=before is not None)
    there = asked.there if asked and asked.there.path else whence(request.headers.get("Referer", ""), request.get_host())
    said = _filled(request, place, found, questions)
    again = Asked([one.key for one in questions], there, bool(asked and asked.anew))
    if not said.is_valid():
        return _page(request, place, found, said, again, reader=reader, status=422)
    if said.is_trap:
        return HttpResponseRedirect(f"{_address(place, found)}?gracias=1#gracias")
    try:
        pace_forms(request, "form")
        keep_pace("form answers", f"{found.pk} {network_of(request)}", limit=ANSWERS_A_WHILE, within=WHILE, at=now())
        kept = once(
            scope=f"site form:{found.pk}:{voter_of(request, 'forms')}", key=_digest(request), request=b"", at=now(),
            do=lambda: _keep(request, place, found, said, questions, reader, there, before),
        )  # fmt: skip
    except Refusal as refusal:
        said.add_error(refusal.field if refusal.field in said.fields else None, str(refusal))
        return _page(request, place, found, said, again, reader=reader, status=refusal.status)
    return HttpResponseRedirect(kept.headers["Location"])


def _keep(
    request: HttpRequest,
    place: Place,
    found: Form,
    said: AnswerForm,
    questions: Sequence[Question],
    reader: Reader,
    there: Whence,
    before: Any,
) -> Answer:
    given, at = _given(said, questions, reader, there), now()
    with for_organisation(found.organisation_id):
        if before:
            answer = inquiries.answer_more(organisation=place.organisation, answer=before, given=given, at=at)
        else:
            how = circumstances(request, "form")
            answer = inquiries.answer_form(organisation=place.organisation, form=found.pk, given=given, circumstances=how, at=at)
    return Answer(303, {"Location": _led(place, found, answer)}, b"")


def _given(said: AnswerForm, questions: Sequence[Question], reader: Reader, there: Whence) -> inquiries.Answering:
    hidden = {one.key: came_from(one, there) for one in questions if one.sort == "hidden"}
    email = said.one("email")
    return inquiries.Answering(
        said={**said.said(), **{key: value for key, value in hidden.items() if value}}, files=said.sent_files(), name=said.one("name") or "",
        email=email, phone=said.one("phone"), agreed=bool(said.cleaned_data.get("agrees")), invited=bool(said.cleaned_data.get("invited")),
        known=reader.contact, source=there.path,
    )  # fmt: skip


def _led(place: Place, found: Form, answer: FormAnswer) -> str:
    """To the page that the form names, if anybody sees it, else to its thanks."""
    page = found.leads_to
    if page and page.published:
        return place.home if page.pk == place.site.home_id else place.to(page.path)
    return f"{_address(place, found)}?{urlencode({'gracias': inquiries.sign_said(answer)})}#gracias"


def _thank(request: HttpRequest, place: Place, found: Form) -> HttpResponse:
    """Thanks, and the questions that are left for somebody who likes to say more."""
    token = request.GET["gracias"]
    answer = inquiries.read_said(token)
    left: Sequence[Question] = ()
    if answer and found.at_once:
        with for_organisation(found.organisation_id):
            left = inquiries.questions_left(found, answer)
    blank = _blank(found, place, left)
    thanks = found.thanks or _("Thank you: %(organisation)s has your answer.") % {"organisation": place.organisation.name}
    return _page(request, place, found, blank, Asked([one.key for one in left]), thanks=thanks, more=token if left else "")


def _reader(request: HttpRequest, place: Place, *, is_stranger: bool) -> Reader:
    visitor = visitor_of(request)
    if is_stranger or not visitor:
        return replace(inquiries.STRANGER, visitor=visitor)
    with for_organisation(place.site.organisation_id):
        return inquiries.reader_of(visitor)


def _blank(found: Form, place: Place, questions: Sequence[Question]) -> AnswerForm:
    return AnswerForm(questions=questions, **_how(found, place, questions, now()))


def _filled(request: HttpRequest, place: Place, found: Form, questions: Sequence[Question]) -> AnswerForm:
    return AnswerForm(request.POST, request.FILES, questions=questions, **_how(found, place, questions, now()))


def _how(found: Form, place: Place, questions: Sequence[Question], at: datetime) -> dict[str, Any]:
    personal = is_personal(questions)
    return {
        "at": at, "country": place.organisation.country, "consents": personal,
        "invites": bool(found.invites) and any(one.sort == "email" for one in questions), "auto_id": f"f{found.pk.hex[-6:]}_%s",
    }  # fmt: skip


def _page(
    request: HttpRequest,
    place: Place,
    found: Form,
    said: AnswerForm,
    asked: Asked,
    *,
    reader: Reader = inquiries.STRANGER,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    words, _version = inquiries.words_of(found, place.organisation, language_of(request), now())
    path, own = f"formulario/{found.slug}", _address(place, found)
    context = {
        "form": said, "title": found.title, "intro": found.intro, "button": found.button, "words": words, "action": own,
        "anchor": f"form-{found.slug}", "token": inquiries.sign_asked(found, asked), "seen": f"{own}visto.gif" if status == 200 else "",
        "invitation": words_for(place.organisation, found.invites, language_of(request), now()).text if found.invites else "",
        "recognised": bool(reader.contact), "not_me": f"{own}?otra=1", "back": asked.there.path if asked.there.path != own else "", **more,
    }  # fmt: skip
    if "parte" in request.GET:
        return page(request, "sites/forms/form.html", context, status=status)
    meta = Meta(title=found.title, path=path, description=found.intro, indexed=not request.GET and status == 200)
    with for_public():
        return show(request, place, "sites/forms/page.html", meta, context, status=status)


def _address(place: Place, found: Form) -> str:
    return place.to(f"formulario/{found.slug}")


def _digest(request: HttpRequest) -> str:
    """Of all that was typed, and of when the form was shown: pressed twice, it is the same."""
    fields = sorted((name, values) for name, values in request.POST.lists())
    files = sorted((name, file.name, file.size) for name, sent in request.FILES.lists() for file in sent)
    return hashlib.sha256(repr((fields, files)).encode("utf-8", "surrogatepass")).hexdigest()
