"""Who fills which slot and port. The only place that knows everyone.

Each application has one function here: its pages of the workbench, what it puts into lower slots.
"""

from __future__ import annotations

from oportuno.kernel.desk import DeskPage, list_page  # noqa: F401
from oportuno.kernel.slots import fill  # noqa: F401


def connect() -> None:
    """Called once at start, after every application has loaded."""
    organisations()
    audience()
    messaging()
    directory()
    catalogue()
    search()
    backoffice()


def organisations() -> None:
    """Team, organisation, keys."""


def audience() -> None:
    """Contacts captured."""


def messaging() -> None:
    """The catcher's inbox."""


def directory() -> None:
    """Profile, application, vetting, the operator's overview of sellers."""


def catalogue() -> None:
    """Products, imports, points of sale, stock."""


def search() -> None:
    """Demand and unmet searches."""


def backoffice() -> None:
    """Today, jobs, audit."""
