"""Installing a vertical pack: its sectors, requirements and method become the market's."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from oportuno.kernel.packs import Pack
from oportuno.kernel.packs.method import Requirement as PackRequirement
from oportuno.offer.directory.models import Requirement, Sector, Vertical


@transaction.atomic
def install_pack(pack: Pack, at: datetime) -> bool:
    """Make a pack the market's vertical; whether anything changed. Running it twice changes nothing.

    What another pack brought is retired, not removed: decisions keep the requirement they were made on, sellers their
    sectors. A requirement worded anew gets a new version.
    """
    method = {noun: getattr(pack, noun).model_dump(mode="json") for noun in ("playbook", "commitment", "vetting")}
    digest = _digest({"sectors": pack.sectors.model_dump(mode="json"), **method})
    now = Vertical.objects.select_for_update().filter(retired_at__isnull=True).first()
    if now and (now.name, now.version, now.digest) == (pack.name, pack.identity.version, digest):
        return False
    Vertical.objects.filter(retired_at__isnull=True).exclude(name=pack.name).update(retired_at=at)
    Vertical.objects.update_or_create(
        name=pack.name,
        defaults={"version": pack.identity.version, "digest": digest, "method": method, "installed_at": at, "retired_at": None},
    )
    _install_sectors(pack, at)
    _install_requirements(pack, at)
    return True


def _install_sectors(pack: Pack, at: datetime) -> None:
    Sector.objects.filter(retired_at__isnull=True).exclude(pack=pack.name, slug__in=[s.slug for s in pack.sectors.sectors]).update(
        retired_at=at
    )
    rows = [
        Sector(
            pack=pack.name,
            slug=one.slug,
            title=one.title.model_dump(),
            singular=one.singular.model_dump(),
            description=one.description.model_dump(),
            icon=one.icon,
            categories=list(one.categories),
            order=order,
        )
        for order, one in enumerate(pack.sectors.sectors)
    ]
    words = ["title", "singular", "description", "icon", "categories", "order", "retired_at"]
    Sector.objects.bulk_create(rows, update_conflicts=True, unique_fields=["pack", "slug"], update_fields=words)


def _install_requirements(pack: Pack, at: datetime) -> None:
    wanted = {one.key: (_content(one, order), one) for order, one in enumerate(pack.vetting.requirements)}
    newest = {row.key: row for row in Requirement.objects.filter(pack=pack.name).order_by("version")}
    Requirement.objects.filter(retired_at__isnull=True).exclude(pack=pack.name, key__in=wanted).update(retired_at=at)
    for key, (content, one) in wanted.items():
        digest = _digest(one.model_dump(mode="json"))
        old = newest.get(key)
        if old and old.digest == digest:
            Requirement.objects.filter(pk=old.pk).update(order=content["order"], retired_at=None)
            continue
        if old and old.retired_at is None:
            Requirement.objects.filter(pk=old.pk).update(retired_at=at)
        Requirement.objects.create(pack=pack.name, key=key, version=old.version + 1 if old else 1, digest=digest, since=at, **content)


def _content(one: PackRequirement, order: int) -> dict[str, Any]:
    return {
        "title": one.title.model_dump(),
        "why": one.why.model_dump(),
        "accepts": one.evidence.accepts.model_dump(),
        "evidence_kind": one.evidence.kind,
        "number_check": one.evidence.number or "",
        "how_many": one.evidence.how_many,
        "countries": list(one.countries),
        "sectors": list(one.sectors),
        "required": one.required,
        "expires_days": one.expires_days,
        "remind_days": list(one.remind_days),
        "grants": one.grants or "",
        "order": order,
    }


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
