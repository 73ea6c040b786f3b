"""Filters and places of lists, as they stand in an address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from oportuno.people.audience.models import Purpose, Stage
from oportuno.people.audience.queries.contacts import Filters
from oportuno.people.audience.queries.tellings import source_name
from oportuno.people.audience.rules.own_fields import OwnField


@dataclass(frozen=True)
class Sentence:
    """A filter in words, and the name of the field to leave out to be rid of it."""

    words: str
    field: str


def filters_of(request: HttpRequest) -> Filters:
    """What the address asks for. What makes no sense is not left out: then it would be everybody, and not nobody, that one sees."""
    return Filters(**{field.name: request.GET.get(field.name, "").strip()[:100] for field in fields(Filters)})


def sentences(filters: Filters, own: Sequence[OwnField] = ()) -> list[Sentence]:
    """The filters as a person would say them."""
    told = {
        "q": _("whose name or address is like “%s”"),
        "stage": _("whose stage is %s"),
        "tag": _("tagged %s"),
        "source": _("who came by %s"),
        "consent": _("who agreed to: %s"),
        "since": _("seen since %s"),
    }
    found = [Sentence(told[name] % _said(name, value), name) for name, value in filters.as_dict().items() if name in told]
    label = next((one.label for one in own if one.key == filters.field), filters.field)
    if filters.field and filters.value:
        found.append(Sentence(_("whose “%(field)s” is %(value)s") % {"field": label, "value": filters.value}, "field"))
    return found


def _said(name: str, value: str) -> str:
    choices = {"stage": dict(Stage.choices), "consent": dict(Purpose.choices)}
    if name in choices:
        return str(choices[name].get(value, value)).lower()
    return source_name(value) if name == "source" else value


def place_of(place: tuple[datetime, Any] | None) -> str:
    """Where the next page begins, for an address."""
    return f"{place[0].isoformat()}~{place[1]}" if place else ""


def asked_place(request: HttpRequest, key: Callable[[str], Any]) -> Any:
    """Where the asked page begins, or None for the first; nonsense shows the first page too."""
    moment, _tilde, identity = request.GET.get("after", "").partition("~")
    with suppress(ValueError):
        if identity:
            return datetime.fromisoformat(moment.replace(" ", "+")), key(identity)
    return None
