"""What is looked at before sending, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oportuno.growth.campaigns.models import Campaign, Version
from oportuno.growth.campaigns.queries.audiences import size_of
from oportuno.growth.campaigns.queries.blocks import whoms_in
from oportuno.growth.campaigns.queries.campaigns import versions_of
from oportuno.growth.campaigns.queries.fields import PRINTED, field_names
from oportuno.growth.campaigns.queries.own import own
from oportuno.growth.campaigns.queries.parts import asked_segments
from oportuno.growth.campaigns.queries.rendering import Rendered, rendered
from oportuno.growth.campaigns.rules.checking import BLOCK, Around, Remark, Sheet, links_of, remarks_on
from oportuno.growth.campaigns.rules.readers import Condition, conditions_of, too_many
from oportuno.kernel.content import read, render_text
from oportuno.people.messaging import api as messaging
from oportuno.people.organisations.api import Organisation
from oportuno.people.segments import api as segments


@dataclass(frozen=True)
class Found:
    """A remark in the reader's language. `version` names those it is about, where there are several."""

    blocks: bool
    sentence: str
    version: str = ""
    links: tuple[str, ...] = ()


def checked(campaign: Campaign) -> list[Found]:
    """All remarks of all versions, what stops the sending first."""
    versions = versions_of(campaign)
    owner = Organisation.objects.get(pk=campaign.organisation_id)
    conditions = [one for version in versions for one in conditions_of(whoms_in(read(version.document or {"blocks": []})))]
    around = _around(campaign, owner, conditions)
    named: set[str] = {*field_names(), *PRINTED}
    found: dict[str, Found] = {}
    for version in versions:
        sheet = _sheet(campaign, version, rendered(campaign, version), named)
        for remark in [*remarks_on(sheet, around), *_conditions(versions)]:
            said = _said(remark, version.key.upper() if len(versions) > 1 else "")
            known = found.get(said.sentence)
            found[said.sentence] = replace(known, version=f"{known.version}, {said.version}") if known and said.version else said
    return sorted(found.values(), key=lambda one: not one.blocks)


def what_blocks(campaign: Campaign) -> list[str]:
    return [one.sentence for one in checked(campaign) if one.blocks]


def addresses_in(campaign: Campaign) -> list[str]:
    """Every web address that its readers are led to."""
    found = [link for version in versions_of(campaign) for link in links_of(rendered(campaign, version).html)]
    return list(dict.fromkeys(found))


def _around(campaign: Campaign, owner: Organisation, conditions: Sequence[Condition]) -> Around:
    asked = {*asked_segments(campaign), *(UUID(one.of) for one in conditions if one.kind == "segment")}
    there = list(own(segments.Segment).filter(pk__in=asked, deleted_at__isnull=True))
    troubled = sorted(str(one) for one in there if one.trouble)
    return Around(size_of(campaign), messaging.knows_postal(owner), True, gone=len(asked) - len(there), troubled=troubled)


def _sheet(campaign: Campaign, version: Version, seen: Rendered, named: set[str]) -> Sheet:
    told = {one.of for one in conditions_of(whoms_in(read(version.document or {"blocks": []}))) if one.kind == "field"}
    asked = messaging.fields_in(seen.subject, seen.text, seen.html, version.preheader) | told
    return Sheet(
        channel=campaign.channel, subject=seen.subject, html=seen.html, text=_words_of(version, campaign), unknown=sorted(asked - named),
        links={link: campaign.links.get(link) for link in links_of(seen.html)}, pictures_without_words=_wordless(version),
    )  # fmt: skip


def _words_of(version: Version, campaign: Campaign) -> str:
    if campaign.channel == "sms":
        return version.text
    return render_text(read(version.document or {"blocks": []}), language=campaign.language)


def _wordless(version: Version) -> int:
    """Pictures that say nothing to who does not see them."""
    document = read(version.document or {"blocks": []})
    shown: list[Any] = [one for block in document.every() for one in (getattr(block, "pictures", None) or [block])]
    return sum(1 for one in shown if getattr(one, "picture", "") and not getattr(one, "alt", ""))


def _conditions(versions: Sequence[Version]) -> list[Remark]:
    """Of all versions together: readers are told apart once for the whole campaign."""
    asked = conditions_of([whom for one in versions for whom in whoms_in(read(one.document or {"blocks": []}))])
    return [Remark(BLOCK, "many conditions")] if too_many(asked) else []


def _said(remark: Remark, version: str) -> Found:
    links = remark.told.get("links", ())
    assert isinstance(links, (list, tuple))
    return Found(remark.level == BLOCK, SENTENCES[remark.code](remark.told), version, tuple(links[:10]))


def _pictures(told: Mapping[str, object]) -> str:
    count = int(str(told["count"]))
    said = ngettext(
        "%(count)d picture has no words for who does not see it.", "%(count)d pictures have no words for who does not see them.", count
    )
    return said % {"count": count}


Sentence = Callable[[Mapping[str, object]], str]
SENTENCES: dict[str, Sentence] = {
    "no subject": lambda told: _("It has no subject."),
    "no words": lambda told: _("It says nothing yet."),
    "no audience": lambda told: _("Nobody would get it: nobody of this audience agreed to it."),
    "segments gone": lambda told: _("It asks for a segment that is not there any more: look again for whom it is."),
    "segments troubled": lambda told: _("The conditions of a segment ask for something that is not there any more: %(segments)s.") % told,
    "no postal address": lambda told: _("Your postal address is missing: the law asks for it under every bulletin. Write it under Messages sent, Sender."),
    "no sender": lambda told: _("It does not say who it is from."),
    "unknown fields": lambda told: _("Nobody has these fields: %(fields)s. They would stay empty.") % told,
    "many conditions": lambda told: _("It has more than four different conditions “for whom”."),
    "links gone": lambda told: _("These addresses lead nowhere:"),
    "links broken": lambda told: _("These addresses did not answer well:"),
    "links not asked": lambda told: _("Not all addresses have been tried yet."),
    "lures": lambda told: _("Filters of large mailboxes dislike these words: %(words)s.") % told,
    "shouted subject": lambda told: _("The subject is in capitals: filters and people take it for shouting."),
    "many marks": lambda told: _("Many exclamation marks make filters suspicious."),
    "too heavy": lambda told: _("It weighs %(kilobytes)s kB: Gmail cuts a mail after 102 and hides its end, the way out with it.") % told,
    "long subject": lambda told: _("The subject has %(letters)s letters: phones show some forty.") % told,
    "pictures without words": _pictures,
    "almost only pictures": lambda told: _("It is almost only pictures: filters cannot read it, nor who does not load them."),
    "shortened links": lambda told: _("Shortened addresses (%(hosts)s) hide where they lead: filters distrust them.") % told,
    "links to numbers": lambda told: _("An address is a bare number: filters distrust it."),
    "no links": lambda told: _("It leads nowhere: give your readers one thing to do."),
}  # fmt: skip
