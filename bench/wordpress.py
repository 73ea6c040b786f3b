"""Moving a WordPress in: ten thousand posts the first time, and the same file again, with the memory it takes; a gigabyte only read.

    python bench/wordpress.py [--quick] [--json FILE]

At most: the same file through expat with no handler at all. Pictures are the worker's, afterwards.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

import market
import processes
from frame import Size, Workload, clocked, main
from scratch import Scratch

ONE = "--one"  # FILE ORGANISATION: bring it in a process of its own, whose memory is measured
CHECK = "--check"  # FILE: only read it
POSTS = 10_000
PART = """<!-- wp:heading -->
<h2>Que las rosas duren {n}</h2>
<!-- /wp:heading -->

<!-- wp:paragraph -->
<p>Corta el tallo <strong>en bisel</strong>, a dos dedos del final, y cambia el agua cada <a href="https://viejo.example/pieza-{n}/">dos días</a>.
Así dura una rosa del altiplano hasta doce en un jarrón que no esté al sol. Las hojas que quedan bajo el agua la ensucian: quítalas.</p>
<!-- /wp:paragraph -->

<!-- wp:list -->
<ul><!-- wp:list-item --><li>Agua limpia</li><!-- /wp:list-item --><!-- wp:list-item --><li>Lejos de la fruta</li><!-- /wp:list-item --></ul>
<!-- /wp:list -->

<!-- wp:image {{"id":{n}}} -->
<figure class="wp-block-image"><img src="https://viejo.example/{n}.jpg" alt="Rosa" class="wp-image-{n}"/><figcaption>Al quinto día</figcaption></figure>
<!-- /wp:image -->

"""
CLASSIC = "Corta el tallo <b>en bisel</b>.\n\nCambia el agua cada dos días.\n\n<blockquote>Una rosa es una rosa.</blockquote>\n\n" * 6


def post(number: int, testing: Any) -> str:
    """Every third is classic, the others Gutenberg's; two comments each."""
    content = CLASSIC if number % 3 == 0 else PART.format(n=number) * 4
    filed = f'<category domain="category" nicename="c-{number % 30}">C</category><category domain="post_tag" nicename="t-{number % 200}">T</category>'
    said = testing.comment(number * 2, "Gracias") + testing.comment(number * 2 + 1, "A ti", parent=number * 2)
    return str(
        testing.item(number, content, creator=f"autor{number % 7}", link=f"https://viejo.example/pieza-{number}/", more=filed + said)
    )


def measure(size: Size) -> Iterator[Workload]:
    scratch = Scratch("wordpress")
    try:
        market.open_demo()
        from oportuno.doors.integrations import testing

        sellers = market.vetted_sellers()
        with tempfile.TemporaryDirectory() as folder:
            file = testing.export(Path(folder) / "export.xml", (post(number, testing) for number in range(1, POSTS + 1)))
            yield brought(file, [sellers.pop(0).pk for _ in range(size.runs)])
            count = 20_000 if size.quick else 220_000
            large = testing.export(Path(folder) / "large.xml", (post(number, testing) for number in range(1, count + 1)))
            yield checked(large, count)
    finally:
        scratch.drop()


def brought(file: Path, sellers: list[int]) -> Workload:
    workload = Workload(
        f"WordPress import, {POSTS:,} posts",
        f"WXR 1.2, {file.stat().st_size / POSTS / 1000:.1f} KB a post with two comments; two thirds of Gutenberg, one of classic content",
        "none: each run is a new process, for a seller without a site",
    )
    limits = [POSTS / clocked(lambda: parsed(file)) for _ in sellers]
    first = [in_a_process(ONE, str(file), str(seller)) for seller in sellers]
    again = [in_a_process(ONE, str(file), str(seller)) for seller in sellers]
    if any(run["new"] != POSTS for run in first) or any(run["same"] != POSTS for run in again):
        raise SystemExit(f"the file did not come in as it should: {first} {again}")
    most = {"limit": sorted(limits)[len(limits) // 2], "limit_is": "the same file through expat without a handler"}
    workload.add("first time", "posts/s", [POSTS / run["seconds"] for run in first], **most)
    workload.add("the same file again", "posts/s", [POSTS / run["seconds"] for run in again], **most)
    workload.add("processor time, first time", "ms/post", [run["cpu"] * 1000 / POSTS for run in first], less=True)
    workload.add("peak memory of the importing process", "MB", [run["peak_mb"] for run in [*first, *again]], less=True, goal=300)
    return workload


def checked(file: Path, count: int) -> Workload:
    workload = Workload(f"WordPress export of {file.stat().st_size / 1e9:.2f} GB, read", f"{count:,} posts like those above", "none")
    limit = file.stat().st_size / 1e6 / clocked(lambda: parsed(file))
    run = in_a_process(CHECK, str(file))
    speed = [file.stat().st_size / 1e6 / run["seconds"]]
    workload.add("read whole", "MB/s", speed, limit=limit, limit_is="the same file through expat without a handler")
    workload.add("peak memory", "MB", [run["peak_mb"]], less=True, goal=300)
    return workload


def parsed(file: Path) -> None:
    with file.open("rb") as source:
        expat.ParserCreate().ParseFile(source)


def in_a_process(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, __file__, *arguments]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]))


def alone(arguments: list[str]) -> None:
    """The child of `in_a_process`; the environment names the database."""
    import os
    import time

    import django

    os.environ["OPORTUNO_PROCESS"] = "command"
    django.setup()
    begin, cpu = time.perf_counter(), time.process_time()
    told = bring(Path(arguments[1]), int(arguments[2])) if arguments[0] == ONE else check(Path(arguments[1]))
    seconds, spent = time.perf_counter() - begin, time.process_time() - cpu
    print(json.dumps({**told, "seconds": seconds, "cpu": spent, "peak_mb": processes.own_peak_mb()}))


def bring(file: Path, organisation: int) -> dict[str, int]:
    from oportuno.doors.integrations import api
    from oportuno.kernel.clock import now
    from oportuno.kernel.isolation import for_organisation
    from oportuno.kernel.jobs import Lease

    with for_organisation(organisation):
        run = api.start_run(name=file.name, path=file, at=now(), dry_run=False)
    done = api.bring(Lease(0, 0, organisation, "bench"), run.pk)
    return {"new": done.new, "same": done.same}


def check(file: Path) -> dict[str, int]:
    from oportuno.doors.integrations.api import read_export

    return {"records": sum(1 for _ in read_export(file))}


if __name__ == "__main__":
    if sys.argv[1:2] in ([ONE], [CHECK]):
        alone(sys.argv[1:])
    else:
        main(measure, __doc__)
