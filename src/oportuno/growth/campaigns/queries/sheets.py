"""A report as a table to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oportuno.growth.campaigns.queries.figures import Figures, Report
from oportuno.kernel.formulas import neutral

COLUMNS = (
    "audience", "sent", "failed", "suppressed", "waiting", "delivered", "opened", "opened_by_machine", "clicked", "clicked_by_machine", "bounced",
    "complained", "left",
)  # fmt: skip


def as_csv(report: Report) -> str:
    """One line for all, each version, each part and each link. What begins like a formula is none (threat T13)."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow([_("What"), *(name.replace("_", " ") for name in COLUMNS)])
    for name, figures in _lines(report):
        sheet.writerow([neutral(name), *(getattr(figures, column) for column in COLUMNS)])
    if report.links:
        sheet.writerow([])
        sheet.writerow([_("Address"), pgettext("clicks", "People"), pgettext("clicks", "Machines")])
        sheet.writerows([neutral(one.address), one.people, one.machines] for one in report.links)
    return "\ufeff" + out.getvalue()


def _lines(report: Report) -> Iterator[tuple[str, Figures]]:
    yield _("All"), report.total
    for one in report.versions:
        yield f"{one.key.upper()}: {one.name}", one.figures
    for one in report.parts:
        yield one.name, one.figures
