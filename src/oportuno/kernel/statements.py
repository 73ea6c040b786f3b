"""Questions to the database that are put together once. Django takes a millisecond to do it, several times what the answer takes.

POST_AT = Statement(lambda own, path: Entry.objects.filter(organisation_id=own, path=path, published=True).select_related("author"))
POST_AT.first(own=7, path="blog/rosas")
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import local
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Field, ForeignObject, Lookup, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)


class Given(Expression):
    """Stands in a statement for a value that comes whenever it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@ForeignObject.register_lookup
@Field.register_lookup
class Among(Lookup):  # type: ignore[type-arg]
    """`pk__among=Given("ids")`: one of a list. However long it is, the statement reads the same."""

    lookup_name = "among"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, before = self.process_lhs(compiler, connection)
        right, after = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", (*before, *after)


@dataclass(frozen=True)
class _Written:
    """A statement as the database reads it, and what makes rows of the model of its answer."""

    sql: str
    parameters: Sequence[Any]
    compiler: SQLCompiler
    converters: Any
    model: type[Model]
    names: Sequence[str]
    columns: slice
    related: Sequence[Any]
    annotations: Sequence[tuple[str, int]]


class Statement(Generic[Row]):
    """`ask` puts a queryset together out of Givens that are called as its parameters. Its rows come as from the queryset itself.

    What it says must depend on nothing else, not on the moment either: it is asked once in each thread. Values are parameters, always.
    """

    def __init__(self, ask: Callable[..., QuerySet[Row]]) -> None:
        self.ask = ask
        self._kept = local()

    def all(self, **given: Any) -> list[Row]:
        """The rows, in their order; as many as the queryset was cut to."""
        written = self._written()
        values = [given[one.name] if isinstance(one, Given) else one for one in written.parameters]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, values)
            rows: Any = cursor.fetchall()
        if written.converters:
            rows = written.compiler.apply_converters(rows, written.converters)
        return [self._row(written, row) for row in rows]

    def first(self, **given: Any) -> Row | None:
        """The first of them; None where there is none. Whoever asks so cuts the queryset to one."""
        return next(iter(self.all(**given)), None)

    def _row(self, written: _Written, row: Sequence[Any]) -> Any:
        found = written.model.from_db(connection.alias, written.names, row[written.columns])
        for related in written.related:
            related.populate(row, found)
        for name, place in written.annotations:
            setattr(found, name, row[place])
        return found

    def _written(self) -> _Written:
        found: _Written | None = getattr(self._kept, "written", None)
        if found is None:
            found = self._kept.written = _write(self.ask(*(Given(name) for name in inspect.signature(self.ask).parameters)))
        return found


def _write(asked: QuerySet[Any]) -> _Written:
    """As Django's own ModelIterable reads what its compiler found out."""
    compiler = asked.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    select, info = compiler.select, compiler.klass_info
    assert select is not None, "what was put together says what it takes"
    assert info is not None, "a statement asks for rows of a model"
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    return _Written(
        sql=sql,
        parameters=parameters,
        compiler=compiler,
        converters=compiler.get_converters([one[0] for one in select[: compiler.col_count]]),
        model=info["model"],
        names=[one[0].target.attname for one in select[first:last]],  # type: ignore[attr-defined]
        columns=slice(first, last),
        related=get_related_populators(info, select, connection.alias),  # type: ignore[call-arg]  # the stubs are of a later Django
        annotations=list((compiler.annotation_col_map or {}).items()),
    )
