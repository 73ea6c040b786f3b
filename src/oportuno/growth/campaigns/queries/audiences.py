"""How many an audience has, and whom it reaches."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from oportuno.growth.campaigns.models import Campaign
from oportuno.growth.campaigns.queries.parts import batch_of, ids_of, parts_of
from oportuno.kernel import formats
from oportuno.people.audience import api as audience
from oportuno.people.segments import api as segments


def size_of(campaign: Campaign) -> int:
    """About how many, who is in several segments once, without those who are taken out; who cannot be written to is still among them."""
    if not ids_of(campaign.audience, "segments"):
        return audience.count_agreed(channel=campaign.channel, purpose=campaign.purpose)
    return together_of(campaign).size


def together_of(campaign: Campaign) -> segments.Together:
    return segments.together(ids_of(campaign.audience, "segments"), ids_of(campaign.audience, "minus"))


def sum_of(campaign: Campaign) -> str:
    """How its size comes about: “1.204 en A + 310 en B − 88 en los dos − 12 excluidos = 1.414”; "" when there is nothing to add up."""
    parts = parts_of(campaign)
    counted = together_of(campaign) if parts[0].segment else None
    if counted is None or (len(parts) < 2 and not campaign.audience.get("minus")):
        return ""
    locale = formats.locale_of(get_language() or "es")

    def shown(count: int) -> str:
        return formats.number(count, locale, 0)

    each = [
        _("%(count)s in %(segment)s") % {"count": shown(counted.each[one.segment]), "segment": one.name} for one in parts if one.segment
    ]
    said = " + ".join(each)
    if counted.again:
        both = _("%(count)s in both") if len(parts) == 2 else _("%(count)s in more than one")
        said += " − " + both % {"count": shown(counted.again)}
    if counted.excluded:
        said += " − " + ngettext("%(count)s taken out", "%(count)s taken out", counted.excluded) % {"count": shown(counted.excluded)}
    return f"{said} = {shown(counted.size)}"


def sample_reader(campaign: Campaign) -> UUID | None:
    """Somebody of the audience, to show it as he gets it."""
    for part in parts_of(campaign):
        if found := batch_of(campaign, part, None, 1):
            return found[0]
    return None
