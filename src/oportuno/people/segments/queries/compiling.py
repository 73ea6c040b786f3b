"""A meaning as SQL over `contact c`: parameters only, names from the constants below, every expression true or false and never null.

What stands in another table is joined once for each condition, as a set of contacts: that is hashed, sorted or walked by index
as the planner likes, and spills where it must. Row-level security keeps indexes of arrays, likeness and JSON from us
(audience/queries/contacts.py), so callers act for the market, and each table here is asked for one organisation by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, cast
from uuid import UUID

from oportuno.people.segments.queries.doing import Doing
from oportuno.people.segments.rules import asked as m
from oportuno.people.segments.rules.deeds import DeedKind

COLUMNS = {
    "name": "c.name_key", "given_name": "c.given_name", "family_name": "c.family_name", "company": "c.company_name", "job_title": "c.job_title",
    "email": "c.email", "phone": "c.phone", "place": "c.place", "country": "c.country", "language": "c.language", "source": "c.source", "stage": "c.stage",
    "kind": "c.kind", "created": "c.created_at", "seen": "c.last_seen_at", "account": "(c.person_id IS NOT NULL)",
}  # fmt: skip
OWN_FORMS = {
    "bare": "segment_fold(CASE WHEN jsonb_typeof({0}) = 'string' THEN {0} #>> '{{}}' END)",
    "plain": "(CASE WHEN jsonb_typeof({0}) = 'string' THEN {0} #>> '{{}}' END)",
    "number": "(CASE WHEN jsonb_typeof({0}) = 'number' THEN ({0} #>> '{{}}')::numeric END)",
    "day": "(CASE WHEN jsonb_typeof({0}) = 'string' AND {0} #>> '{{}}' ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$' THEN {0} #>> '{{}}' END COLLATE \"C\")",
    "yesno": "(CASE WHEN jsonb_typeof({0}) = 'boolean' THEN ({0} #>> '{{}}')::boolean END)",
}
TYPES = {"number": "numeric", "moment": "timestamptz", "day": "text", "yesno": "boolean"}
Spellings = Callable[[str, Collection[str]], Sequence[str] | None]
"""Of a column whose words are few: how those that are meant are written; None: too many to say."""


class Compiled(Doing):
    """One question: its joins and parameters gather as conditions are compiled. `only`: of these contacts alone.

    `is_kept` knows which deeds are put together for every contact; the others are asked of the log.
    """

    def __init__(
        self, organisation: int, spellings: Spellings, is_kept: Callable[[DeedKind], bool], only: Sequence[UUID] | None = None
    ) -> None:
        self.spellings, self.is_kept = spellings, is_kept
        self.joins: list[str] = []
        self.params: dict[str, Any] = {"organisation": organisation}
        if only is not None:
            self.params["only"] = list(only)

    @property
    def source(self) -> str:
        """FROM and WHERE that every question shares; conditions follow after AND."""
        only = " AND c.id = ANY(%(only)s)" if "only" in self.params else ""
        return f"FROM contact c {' '.join(self.joins)} WHERE c.organisation_id = %(organisation)s{only}"

    def condition(self, meaning: m.Meaning) -> str:
        if isinstance(meaning, m.Ask):
            said = self.test(meaning.test)
            return f"NOT {said}" if meaning.opposite else said
        if not meaning.of:
            return "true"
        parts = [self.condition(one) for one in meaning.of]
        if meaning.match == "all":
            return f"({' AND '.join(parts)})"
        either = f"({' OR '.join(parts)})"
        return either if meaning.match == "any" else f"(NOT {either})"

    def test(self, test: m.Test) -> str:
        return _TESTS[type(test)](self, test)

    def param(self, value: Any, cast_to: str = "") -> str:
        name = f"p{len(self.params)}"
        self.params[name] = value
        return f"%({name})s{f'::{cast_to}' if cast_to else ''}"

    def join(self, table: str, on: str = "") -> str:
        """Join a set of contacts, each once; its alias. `{a}` in `on` is the alias."""
        alias = f"j{len(self.joins)}"
        more = f" AND {on.format(a=alias)}" if on else ""
        self.joins.append(f"LEFT JOIN {table} {alias} ON {alias}.contact_id = c.id{more}")
        return alias

    def only_of(self, alias: str) -> str:
        return f" AND {alias}.contact_id = ANY(%(only)s)" if "only" in self.params else ""

    def seen(self, ref: m.Ref) -> str:
        """What stands there, looked at as the form says."""
        if ref.own:
            return OWN_FORMS[ref.form].format(f"(c.fields -> {self.param(ref.name, 'text')})")
        column = COLUMNS[ref.name]
        return f"segment_fold({column})" if ref.form == "bare" else column

    def one_of(self, test: m.OneOf) -> str:
        values = sorted(test.values)
        if test.ref.name == "place" and not test.ref.own and (written := self.spellings("place", values)) is not None:
            return f"(c.place = ANY({self.param(list(written), 'text[]')}))"
        return f"COALESCE({self.seen(test.ref)} = ANY({self.param(values, TYPES.get(test.ref.form, 'text') + '[]')}), false)"

    def like(self, test: m.Like) -> str:
        word = test.word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        pattern = f"{word}%" if test.begins else f"%{word}%"
        seen = self.seen(test.ref)
        return f"COALESCE({seen} LIKE {self.param(pattern, 'text')}{'' if test.word else f' AND {seen} <> {chr(39) * 2}'}, false)"

    def filled(self, test: m.Filled) -> str:
        if test.ref.form in ("name", "bare", "lower", "plain"):
            return f"COALESCE({self.seen(test.ref)} <> '', false)"
        return f"({self.seen(test.ref)} IS NOT NULL)"

    def within(self, test: m.Within) -> str:
        seen, type_of = self.seen(test.ref), TYPES[test.ref.form]
        bounds = [(test.low, ">" if test.open_low else ">="), (test.high, "<" if test.open_high else "<=")]
        said = [f"{seen} {sign} {self.param(bound, type_of)}" for bound, sign in bounds if bound is not None]
        return f"COALESCE({' AND '.join(said)}, false)"

    def yearly(self, test: m.Yearly) -> str:
        return f"COALESCE(substr({self.seen(test.ref)}, 6) = ANY({self.param(sorted(test.days), 'text[]')}), false)"

    def tagged(self, test: m.Tagged) -> str:
        if not test.tags:
            return "(c.tags <> '{}')"
        return f"(c.tags {'@>' if test.all else '&&'} {self.param(list(test.tags), 'varchar[]')})"

    def stands(self, test: m.Stands) -> str:
        on = f"{{a}}.organisation_id = %(organisation)s AND {{a}}.purpose = {self.param(test.purpose)} AND {{a}}.channel = {self.param(test.channel)}"
        if not test.standing:
            return f"({self.join('consent_state', on)}.contact_id IS NULL)"
        return f"({self.join('consent_state', f'{on} AND {{a}}.standing = {self.param(test.standing)}')}.contact_id IS NOT NULL)"

    def topics(self, test: m.Topics) -> str:
        wanted = f"&& {self.param(sorted(test.topics), 'varchar[]')}" if test.topics else "<> '{{}}'"
        on = "{a}.organisation_id = %(organisation)s AND {a}.purpose = 'bulletin' AND {a}.channel = 'email' AND {a}.standing = 'given'"
        return f"({self.join('consent_state', f'{on} AND {{a}}.topics {wanted}')}.contact_id IS NOT NULL)"

    def reached(self, test: m.Reached) -> str:
        proved = " AND i.verified_at IS NOT NULL" if test.proved else ""
        found = f"""(SELECT DISTINCT i.contact_id FROM contact_identity i
            WHERE i.organisation_id = %(organisation)s AND i.kind = {self.param(test.kind)}{proved}{self.only_of("i")})"""
        return f"({self.join(found)}.contact_id IS NOT NULL)"

    def member(self, test: m.Member) -> str:
        segments = list(test.segments)
        if len(segments) == 1:
            return f"({self.join('segment_member', f'{{a}}.organisation_id = %(organisation)s AND {{a}}.segment_id = {self.param(segments[0])}')}.contact_id IS NOT NULL)"
        found = f"(SELECT DISTINCT s.contact_id FROM segment_member s WHERE s.organisation_id = %(organisation)s AND s.segment_id = ANY({self.param(segments)}){self.only_of('s')})"
        return f"({self.join(found)}.contact_id IS NOT NULL)"


_TESTS = cast(
    "dict[type[Any], Callable[[Compiled, Any], str]]",
    {
        m.OneOf: Compiled.one_of, m.Like: Compiled.like, m.Filled: Compiled.filled, m.Within: Compiled.within, m.Yearly: Compiled.yearly,
        m.Tagged: Compiled.tagged, m.Stands: Compiled.stands, m.Topics: Compiled.topics, m.Reached: Compiled.reached, m.Member: Compiled.member,
        m.Did: Compiled.did, m.DidOfLast: Compiled.did_of_last, m.Silent: Compiled.silent,
    },
)  # fmt: skip
