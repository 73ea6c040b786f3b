"""What people did, as SQL: of what is kept of each contact where that says it, else of the log itself.

`moments[3] >= then` is “three times since then”: what was put together (queries.done) is compared where it stands, nothing is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from oportuno.kernel.facts.log import kind_number
from oportuno.people.segments.queries.done import number_of, says
from oportuno.people.segments.rules import asked as m
from oportuno.people.segments.rules.deeds import DEEPEST, LATELY, LONGEST_ABOUT, DeedKind, Pages

# Who was joined to another did it as the other.
TOLD = """fact f LEFT JOIN contact_merge g ON g.organisation_id = %(organisation)s AND g.gone_id = f.contact_id AND g.undone_at IS NULL"""
WHO = "COALESCE(g.kept_id, f.contact_id)"


class Doing:
    """The part of a question that asks for deeds. Joins and parameters are the question's own."""

    params: dict[str, Any]
    is_kept: Callable[[DeedKind], bool]

    def param(self, value: Any, cast_to: str = "") -> str:
        raise NotImplementedError

    def join(self, table: str, on: str = "") -> str:
        raise NotImplementedError

    def only_of(self, alias: str) -> str:
        raise NotImplementedError

    def did(self, test: m.Did) -> str:
        """Counted of those who did it at all; who did not is found by being in no set."""
        rows = self.often(test) if self.says_all(test) else self.often_told(test)
        return f"({self.join(f'({rows})')}.contact_id IS {'NULL' if test.least == 0 else 'NOT NULL'})"

    def says_all(self, test: m.Did) -> bool:
        """Whether what is kept answers it: the last so many times, and what stands below the deed's own paths."""
        reaches = test.least if test.least else test.most + 1
        within = test.since is None or (reaches <= LATELY and (test.least == 0 or test.most >= m.FOREVER or test.most < LATELY))
        about = test.pages is None or (bool(test.deed.under) and 0 < len(test.about) <= LONGEST_ABOUT and test.about.count("/") < DEEPEST)
        return within and about and self.is_kept(test.deed)

    def often(self, test: m.Did) -> str:
        since = None if test.since is None else self.param(test.since, "timestamptz")

        def at_least(times: int) -> str:
            return f"d.times >= {self.param(times)}" if since is None else f"COALESCE(d.moments[{int(times)}] >= {since}, false)"

        rows = f"SELECT d.contact_id FROM {self.kept(test.deed, test.about if test.pages else '')}"
        if test.least == 0:
            return f"{rows} AND {at_least(test.most + 1)}"
        most = f" AND NOT {at_least(test.most + 1)}" if test.most < m.FOREVER else ""
        return f"{rows} AND {at_least(test.least)}{most}"

    def often_told(self, test: m.Did) -> str:
        rows = f"SELECT {WHO} AS contact_id FROM {self.facts(test.deed)}"
        if test.since is not None:
            rows += f" AND f.at >= {self.param(test.since, 'timestamptz')}"
        if test.pages is not None:
            rows += f" AND {self.about(test.pages)}"
        if test.least == 0:
            return f"{rows} GROUP BY 1 HAVING count(*) > {self.param(test.most)}"
        most = f" AND count(*) <= {self.param(test.most)}" if test.most < m.FOREVER else ""
        return f"{rows} GROUP BY 1 HAVING count(*) >= {self.param(test.least)}{most}"

    def did_of_last(self, test: m.DidOfLast) -> str:
        bounds = f"> {self.param(test.most)}" if test.least == 0 else f"BETWEEN {self.param(test.least)} AND {self.param(test.most)}"
        if test.of <= LATELY and self.is_kept(test.deed) and self.is_kept(test.asked):
            answered = f"bit_count((d.answered & {(1 << test.of) - 1})::bit(32))"
            rows = f"SELECT d.contact_id FROM {self.kept(test.deed)} AND {answered} {bounds}"
        else:
            asked = f"""SELECT {WHO} AS contact_id, f.subject_id, row_number() OVER (PARTITION BY {WHO} ORDER BY f.at DESC, f.subject_id DESC) AS place
                FROM {self.facts(test.asked)} AND f.subject_id IS NOT NULL"""
            answered = f"SELECT {WHO} AS contact_id, f.subject_id FROM {self.facts(test.deed)}"
            rows = f"""SELECT a.contact_id FROM ({asked}) a WHERE a.place <= {self.param(test.of)} AND (a.contact_id, a.subject_id) IN ({answered})
                GROUP BY 1 HAVING count(*) {bounds}"""
        return f"({self.join(f'({rows})')}.contact_id IS {'NULL' if test.least == 0 else 'NOT NULL'})"

    def silent(self, test: m.Silent) -> str:
        until, tenths = self.param(test.until, "timestamptz"), self.param(test.tenths)
        if self.is_kept(test.deed):
            rows = f"""SELECT d.contact_id FROM {self.kept(test.deed)} AND d.last > d.first
                AND extract(epoch FROM {until} - d.last) * 10 * (d.times - 1) > {tenths} * extract(epoch FROM d.last - d.first)"""
        else:
            rows = f"""SELECT {WHO} AS contact_id FROM {self.facts(test.deed)} GROUP BY 1 HAVING max(f.at) > min(f.at)
                AND extract(epoch FROM {until} - max(f.at)) * 10 * (count(*) - 1) > {tenths} * extract(epoch FROM max(f.at) - min(f.at))"""
        return f"({self.join(f'({rows})')}.contact_id IS NOT NULL)"

    def kept(self, deed: DeedKind, about: str = "") -> str:
        """FROM and WHERE of what is put together. Its number stands in the text: the planner knows how many there are."""
        return f"""contact_deed d WHERE d.organisation_id = %(organisation)s AND d.deed = {number_of(deed)}
            AND d.about = {self.param(about, "varchar")}{self.only_of("d")}"""

    def facts(self, deed: DeedKind) -> str:
        """FROM and WHERE of the facts that tell of a deed. Numbers of kinds stand in the text: the planner knows how many there are."""
        kinds = ", ".join(str(kind_number(kind)) for kind in deed.kinds)
        only = ""
        if "only" in self.params:
            only = """ AND f.contact_id = ANY(%(only)s::uuid[] || ARRAY(SELECT o.gone_id FROM contact_merge o
                WHERE o.organisation_id = %(organisation)s AND o.kept_id = ANY(%(only)s) AND o.undone_at IS NULL))"""
        return f"""{TOLD} WHERE f.organisation_id = %(organisation)s AND f.kind_id IN ({kinds}) AND f.contact_id IS NOT NULL{only}{says(deed, "f", self.param)}"""

    def about(self, pages: Pages) -> str:
        paths = [path.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for path in pages.paths]
        ids = self.param(sorted(pages.ids), "uuid[]")
        return f"(COALESCE(f.subject_id = ANY({ids}), false) OR COALESCE(f.data ->> 'path' LIKE ANY({self.param(paths, 'text[]')}), false))"
