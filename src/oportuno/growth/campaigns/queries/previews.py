"""A campaign as one contact would get it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from uuid import UUID

from oportuno.growth.campaigns.models import Campaign, Version
from oportuno.growth.campaigns.queries.blocks import whoms_in
from oportuno.growth.campaigns.queries.parts import among
from oportuno.growth.campaigns.queries.rendering import Rendered, rendered
from oportuno.growth.campaigns.rules.readers import Condition, chose, conditions_of
from oportuno.kernel.content import read
from oportuno.people.audience import api as audience
from oportuno.people.messaging import api as messaging

HERE = "#"
"""Where the way out leads in what is only looked at: nowhere."""


@dataclass(frozen=True)
class Seen:
    """`name` is the reader's; `fields` are what is put in for him."""

    words: Rendered
    name: str
    fields: dict[str, str]


def seen_by(campaign: Campaign, version: Version, contact: UUID | None) -> Seen:
    """With the blocks and fields of a contact, whether he agreed to it or not; of nobody, when there is none."""
    fields, name = ({}, "") if contact is None else fields_of(contact)
    topics = audience.topics_chosen(contact, purpose=campaign.purpose) if contact else ()
    own = conditions_of(whoms_in(read(version.document or {"blocks": []})))
    mask = 0
    for bit, one in enumerate(own):
        mask |= _holds(one, contact, fields, topics) << bit
    return Seen(rendered(campaign, version, mask), name, fields)


def _holds(one: Condition, contact: UUID | None, fields: Mapping[str, str], topics: Sequence[str]) -> bool:
    if one.kind == "field":
        return bool(fields.get(one.of))
    if one.kind == "topic":
        return chose(one.of, topics)
    return contact is not None and contact in among(UUID(one.of), [contact])


def merged(campaign: Campaign, seen: Seen) -> Rendered:
    """With the fields put in, as the press does it."""
    values = {**seen.fields, "way_out": HERE, "preferences": HERE}
    words = seen.words
    return replace(
        words,
        subject=messaging.Merge.of(words.subject).filled(values),
        text=messaging.Merge.of(words.text).filled(values),
        html=messaging.Merge.of(words.html).filled(values, escape),
    )


def fields_of(contact: UUID) -> tuple[dict[str, str], str]:
    """What a bulletin would merge of a contact, and what he is called."""
    found = audience.merged_of([contact]).get(contact)
    return (dict(found), found.get("name", "")) if found else ({}, "")
