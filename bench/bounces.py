"""Mail that comes in: how well it is understood, and how fast.

    python bench/bounces.py [--json FILE]

Over the real bounces beside the checkout (../shared/cases/bounces), which nobody here wrote; nothing where they are absent.
"""

from __future__ import annotations

import json
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

from frame import Size, Workload, main

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "bounces"
PEER = "flufl.bounce with the standard library: 0.935 and 0.872, hard or soft 0.85"


def measure(size: Size) -> Iterator[Workload]:
    if not CASES.is_dir():
        print(f"There is no folder {CASES}: nothing to judge with.")
        return
    from oportuno.people.messaging.rules.incoming import classify

    expected = json.loads((CASES / "expected.json").read_text())
    with tarfile.open(CASES / "mails.tar.xz") as box:
        files = {one.name.removeprefix("./").removeprefix("mails/"): box.extractfile(one) for one in box if one.isfile()}
        raws = {name: file.read() for name, file in files.items() if file}
    rates, told = [], {}
    for _ in range(size.runs):
        begin = time.process_time()
        told = {name: classify(raws[name]) for name in expected}
        rates.append(len(told) / (time.process_time() - begin))
    wanted = {
        (name, row["recipient"].lower()): row.get("hard", row.get("hard_or_perm")) for name, one in expected.items() for row in one["rows"]
    }
    found = {(name, row.recipient.lower()): row.hard for name, one in told.items() for row in one.rows}
    both = wanted.keys() & found.keys()
    workload = Workload("mail that comes in", f"{len(expected)} real mails: bounces, complaints, automatic answers, letters", "none")
    workload.add("kind is right", "of all", [sum(told[name].kind == expected[name]["kind"] for name in expected) / len(expected)])
    workload.add("recipients found, precision", "of found", [len(both) / len(found)], goal=0.935, peer=PEER)
    workload.add("recipients found, recall", "of all", [len(both) / len(wanted)], goal=0.872, peer=PEER)
    workload.add(
        "hard or soft is right", "of found", [sum(bool(wanted[one]) == found[one] for one in both) / len(both)], goal=0.85, peer=PEER
    )
    workload.add("speed", "mails/cpu second", rates)
    yield workload


if __name__ == "__main__":
    main(measure, __doc__)
