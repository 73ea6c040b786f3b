"""The migration operation that locks a private table."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from oportuno.kernel.isolation.models import OrganisationField, SiblingKey

OWN = "organisation_id = NULLIF(current_setting('app.organisation', true), '')::int"


class Isolate(Operation):
    """Force row-level security on a private table, and tie its references to private tables to its organisation.

    `public` names a boolean column: rows where it is true are read by anybody.
    `person` names a UUID column: its rows are read by that person (and written, with `person_writes`).
    Policies are plain equalities; anything cleverer costs a hundred times (docs/adr/0003).
    Listing it again for a table that grew a SiblingKey is safe: it only adds what is missing.
    """

    reversible = True

    def __init__(self, name: str, *, public: str = "", person: str = "", person_writes: bool = False) -> None:
        self.name = name
        self.public = public
        self.person = person
        self.person_writes = person_writes

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        options = {"public": self.public, "person": self.person, "person_writes": self.person_writes}
        return self.__class__.__name__, [self.name], {k: v for k, v in options.items() if v}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Locks change no model."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.name)
        for sql in [*self._lock(model), *self._policies(model), *self._ties(model)]:
            schema_editor.execute(sql)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        table = from_state.apps.get_model(app_label, self.name)._meta.db_table
        for policy in ("own", "market", "public", "person"):
            schema_editor.execute(f'DROP POLICY IF EXISTS "{policy}" ON "{table}"')
        schema_editor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY')

    def describe(self) -> str:
        return f"Lock {self.name} to its organisation"

    def _lock(self, model: Any) -> list[str]:
        table = model._meta.db_table
        return [f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY']

    def _policies(self, model: Any) -> list[str]:
        table = model._meta.db_table
        wanted = {"own": f"TO oportuno_app USING ({OWN}) WITH CHECK ({OWN})", "market": "TO oportuno_market USING (true) WITH CHECK (true)"}
        if self.public:
            wanted["public"] = f'FOR SELECT TO oportuno_public USING ("{self.public}")'
        if self.person:
            mine = f"\"{self.person}\" = NULLIF(current_setting('app.person', true), '')::uuid"
            wanted["person"] = (
                f"TO oportuno_person USING ({mine}) WITH CHECK ({mine})"
                if self.person_writes
                else f"FOR SELECT TO oportuno_person USING ({mine})"
            )
        statements = [f'DROP POLICY IF EXISTS "{name}" ON "{table}"' for name in ("own", "market", "public", "person")]
        return statements + [f'CREATE POLICY "{name}" ON "{table}" {body}' for name, body in wanted.items()]

    def _ties(self, model: Any) -> list[str]:
        statements: list[str] = []
        for field in model._meta.local_fields:
            if isinstance(field, SiblingKey):
                target = field.remote_field.model._meta
                if not any(isinstance(f, OrganisationField) for f in target.local_fields):
                    raise ValueError(f"{model.__name__}.{field.name} is a SiblingKey, but {target.label} is not private")
                statements += [_unique_pair(target.db_table), _tie(model._meta.db_table, field.column, target.db_table)]
        return statements


def _unless_exists(name: str, table: str, definition: str) -> str:
    return f"""DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}' AND conrelid = '"{table}"'::regclass) THEN
            ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition};
        END IF;
    END $$"""


def _unique_pair(table: str) -> str:
    return _unless_exists(f"{table[:50]}_own_id", table, "UNIQUE (organisation_id, id)")


def _tie(table: str, column: str, target: str) -> str:
    name = f"{table[:30]}_{column[:24]}_same"
    body = f'FOREIGN KEY (organisation_id, "{column}") REFERENCES "{target}" (organisation_id, id) DEFERRABLE INITIALLY DEFERRED'
    return _unless_exists(name, table, body)
