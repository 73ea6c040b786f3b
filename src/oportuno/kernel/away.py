"""The database is not there: nobody's mistake, and over soon. Whoever asks meanwhile is told so at once."""

from __future__ import annotations

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

AGAIN_IN = "5"  # seconds
GONE = ("08", "53", "57P")  # PostgreSQL's classes: connection, resources, the operator stops it
log = structlog.get_logger(__name__)


def is_database_away(error: BaseException | None) -> bool:
    """Whether this says that there is no server, or no connection to it; not that it refused a query or gave one up."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(GONE)


def broken(request: HttpRequest) -> HttpResponse:
    """What Django answers when nothing else did (`handler500`): 503 while the database is away, else 500."""
    error = sys.exc_info()[1]
    if not is_database_away(error):
        return server_error(request)
    log.warning("database.away", error=type(error).__name__)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": AGAIN_IN})
