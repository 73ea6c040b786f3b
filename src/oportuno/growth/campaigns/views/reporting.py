"""What became of a campaign, while it goes out and after."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oportuno.growth.campaigns.models import Campaign, State
from oportuno.growth.campaigns.queries.campaigns import campaign_for, version_for, versions_of
from oportuno.growth.campaigns.queries.figures import report_of
from oportuno.growth.campaigns.queries.halts import halted_words
from oportuno.growth.campaigns.queries.results import counts_purchases
from oportuno.growth.campaigns.queries.sheets import as_csv
from oportuno.growth.campaigns.queries.telling import when_allowed
from oportuno.kernel.audit import audit
from oportuno.kernel.clock import now
from oportuno.kernel.ui.pages import page
from oportuno.people.organisations.api import MemberRequest, member

MOVING = (State.SCHEDULED, State.SENDING)


def report(request: MemberRequest, campaign: Campaign) -> HttpResponse:
    """The page asks for its figures again while something moves."""
    version = version_for(campaign, campaign.winner or "a")
    context = {
        "here": request.member.organisation.slug,
        "campaign": campaign,
        "version": version,
        "versions": versions_of(campaign),
        "report": report_of(campaign),
        "sells": counts_purchases(),
        "moving": campaign.state in MOVING,
        "law": when_allowed(campaign, now()) if campaign.state == State.SENDING else None,
        "halted": halted_words(campaign) if campaign.state == State.PAUSED else "",
        "why": WHYS.get(campaign.winner_why, lambda: "")(),
        "may_send": request.member.may("send campaigns"),
        "may_write": request.member.may("write campaigns"),
        "may_export": request.member.may("see campaigns"),
    }
    return page(request, "campaigns/report.html#figures", context)


@require_safe
@member("see campaigns")
def download(request: MemberRequest, campaign: UUID) -> HttpResponse:
    """GET …/informe.csv: figures of all, each version, each part, each link."""
    found = campaign_for(campaign)
    audit("campaign report exported", of=found, at=now(), by=request.member.id, name=found.name)
    answer = HttpResponse(as_csv(report_of(found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="boletin-{found.created_at:%Y-%m-%d}.csv"'
    return answer


WHYS = {
    "better": lambda: _("It did better than the others, by more than chance."),
    "perhaps": lambda: _("It was ahead, but by so little that it may be chance."),
    "tie": lambda: _("There was a tie, so the first version went out to the others."),
    "few": lambda: _("It was tried on too few people to learn anything, so the first version went out to the others."),
    "none": lambda: _("Nobody did what was counted, so the first version went out to the others."),
}
