"""Answers as a spreadsheet, without live formulas (threat T13), written while they are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from oportuno.kernel.formulas import neutral
from oportuno.kernel.isolation import for_organisation
from oportuno.offer.sites.models import Form, FormAnswer
from oportuno.offer.sites.queries.forms import all_questions, teller

SET = 500
BOM = "\ufeff"  # without it Excel reads UTF-8 as something else


def answers_sheet(form: Form, *, language: str, zone: str) -> Iterator[str]:
    """CSV, the oldest first. Each set is read in a transaction of its own, so nothing is held open for a slow reader."""
    questions = all_questions(form)
    with translation.override(language):
        tell = teller()
        heading = _line([_("When"), _("Page"), _("Contact"), *(one.label for one in questions), _("Agreed to"), _("Version of the words")])
    yield BOM + heading
    after: UUID | None = None
    while rows := _next(form, after):
        with translation.override(language), timezone.override(zone):
            lines = [
                _line([
                    timezone.localtime(row.at).isoformat(timespec="seconds"), row.source, str(row.contact_id or ""),
                    *(tell(one, row.values.get(one.key)) for one in questions), row.agreed_to, row.words_version,
                ])
                for row in rows
            ]  # fmt: skip
        yield "".join(lines)
        after = rows[-1].pk


def _next(form: Form, after: UUID | None) -> list[FormAnswer]:
    with for_organisation(form.organisation_id):
        found = FormAnswer.objects.filter(form_id=form.pk)
        return list((found.filter(pk__gt=after) if after else found).order_by("pk")[:SET])


def _line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([neutral(one) for one in cells])
    return line.getvalue()
