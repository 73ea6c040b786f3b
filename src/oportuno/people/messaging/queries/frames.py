"""Who a mail says it is from, where they sit, and why its reader gets it."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from oportuno.kernel.errors import NotFound
from oportuno.people.messaging.models import Letterhead, Purpose
from oportuno.people.messaging.queries.rendering import Frame, one_line
from oportuno.people.organisations.api import Organisation, market_operator

COUNTRIES = {"CO": "Colombia", "MX": "México", "EC": "Ecuador", "PE": "Perú", "CL": "Chile", "AR": "Argentina", "US": "Estados Unidos"}
WAY_OUT = re.compile(r"\{\{\s*way_out\b")
_postal: Callable[[Organisation], str] = lambda organisation: ""  # noqa: E731


_origin: Callable[[Organisation], str] = lambda organisation: ""  # noqa: E731


def origins(answer: Callable[[Organisation], str]) -> None:
    """Say who knows an organisation's own host ("https://…"), if it has one that answers; config.wiring does."""
    global _origin
    _origin = answer


def origin_of(organisation: Organisation) -> str:
    """Where addresses of ours in its bulletins begin: its own host, else the market's."""
    return _origin(organisation) or settings.ORIGIN


def postal_addresses(answer: Callable[[Organisation], str]) -> None:
    """Say who knows where an organisation sits that has not written it down itself; config.wiring does."""
    global _postal
    _postal = answer


def sender_name(organisation: Organisation, called: str = "") -> str:
    """How the sender is called in the reader's inbox; the market's name follows, for whose relay it is."""
    market, name = market_name(), called.strip() or organisation.name
    return one_line(name if organisation.is_operator or not market or market in name else f"{name} · {market}")[:160]


def market_name() -> str:
    try:
        return market_operator().name
    except NotFound:
        return ""


def postal_of(organisation: Organisation) -> str:
    """Where the organisation we act for sits: what it wrote itself, then what others know of it, then its country."""
    written = Letterhead.objects.filter(organisation_id=organisation.pk).values_list("postal", flat=True).first()
    return one_line(written or _postal(organisation) or COUNTRIES.get(organisation.country, organisation.country))


def frame_of(organisation: Organisation, purpose: str, way_out: str, language: str) -> Frame:
    with translation.override(language):
        return Frame(
            sender=organisation.name,
            postal=postal_of(organisation),
            reason=_reason(purpose, organisation.name),
            market=market_name() or organisation.name,
            origin=settings.ORIGIN,
            way_out=way_out,
        )


def feet(organisation: Organisation, language: str, text: str, html: str) -> tuple[str, str]:
    """A bulletin's text and HTML with the foot that law and readers want, unless it says the way out itself."""
    frame = frame_of(organisation, Purpose.MARKETING, "{{ way_out }}", language)
    shown = {name: value.replace("{{", "{ {") for name, value in vars(frame).items() if name != "way_out"}
    context = {"frame": {**shown, "way_out": frame.way_out, "preferences": "{{ preferences }}"}}
    with translation.override(language):
        if not WAY_OUT.search(text):
            text = f"{text.rstrip()}\n\n{render_to_string('messaging/foot.txt', context).strip()}\n"
        if not WAY_OUT.search(html):
            foot = render_to_string("messaging/foot.html", context).strip()
            end = html.lower().rfind("</body")
            html = f"{html}{foot}" if end < 0 else f"{html[:end]}{foot}{html[end:]}"
    return text, html


def _reason(purpose: str, name: str) -> str:
    if purpose == Purpose.MARKETING:
        return _("You get this because you agreed that %(name)s writes to you.") % {"name": name}
    if purpose == Purpose.SERVICE:
        return _("You get this because you use a service of %(name)s.") % {"name": name}
    return _("You get this because this address was entered at %(name)s. If that was not you, do nothing.") % {"name": name}
