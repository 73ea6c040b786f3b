"""First phase: contacts of the file onto the stage, by COPY. Memory is bounded by the batch, which commits with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from oportuno.kernel.imports import tell_problems
from oportuno.kernel.tables import Unreadable
from oportuno.people.audience.actions.importing.telling import tell_notes
from oportuno.people.audience.models import ContactImport, ImportedProblem
from oportuno.people.audience.queries.fields import fields_of
from oportuno.people.audience.queries.forgotten import any_forgotten, forgotten_among
from oportuno.people.audience.rules.addresses import fold
from oportuno.people.audience.rules.bringing.shapes import OUT, Brought, Setting
from oportuno.people.audience.rules.bringing.source import Source, open_source
from oportuno.people.organisations.api import Organisation

BATCH = 5_000
MOST_BYTES = 6 * 2**20  # of a batch, so that contacts with long notes make small batches
RANKS = {"email": 0, "phone": 1, "social": 2, "device": 3, "postal": 4}
MOST_TOLD = 3  # problems of one row
BETWEEN = "\x1f"  # of tags on their way; it cannot stand in one

# PostgreSQL does not COPY into a table with row-level security, so rows pass through tables of this transaction alone.
PASSAGE = """
CREATE TEMP TABLE passing_row (number int, line int, name text, name_key text, given_name text, family_name text, company_name text, job_title text,
    kind text, stage text, language text, country text, place text, email text, phone text, standing text, note text, tags text, fields text, said text
) ON COMMIT DROP;
CREATE TEMP TABLE passing_key (number int, position smallint, kind text, value text, key text) ON COMMIT DROP
"""
ROWS = """
INSERT INTO contact_import_row (organisation_id, run_id, number, line, name, name_key, given_name, family_name, company_name, job_title,
    kind, stage, language, country, place, email, phone, standing, note, tags, fields, said)
SELECT %s, %s, number, line, name, name_key, given_name, family_name, company_name, job_title, kind, stage, language, country, place, email, phone,
    standing, note, string_to_array(tags, E'\\x1f'), fields::jsonb, said::jsonb FROM passing_row
"""
KEYS = "INSERT INTO contact_import_key (organisation_id, run_id, number, position, kind, value, key) SELECT %s, %s, * FROM passing_key"
PASSED = "DROP TABLE passing_row, passing_key"


class Incoming:
    """An open file on its way to the stage. `step()` takes one batch; run it inside a transaction of the run's organisation."""

    def __init__(self, run: ContactImport, organisation: Organisation) -> None:
        declared = fields_of(run.organisation_id)
        self.source: Source = open_source(Path(run.path), run.mapping, declared)
        self._trouble: Unreadable | None = None
        self._rows = self._until_trouble(Setting(organisation.country, declared), run.read_line)

    def _until_trouble(self, setting: Setting, after: int) -> Iterator[Brought]:
        """All that no earlier attempt put on the stage, up to where the file cannot be read; what stands there is told later."""
        try:
            for one in self.source.contacts(setting):
                if one.line > after:
                    yield one
        except Unreadable as trouble:
            self._trouble = trouble

    def step(self, run: ContactImport) -> bool:
        """Put one batch on the stage and note how far we are; whether there may be more. The caller commits.

        Raises Unreadable, once all before it is on the stage.
        """
        batch = self._batch()
        if not batch and self._trouble:
            raise self._trouble
        if batch:
            if any_forgotten():
                _spare_the_forgotten(batch)
            _stage(run, batch)
            run.read_line = batch[-1].line
            run.rows += len(batch)
        run.read_bytes = self.source.taken()
        run.program, run.encoding, run.header, run.mapping = (
            self.source.program,
            self.source.encoding,
            list(self.source.header),
            self.source.mapping,
        )
        run.save(update_fields=["read_line", "rows", "read_bytes", "program", "encoding", "header", "mapping", "notes", "wrong"])
        return bool(batch)

    def _batch(self) -> list[Brought]:
        batch: list[Brought] = []
        begin = self.source.unpacked()
        for one in self._rows:
            batch.append(one)
            if len(batch) >= BATCH or self.source.unpacked() - begin > MOST_BYTES:
                break
        return batch

    def close(self) -> None:
        self.source.close()


def _spare_the_forgotten(batch: list[Brought]) -> None:
    """Who asked to be forgotten and is in a file again gets no advertising, whatever the file says."""
    found = forgotten_among((key.kind, key.key) for one in batch for key in one.keys)
    for one in batch:
        if any((key.kind, key.key) in found for key in one.keys):
            one.standing = OUT


def _stage(run: ContactImport, batch: list[Brought]) -> None:
    good = [(run.rows + index, one) for index, one in enumerate(batch, 1) if not one.problems]
    with connection.cursor() as cursor:
        cursor.execute(PASSAGE)
        with cursor.cursor.copy("COPY passing_row FROM STDIN") as rows:  # type: ignore[attr-defined]
            for number, one in good:
                rows.write_row(_row(number, one))
        with cursor.cursor.copy("COPY passing_key FROM STDIN") as keys:  # type: ignore[attr-defined]
            for number, one in good:
                for position, key in enumerate(sorted(one.keys, key=lambda key: RANKS[key.kind]) if len(one.keys) > 1 else one.keys):
                    keys.write_row((number, position, key.kind, key.value, key.key))
        cursor.execute(ROWS, [run.organisation_id, run.pk])
        cursor.execute(KEYS, [run.organisation_id, run.pk])
        cursor.execute(PASSED)
    run.wrong += tell_problems(ImportedProblem, run, [(one.line, one.problems[:MOST_TOLD]) for one in batch if one.problems])
    tell_notes(run, [(one.line, note) for one in batch if one.notes and not one.problems for note in one.notes])


def _row(number: int, one: Brought) -> tuple[Any, ...]:
    email = phone = ""
    for key in one.keys:
        if key.kind == "email" and not email:
            email = key.key
        elif key.kind == "phone" and not phone:
            phone = key.key
    return (
        number, one.line, one.name, fold(one.name)[:160] if one.name else "", one.given_name, one.family_name, one.company, one.job_title, one.kind,
        one.stage, one.language, one.country, one.place, email, phone, one.standing, one.note, BETWEEN.join(one.tags),
        json.dumps(one.fields) if one.fields else "{}", json.dumps(one.said) if one.said else None,
    )  # fmt: skip
