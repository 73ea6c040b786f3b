"""A campaign as one of its readers gets it; a test to oneself; what had better be mended."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oportuno.growth.campaigns.actions.linking import ask_links
from oportuno.growth.campaigns.actions.trying import try_out
from oportuno.growth.campaigns.models import Campaign, Channel
from oportuno.growth.campaigns.queries.audiences import sample_reader
from oportuno.growth.campaigns.queries.campaigns import campaign_for, version_for, versions_of
from oportuno.growth.campaigns.queries.checks import checked
from oportuno.growth.campaigns.queries.previews import merged, seen_by
from oportuno.growth.campaigns.views.parts import asked_contact, asked_version, in_a_frame
from oportuno.kernel.clock import now
from oportuno.kernel.content import in_the_dark
from oportuno.kernel.errors import NotFound, Refusal
from oportuno.kernel.ui.middleware import framing_ourselves
from oportuno.kernel.ui.pages import page, tell, warn
from oportuno.people.audience import api as audience
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import MemberRequest, member

HOWS = ("mail", "phone", "dark", "text")


@require_safe
@member("see campaigns")
def preview(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """GET …/vista/?version=&contact=&how=mail|phone|dark|text, and ?q= finds the contact in whose eyes it is seen."""
    found = campaign_for(campaign)
    version = version_for(found, asked_version(request))
    contact = _reader(request, found)
    how = request.GET.get("how", "mail")
    how = how if how in HOWS else "mail"
    seen = seen_by(found, version, contact)
    words = merged(found, seen)
    slug, q = request.member.organisation.slug, request.GET.get("q", "")[:80].strip()
    asked = {"version": version.key, "contact": str(contact) if contact else "", "how": how}
    frame = f"{reverse('campaigns:preview-html', args=[slug, found.pk])}?{urlencode({**asked, 'dark': '1' if how == 'dark' else ''})}"
    context = {
        "here": slug,
        "campaign": found,
        "version": version,
        "versions": versions_of(found),
        "seen": seen,
        "words": words,
        "contact": contact,
        "how": how,
        "hows": _hows() if found.channel == Channel.EMAIL else (),
        "frame": frame,
        "q": q,
        "people": _people(request, q),
        "may_see_people": request.member.may("see contacts"),
        "may_write": request.member.may("write campaigns"),
        "may_send": request.member.may("send campaigns"),
        "found": checked(found),
        "count": messaging.preview_sms(words.text) if found.channel == Channel.SMS and words.text else None,
    }
    return framing_ourselves(page(request, "campaigns/preview.html", context))


@require_safe
@member("see campaigns")
def preview_html(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """GET …/vista/html/: the mail itself, for the frame."""
    found = campaign_for(campaign)
    words = merged(found, seen_by(found, version_for(found, asked_version(request)), asked_contact(request)))
    html = in_the_dark(words.html) if request.GET.get("dark") else words.html
    return in_a_frame(html)


@require_POST
@member("write campaigns")
def test(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/prueba/: to oneself."""
    version, contact = asked_version(request), asked_contact(request)
    try:
        to = try_out(campaign=campaign, key=version, contact=contact, to=request.POST.get("to", "")[:40], by=request.member, at=now())
    except NotFound:
        raise
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("The test is on its way to %(to)s.") % {"to": to})
    return _back(request, campaign, version, contact)


@require_http_methods(["POST"])
@member("write campaigns")
def links(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """POST …/enlaces/: ask every address whether it leads anywhere."""
    ask_links(campaign_for(campaign))
    tell(request, _("The addresses are being asked. Load this page again in a moment."))
    return _back(request, campaign, asked_version(request), asked_contact(request))


def _back(request: MemberRequest, campaign: UUID, version: str, contact: UUID | None) -> HttpResponse:
    asked = {"version": version, **({"contact": str(contact)} if contact else {})}
    return redirect(f"{reverse('campaigns:preview', args=[request.member.organisation.slug, campaign])}?{urlencode(asked)}")


def _reader(request: MemberRequest, campaign: Campaign) -> UUID | None:
    """The one who was chosen, else somebody of the audience."""
    if not request.member.may("see contacts"):
        return None
    return asked_contact(request) or sample_reader(campaign)


def _people(request: MemberRequest, q: str) -> list[audience.Contact]:
    if not q or not request.member.may("see contacts"):
        return []
    return list(audience.contacts_of(request.member, audience.Filters(q=q), size=8).contacts)


def _hows() -> tuple[tuple[str, str], ...]:
    return (("mail", _("As a mail")), ("phone", _("On a phone")), ("dark", _("In the dark")), ("text", _("Words only")))
