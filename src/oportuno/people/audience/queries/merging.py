"""Contacts that were joined: who became whom, what joining two would do, and what can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.kernel.formats import locale_of
from oportuno.people.audience.models import Channel, Contact, ContactMerge, Purpose, Stage, Standing
from oportuno.people.audience.models.moving import movers, run
from oportuno.people.audience.queries.fields import fields_of
from oportuno.people.audience.rules.merging import OWN, choices_of, said, strictest, usual, value_of
from oportuno.people.audience.rules.own_fields import typed
from oportuno.people.organisations.api import Member

SHOWN = 20
ROWS = "SELECT to_jsonb(c) FROM contact c WHERE c.organisation_id = %s AND c.id = ANY(%s)"
STATES = "SELECT to_jsonb(s) FROM consent_state s WHERE s.contact_id = ANY(%s)"


@dataclass(frozen=True)
class Choice:
    """A value that both may have. `same`: there is nothing to choose."""

    name: str
    label: str
    kept: str
    gone: str
    usual: str
    same: bool


@dataclass(frozen=True)
class Plan:
    """What joining would do. `refusal` says why it cannot be. `moves` and `consents` are sentences."""

    choices: list[Choice]
    moves: list[str]
    consents: list[str]
    refusal: str

    @property
    def open(self) -> list[Choice]:
        """What they differ in."""
        return [one for one in self.choices if not one.same]

    @property
    def settled(self) -> list[tuple[str, str]]:
        """What both say, or only one: (label, value)."""
        return [(one.label, one.kept if one.usual == "kept" else one.gone) for one in self.choices if one.same]


def merges_of(member: Member) -> list[tuple[ContactMerge, bool]]:
    """The latest of the organisation, each with whether it can be undone now: of one contact, the last first."""
    latest = ContactMerge.objects.filter(organisation_id=member.organisation.pk, undone_at__isnull=True).order_by("-id")
    found = list(latest.select_related("kept")[:SHOWN])
    seen: set[UUID] = set()
    rows = []
    for one in found:
        rows.append((one, one.kept_id not in seen))
        seen.add(one.kept_id)
    return rows


def last_merge(contact: Contact) -> ContactMerge | None:
    """What was joined to it last, while it is not undone."""
    return ContactMerge.objects.filter(kept=contact, undone_at__isnull=True).order_by("-id").first()


def plan_of(kept: UUID, gone: UUID, member: Member) -> Plan:
    """What the page shows before anything is done: both contacts are the member's, the caller has looked."""
    rows = {UUID(row["id"]): row for row in run(ROWS, [member.organisation.pk, [kept, gone]])}
    stays, leaves = rows[kept], rows[gone]
    labels = {f"{OWN}{field.key}": field.label for field in fields_of(member.organisation.pk)} | _labels()
    choices = [
        Choice(
            name, labels.get(name, name.removeprefix(OWN)), _shown(name, stays), _shown(name, leaves), usual(stays, leaves, name),
            value_of(stays, name) == value_of(leaves, name) or not (said(value_of(stays, name)) and said(value_of(leaves, name))),
        )
        for name in choices_of(stays, leaves)
    ]  # fmt: skip
    return Plan(choices, _moves(gone), _consents(run(STATES, [[kept, gone]])), _refusal(stays, leaves))


def _refusal(stays: dict[str, Any], leaves: dict[str, Any]) -> str:
    try:
        refuse_unlike(stays, leaves)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _labels() -> dict[str, str]:
    return {
        "display_name": _("Whole name"), "given_name": _("Given name"), "family_name": _("Family name"), "company": _("Company"),
        "job_title": _("Position"), "email": _("Main e-mail"), "phone": _("Main phone"), "place": _("Place"), "country": _("Country"),
        "language": _("Language"), "stage": _("Stage"),
    }  # fmt: skip


def _shown(name: str, row: dict[str, Any]) -> str:
    value = value_of(row, name)
    if name == "stage":
        return str(dict(Stage.choices)[value])
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    if name == "country" and value:
        return str(Locale.parse(locale_of(get_language() or "es-co")).territories.get(value, value))
    return typed(value) if name.startswith(OWN) else str(value or "")


def _moves(gone: UUID) -> list[str]:
    """How much passes over, by what members call it: one query for each kind that is counted."""
    words = {"notes": _("Notes: %(count)d"), "questions": _("Questions: %(count)d"), "messages": _("Messages: %(count)d")}
    found = []
    for one in movers():
        if one.count:
            [count] = run(f"SELECT to_jsonb(count(*)) FROM {one.table} t WHERE t.{one.column} = %s", [gone])
            if count:
                found.append(words[one.count] % {"count": count})
    return found


def _consents(states: Sequence[dict[str, Any]]) -> list[str]:
    purposes, channels, standings = dict(Purpose.choices), dict(Channel.choices), dict(Standing.choices)
    return [
        f"{purposes.get(one['purpose'], one['purpose'])} ({channels.get(one['channel'], one['channel'])}): {standings[one['standing']]}"
        for one in strictest(list(states))
    ]


def refuse_unlike(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Raises Refusal for two that nobody may join."""
    if one["kind"] != other["kind"]:
        raise Refusal(_("One is a person, the other an organisation: they cannot be the same."))
    if one["person_id"] and other["person_id"] and one["person_id"] != other["person_id"]:
        raise Refusal(_("Both sign in with accounts of their own: they are two people."))
