"""Topics that readers asked for, in the workbench."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ui.pages import page, tell
from oportuno.offer.sites import api
from oportuno.offer.sites.api import voices
from oportuno.offer.sites.forms.voices import TopicTitleForm
from oportuno.offer.sites.models import TopicState
from oportuno.offer.sites.queries import topics as found_topics
from oportuno.offer.sites.queries.desk import as_id
from oportuno.people.organisations.api import MemberRequest, member

MOST_CHOSEN = 200


@member("write content")
@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: MemberRequest) -> HttpResponse:
    """/desk/<organisation>/sitio/temas/: the backlog by votes; POST puts a topic of the team's own into it."""
    here = request.member
    form = TopicTitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            voices.note_topic(title=form.cleaned_data["title"], by=here, at=now())
            tell(request, _("It is in the backlog."))
            return redirect("sites:topics", organisation=here.organisation.slug)
        except Refusal as refusal:
            form.add_error("title", str(refusal))
    return page(request, "sites/desk/topics.html", _context(request, form), status=422 if form.errors else 200)


@member("publish content")
@require_POST
def decisions(request: MemberRequest) -> HttpResponse:
    """POST /desk/<organisation>/sitio/temas/decisiones/: `do` open, declined or waiting, for those `selected`."""
    here = request.member
    chosen = [one for one in map(as_id, request.POST.getlist("selected")[:MOST_CHOSEN]) if one]
    count = voices.decide_topics(topics=chosen, state=request.POST.get("do", ""), by=here, at=now())
    tell(request, ngettext("%(count)s topic changed.", "%(count)s topics changed.", count) % {"count": count})
    state = request.POST.get("state", "")
    back = f"?{urlencode({'state': state})}" if state in TopicState.values else ""
    return redirect(reverse("sites:topics", args=[here.organisation.slug]) + back)


@member("publish content")
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: MemberRequest, topic: UUID) -> HttpResponse:
    """/desk/<organisation>/sitio/temas/<id>/: say it in better words."""
    here = request.member
    found = found_topics.topic_for(here.organisation.pk, topic)
    form = TopicTitleForm(request.POST or None, initial={"title": found.title})
    if request.method == "POST" and form.is_valid():
        try:
            voices.change_topic(topic=found.pk, title=form.cleaned_data["title"], by=here)
            tell(request, _("Saved."))
            return redirect(reverse("sites:topics", args=[here.organisation.slug]) + f"?{urlencode({'state': found.state})}")
        except Refusal as refusal:
            form.add_error("title", str(refusal))
    context = {"form": form, "topic": found, "here": here.organisation.slug}
    return page(request, "sites/desk/topic.html", context, status=422 if form.errors else 200)


@member("write content")
@require_POST
def writing(request: MemberRequest, topic: UUID) -> HttpResponse:
    """POST /desk/<organisation>/sitio/temas/<id>/borrador/: a draft about it, opened to be written."""
    here = request.member
    entry = voices.write_topic(topic=topic, by=here, at=now())
    return redirect("sites:entry", organisation=here.organisation.slug, entry=entry.pk)


def _context(request: MemberRequest, form: TopicTitleForm) -> dict[str, object]:
    here = request.member
    counts = found_topics.topics_counted(here.organisation.pk)
    state = request.GET.get("state", TopicState.OPEN)
    state = state if state in TopicState.values else TopicState.OPEN
    found = found_topics.topics_page(here.organisation.pk, state, after=request.GET.get("after", ""))
    askers = found_topics.askers_of([one.pk for one in found.topics])
    return {
        "rows": [(one, askers.get(one.pk, 0)) for one in found.topics],
        "after": found.after,
        "state": state,
        "tabs": [
            {"label": TopicState(one).label, "href": f"?{urlencode({'state': one})}", "current": one == state, "count": counts[one]}
            for one in TopicState.values
        ],
        "form": form,
        "any": any(counts.values()),
        "site": api.site_of(here.organisation.pk),
        "may_decide": here.may("publish content"),
        "here": here.organisation.slug,
    }
