"""The subjects under which the knowledge centre is filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, NotFound, Refusal
from oportuno.offer.knowledge.models import Category
from oportuno.offer.knowledge.rules.subjects import ICONS
from oportuno.people.organisations.api import Member


@transaction.atomic
def keep_subject(*, subject: int | None, said: Mapping[str, Any], by: Member, at: datetime) -> Category:
    """Add one, or change one; its address stays once it is there. Raises NotFound, Conflict for an address that is taken, Refusal."""
    if subject is None:
        if Category.objects.filter(slug=said["slug"]).exists():
            raise Conflict(_("Another subject has this address already."), field="slug")
        found = Category(slug=said["slug"])
    else:
        row = Category.objects.select_for_update().filter(pk=subject).first()
        if row is None:
            raise NotFound
        found = row
    icon = said.get("icon") or ICONS[0]
    if icon not in ICONS:
        raise Refusal(_("No icon is called so."), field="icon")
    found.title_es, found.title_en, found.icon = said["title_es"].strip(), said["title_en"].strip(), icon
    found.line_es, found.line_en = said.get("line_es", "").strip(), said.get("line_en", "").strip()
    found.position = said.get("position") or 0
    found.save()
    audit("knowledge.subject", at=at, by=by.id, of=found, organisation=by.organisation.pk)
    return found
