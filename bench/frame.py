"""The frame of every benchmark: figures with their limit, their peer and our goal; several runs; a table and JSON.

    def measure(size: Size) -> Iterator[Workload]: ...
    if __name__ == "__main__":
        main(measure, __doc__)

Nothing here judges a time: it is measured, and set beside what the machine can do at most.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RUNS = 3


@dataclass(frozen=True)
class Size:
    """How much to do. `quick` is for a look while working: small data, short runs."""

    quick: bool
    most: int = 1_000_000

    @property
    def steps(self) -> list[int]:
        """The sizes at which cost per unit is shown."""
        return [one for one in (10_000, 100_000, 1_000_000) if one <= min(self.most, 100_000 if self.quick else self.most)]

    @property
    def runs(self) -> int:
        return 2 if self.quick else RUNS

    @property
    def seconds(self) -> float:
        """Of each run under load."""
        return 3 if self.quick else 6


@dataclass
class Figure:
    """One thing measured several times. `limit`: what this machine does at most, measured in the same run; `limit_is` says of what.

    `peer` and `goal` are those of the design, in the figure's unit; `less` is better for times and sizes.
    """

    name: str
    unit: str
    runs: list[float]
    limit: float | None = None
    limit_is: str = ""
    peer: str = ""
    goal: float | None = None
    less: bool = False

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def fraction(self) -> float | None:
        """Of what the machine can do at most: 1 is all of it."""
        if not self.limit or not self.median:
            return None
        return self.limit / self.median if self.less else self.median / self.limit

    @property
    def reached(self) -> bool | None:
        if self.goal is None:
            return None
        return self.median <= self.goal if self.less else self.median >= self.goal

    def as_json(self) -> dict[str, Any]:
        derived = {"median": self.median, "min": min(self.runs), "max": max(self.runs), "fraction": self.fraction, "reached": self.reached}
        return {**asdict(self), **derived}


@dataclass
class Workload:
    """A piece of work, the data it was done on, how it was warmed up, and what came out."""

    title: str
    data: str
    warm_up: str
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, unit: str, runs: Sequence[float], **more: Any) -> Figure:
        figure = Figure(name, unit, list(runs), **more)
        self.figures.append(figure)
        return figure

    def as_json(self) -> dict[str, Any]:
        return {"title": self.title, "data": self.data, "warm_up": self.warm_up, "notes": self.notes,
                "figures": [figure.as_json() for figure in self.figures]}  # fmt: skip


Measure = Callable[[Size], Iterator[Workload]]


def main(measure: Measure, about: str | None) -> None:
    """A benchmark as a program of its own: `[--quick] [--most NUMBER] [--json FILE]`."""
    parser = argparse.ArgumentParser(description=(about or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="Small data and short runs.")
    parser.add_argument("--most", type=int, default=1_000_000, metavar="NUMBER", help="No data larger than this.")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    begun, load = datetime.now(UTC), os.getloadavg()[0]
    done = []
    for workload in measure(Size(options.quick, options.most)):
        print(as_table(workload.as_json()), flush=True)
        done.append({**workload.as_json(), "at": begun.isoformat(timespec="seconds"), "load_before": load, "quick": options.quick})
    if options.json:
        options.json.write_text(json.dumps(done, indent=1, ensure_ascii=False) + "\n")


def several(runs: int, do: Callable[[], float]) -> list[float]:
    return [do() for _ in range(runs)]


def clocked(do: Callable[[], object]) -> float:
    """Seconds it takes."""
    begin = time.perf_counter()
    do()
    return time.perf_counter() - begin


def percentile(values: Sequence[float], share: float) -> float:
    """`share` 0.95: only one of twenty is larger."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def number(value: float | None) -> str:
    """With as many digits as mean something."""
    if value is None:
        return ""
    size = abs(value)
    digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{value:,.{digits}f}" if size >= 0.001 or not size else f"{value:.2g}"


HEADS = ("", "median", "min", "max", "unit", "at most", "of it", "peer", "goal", "reached")


def cells(figure: dict[str, Any]) -> list[str]:
    """A figure as the cells of a row under HEADS. A figure is a dictionary here because it may come from a file."""
    goal = "" if figure["goal"] is None else ("≤ " if figure["less"] else "≥ ") + number(figure["goal"])
    reached = {True: "yes", False: "no", None: ""}[figure["reached"]]
    return [figure["name"], *(number(figure[key]) for key in ("median", "min", "max")), figure["unit"],
            number(figure["limit"]), number(figure["fraction"]), figure["peer"], goal, reached]  # fmt: skip


def as_table(workload: dict[str, Any]) -> str:
    """For a terminal."""
    rows = [list(HEADS), *map(cells, workload["figures"])]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [workload["title"], f"  data: {workload['data']}", f"  warm-up: {workload['warm_up']}"]
    for row in rows:
        aligned = [cell.rjust(w) if 1 <= place <= 3 or 5 <= place <= 6 else cell.ljust(w)
                   for place, (cell, w) in enumerate(zip(row, widths, strict=True))]  # fmt: skip
        lines.append("  " + "  ".join(aligned).rstrip())
    for what in dict.fromkeys(one["limit_is"] for one in workload["figures"] if one["limit_is"]):
        lines.append(f"  at most: {what}")
    return "\n".join([*lines, *(f"  note: {note}" for note in workload["notes"]), ""])
