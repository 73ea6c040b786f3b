"""The words people agree to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from oportuno.kernel.errors import Broken
from oportuno.kernel.statements import Statement
from oportuno.people.audience.models import ConsentText
from oportuno.people.organisations.api import Organisation

IN_FORCE: Statement[ConsentText] = Statement(
    lambda own, purpose, at: ConsentText.objects.filter(
        Q(organisation_id=own) | Q(organisation_id__isnull=True), purpose=purpose, since__lte=at
    ).order_by(F("organisation_id").asc(nulls_last=True), "-since")[:1]
)


@dataclass(frozen=True)
class Words:
    """The words as shown, and which version they are."""

    text: str
    version: str


def words_for(organisation: Organisation, purpose: str, language: str, at: datetime) -> Words:
    """The newest words in force: the organisation's own before the market's, with its name put in."""
    found = IN_FORCE.first(own=organisation.pk, purpose=purpose, at=at)
    if found is None:
        raise Broken(f"No consent text for {purpose!r}")
    words = found.words_en if language.startswith("en") else found.words_es
    return Words(words.replace("{organisation}", organisation.name), found.version)
