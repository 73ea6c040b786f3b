"""What a bulletin may merge: the fields that everybody has, and the organisation's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oportuno.kernel.isolation import acting_organisation
from oportuno.people.audience import api as audience

PRINTED = frozenset({"way_out", "preferences"})
"""Those that messaging knows by itself when it prints."""


@dataclass(frozen=True)
class MergeField:
    """`sample` is how it is written, with what stands there for who has none."""

    key: str
    label: str
    sample: str


def fields() -> list[MergeField]:
    """For the organisation we act for, those of everybody first."""
    own = [(f"field_{one.key}", one.label) for one in audience.fields_of(acting_organisation())]
    return [MergeField(key, label, sample_of(key)) for key, label in [*_usual(), *own]]


def sample_of(key: str) -> str:
    otherwise = {"name": pgettext("merge field", "friend"), "given_name": pgettext("merge field", "friend")}.get(key, "")
    return f'{{{{ {key} | "{otherwise}" }}}}' if otherwise else f"{{{{ {key} }}}}"


def field_names() -> dict[str, str]:
    return {one.key: one.label for one in fields()}


def _usual() -> list[tuple[str, str]]:
    return [
        ("name", _("Name")),
        ("given_name", _("First name")),
        ("family_name", _("Last name")),
        ("company", _("Company")),
        ("city", _("City")),
    ]
