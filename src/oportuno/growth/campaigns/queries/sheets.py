"""A report as a table to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from oportuno.growth.campaigns.queries.figures import Figures, Report
from oportuno.kernel.formulas import neutral

COLUMNS = {
    "audience": gettext_lazy("Readers"),
    "sent": gettext_lazy("Sent"),
    "failed": gettext_lazy("Failed"),
    "suppressed": gettext_lazy("Held back"),
    "waiting": gettext_lazy("Waiting"),
    "delivered": gettext_lazy("Delivered"),
    "opened": gettext_lazy("Opened"),
    "opened_by_machine": gettext_lazy("Opened by machines"),
    "clicked": gettext_lazy("Followed a link"),
    "clicked_by_machine": gettext_lazy("Links followed by machines"),
    "bounced": gettext_lazy("Came back"),
    "complained": gettext_lazy("Complained"),
    "left": gettext_lazy("Unsubscribed"),
}


def as_csv(report: Report) -> str:
    """One line for all, each version, each part and each link. What begins like a formula is none (threat T13)."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow([_("What"), *(str(name) for name in COLUMNS.values()), _("Did something after it")])
    for name, figures, followed_up in _lines(report):
        sheet.writerow([neutral(name), *(getattr(figures, column) for column in COLUMNS), followed_up])
    if report.results.lines:
        sheet.writerow([])
        sheet.writerow([_("After following a link"), pgettext("clicks", "People"), _("Times"), _("Amount")])
        for line in report.results.lines:
            sheet.writerow([neutral(line.label), line.people, line.times, *(str(one) for one in line.money)])
    if report.links:
        sheet.writerow([])
        sheet.writerow([_("Address"), pgettext("clicks", "People"), pgettext("clicks", "Machines")])
        sheet.writerows([neutral(one.address), one.people, one.machines] for one in report.links)
    return "\ufeff" + out.getvalue()


def _lines(report: Report) -> Iterator[tuple[str, Figures, int]]:
    yield _("All"), report.total, report.results.people
    for one in report.versions:
        yield f"{one.key.upper()}: {one.name}", one.figures, one.followed_up
    for one in report.parts:
        yield one.name, one.figures, one.followed_up
