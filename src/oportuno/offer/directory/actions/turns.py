"""The turns of an application: the only place that writes its state."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Conflict
from oportuno.offer.directory.models import Application, State, Turn
from oportuno.offer.directory.rules import vetting
from oportuno.people.organisations.api import Member


def turn(application: Application, state: State, *, by: Member, at: datetime, note: str = "") -> None:
    """Write the turn and what it makes of the application. Raises Conflict for a move that rules.vetting does not know."""
    if state not in vetting.MOVES[application.state]:
        raise Conflict(_("This application changed meanwhile: it is “%(state)s” now.") % {"state": State(application.state).label})
    tell_turn(application, state, by=by, at=at, note=note)
    application.state, application.state_since = state, at
    if state == State.SUBMITTED and application.submitted_at is None:
        application.submitted_at = at
    if not vetting.MOVES[state]:
        application.closed_at = at
    application.save(update_fields=["state", "state_since", "submitted_at", "closed_at"])


def tell_turn(application: Application, state: State, *, by: Member, at: datetime, note: str = "") -> None:
    """Only the row; `turn` is what actions call, but for the first one."""
    Turn.objects.create(application=application, state=state, note=note, by_id=by.id, by_name=str(by.person), at=at)
