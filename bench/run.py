"""All benchmarks, each in a process of its own, over a PostgreSQL of their own that is removed afterwards.

    ./oportuno bench [--quick] [--most NUMBER] [--only NAME]… [--json FILE] [--report FILE]

The server writes durably, as a market's does. Your own market is not touched. Figures are medians of several runs.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from frame import HEADS, cells

HERE = Path(__file__).resolve().parent

WORKLOADS = {
    "facts": "facts.py",
    "beacons": "beacons.py",
    "relevance": "search_relevance.py",
    "bounces": "bounces.py",
    "sending": "sending.py",
    "campaigns": "campaigns.py",
    "import": "catalogue_import.py",
    "contacts": "contacts_import.py",
    "contacts_out": "contacts_export.py",
    "customer_view": "customer_view.py",
    "segments": "segments.py",
    "search": "search_steps.py",
    "pages": "pages.py",
    "content": "content.py",
    "sites": "sites.py",
    "wordpress": "wordpress.py",
    "starts": "starts.py",
}
LONGEST = 3 * 3600  # seconds; then a workload is stopped and said to have failed
BEGIN, END = "<!-- figures: written by ./oportuno bench --report -->", "<!-- end of figures -->"


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends it, the server goes and its folder too
    options = arguments()
    chosen = options.only or list(WORKLOADS)
    kept: dict[str, Any] = json.loads(options.json.read_text()) if options.json and options.json.exists() else {}
    failed = []
    with server_of_our_own(needed=chosen != ["starts"]):
        for name in chosen:
            print(f"── {name}", flush=True)
            if found := run(name, options):
                kept[name] = joined(kept.get(name), found)
                save(kept, options)
            else:
                failed.append(name)
    if failed:
        print(f"Not measured, for the reasons above: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./oportuno bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="Small data and short runs: some minutes instead of most of an hour.")
    parser.add_argument("--most", type=int, default=1_000_000, metavar="NUMBER", help="No data larger than this: 10000, 100000 or 1000000.")
    parser.add_argument(
        "--only", action="append", choices=list(WORKLOADS), metavar="NAME", help=f"One of {', '.join(WORKLOADS)}; may be repeated."
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="Write the figures there; those of other workloads in it stay.")
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="Put the figures as tables between the two marks of this Markdown file."
    )
    options = parser.parse_args()
    for file in filter(None, (options.json, options.report)):  # found out before hours of measuring, not after
        if not file.absolute().parent.is_dir():
            parser.error(f"There is no folder {file.parent} to write into.")
    if options.report and not options.report.is_file():
        parser.error(f"There is no file {options.report} to put figures into.")
    return options


@contextlib.contextmanager
def server_of_our_own(*, needed: bool) -> Iterator[None]:
    """A durable cluster in a temporary home, which everything started here uses."""
    if not needed:
        yield
        return
    from oportuno.kernel.embedded import Cluster

    home = Path(tempfile.mkdtemp(prefix="oportuno-bench-"))
    home.chmod(0o755)
    cluster = Cluster(home / "postgres")
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "OPORTUNO_DATABASE_URL", "OPORTUNO_DATABASE_OWNER_URL", "OPORTUNO_TEST_DATABASE"):
        os.environ.pop(name, None)
    os.environ |= {"OPORTUNO_HOME": str(home), "OPORTUNO_TEST_CLUSTER": str(cluster.home), "OPORTUNO_MODE": "development"}
    try:
        cluster.start()
        yield
    finally:
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)


def run(name: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    """One benchmark; nothing when it failed, after it has said why."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        command = [sys.executable, str(HERE / WORKLOADS[name]), "--json", str(file), "--most", str(options.most)]
        command += ["--quick"] if options.quick else []
        try:
            subprocess.run(command, cwd=HERE.parent, check=True, timeout=LONGEST)
            return list(json.loads(file.read_text()))
        except (subprocess.SubprocessError, OSError) as problem:
            print(f"{name}: {problem}", file=sys.stderr)
            return []


def joined(before: dict[str, Any] | None, found: list[dict[str, Any]]) -> dict[str, Any]:
    """What was measured now; what was not, because it is larger, as it was measured before."""
    now = [{**one, "commit": commit()} for one in found]
    titles = {one["title"] for one in now}
    return {"machine": machine(), "workloads": [*now, *(one for one in (before or {}).get("workloads", []) if one["title"] not in titles)]}


def save(kept: dict[str, Any], options: argparse.Namespace) -> None:
    if options.json:
        options.json.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    if options.report:
        text = options.report.read_text()
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        options.report.write_text(f"{before}{BEGIN}\n\n{report(kept)}\n{END}{after}")


def report(kept: dict[str, Any]) -> str:
    """Every workload as a table of Markdown, with when and where it was measured."""
    parts = []
    for name in WORKLOADS:
        if name not in kept:
            continue
        for workload in kept[name]["workloads"]:
            quick = ", quick" if workload["quick"] else ""
            parts += [f"### {workload['title'][0].upper()}{workload['title'][1:]}", "",
                      f"Data: {workload['data']}. Warm-up: {workload['warm_up']}. Measured {workload['at'][:16].replace('T', ' ')} UTC at"
                      f" {workload['commit']}{quick}; load average before it {workload['load_before']:.1f}.", "",
                      row(HEADS), row(["---", *["---:"] * 3, "---", *["---:"] * 2, "---", "---", "---"]),
                      *(row(cells(figure)) for figure in workload["figures"]), ""]  # fmt: skip
            limits = dict.fromkeys(one["limit_is"] for one in workload["figures"] if one["limit_is"])
            parts += [*(f"At most: {what}." for what in limits), *(f"{note[0].upper()}{note[1:]}." for note in workload["notes"]), ""]
    return "\n".join(parts)


def row(texts: Any) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def machine() -> dict[str, Any]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"cores": os.cpu_count(), "memory_gib": round(memory, 1), "python": platform.python_version(), "system": platform.system(),
            "at": datetime.now(UTC).isoformat(timespec="seconds")}  # fmt: skip


def commit() -> str:
    done = subprocess.run(["git", "describe", "--always", "--dirty=-changed", "--exclude=*"], cwd=HERE, capture_output=True, text=True)
    return done.stdout.strip() or "no commit"


if __name__ == "__main__":
    sys.exit(main())
