"""Writing a text message, with its parts counted under the hand, and what the organisation allows itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.kernel.ids import new_id
from oportuno.kernel.ui.pages import page, tell
from oportuno.people.messaging.actions.ruling import exclude, set_rules
from oportuno.people.messaging.actions.texting import MOST_PARTS, send_text
from oportuno.people.messaging.forms import ExcludedForm, RulesForm, TextForm
from oportuno.people.messaging.models import SendingRules, State
from oportuno.people.messaging.rules.law import COLOMBIA
from oportuno.people.messaging.rules.texts import preview_sms
from oportuno.people.organisations.api import MemberRequest, member, operator

PAGE = "messaging/text.html"


@require_http_methods(["GET", "HEAD", "POST"])
@member("answer")
def text(request: MemberRequest) -> HttpResponse:
    """Write one text to one number. "Count" shows its parts also where no script runs."""
    form = TextForm(request.POST or None, initial={"to": request.GET.get("to", "")[:40]})
    count = request.POST.get("do") == "count"
    if request.method == "POST" and not count and form.is_valid():
        try:
            sent = send_text(
                text=form.cleaned_data["text"],
                to=form.cleaned_data["to"],
                organisation=request.member.organisation.pk,
                key=f"by hand:{new_id()}",
                at=now(),
                language=get_language() or "es-co",
                purpose="service",
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            held = sent.state == State.SUPPRESSED
            tell(request, _("It is held back: too many texts for today.") if held else _("The text is on its way."))
            return redirect("messaging:messages", request.member.organisation.slug)
    if count:
        form = TextForm(initial={"to": request.POST.get("to", "")[:40], "text": request.POST.get("text", "")[:2000]})
    context = {"form": form, "shown": _shown(request.POST.get("text", ""))}
    return page(request, PAGE, context, status=422 if form.errors else 200)


@require_POST
@member("answer")
def preview(request: MemberRequest) -> HttpResponse:
    """The count alone, while one writes."""
    return page(request, "messaging/parts/count.html", {"shown": _shown(request.POST.get("text", ""))})


@require_http_methods(["GET", "HEAD", "POST"])
@member("manage organisation")
def rules(request: MemberRequest) -> HttpResponse:
    """How many texts a day, to which countries, and whether advertising is rationed."""
    known = SendingRules.objects.filter(organisation_id=request.member.organisation.pk).first() or SendingRules()
    form = RulesForm(request.POST or None, initial=RulesForm.of(known))
    if request.method == "POST" and form.is_valid():
        try:
            set_rules(member=request.member, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("Saved. It counts from now on."))
            return redirect("messaging:rules", request.member.organisation.slug)
    context = {"form": form, "law": COLOMBIA, "operator": request.member.organisation.is_operator}
    return page(request, "messaging/rules.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@operator("run market")
def excluded(request: MemberRequest) -> HttpResponse:
    """The state's register of numbers that want no advertising, brought in as it is published: a number a line."""
    form = ExcludedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = exclude(member=request.member, lines=form.lines(), at=now())
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            tell(request, _("%(new)s new numbers, %(known)s known, %(wrong)s that are none.") % told)
            return redirect("messaging:excluded", request.member.organisation.slug)
    return page(request, "messaging/excluded.html", {"form": form}, status=422 if form.errors else 200)


def _shown(words: str) -> dict[str, object]:
    found = preview_sms(words)
    return {
        "text": found,
        "letters": [one if one.isprintable() else f"U+{ord(one):04X}" for one in found.culprits[:12]],
        "cheaper": found.nearest if found.nearest_segments and found.nearest_segments < found.segments else "",
        "too_long": found.segments > MOST_PARTS,
    }
