"""Bulletins: rows of intent, rendering, signing and handing over to a sink on this machine.

    python bench/sending.py [--quick] [--json FILE]

At most: the same mails, printed beforehand, on the same pipelined lines to the same sink, with no database and no rendering.
The sink is Debian's `smtp-sink` (package postfix) when it is on the PATH, else one of ours in Python.
"""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from frame import Size, Workload, clocked, main
from scratch import Scratch

if TYPE_CHECKING:
    from oportuno.people.messaging.rules.bulk import Signer

OUR_SINK = Path(__file__).resolve().parents[1] / "src/oportuno/people/messaging/tests/sink.py"
PARAGRAPH = '<p style="margin:0 0 16px;font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.55;color:#26292c;">Rosas de temporada, {{ name | "amiga" }}: tallos de 60 cm, cortados hoy en {{ place }}.</p>\n'
HTML = (
    "<html><body><h1>Hola {{ name }}</h1>"
    + PARAGRAPH * 3
    + PARAGRAPH.replace('{{ name | "amiga" }}', "amiga").replace("{{ place }}", "Madrid") * 80
    + "<p>{{ city }} {{ shop }} {{ product }}</p></body></html>"
)
AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/Bogota"))
PEER = "listmonk 1,350 · Odoo 7"
ROWS = 2_000


def measure(size: Size) -> Iterator[Workload]:
    scratch = Scratch("sending")
    try:
        with sink() as url:
            for count in size.steps:
                yield sent(count, url, size.runs if count <= 10_000 else 1)
    finally:
        scratch.drop()


def sent(count: int, url: str, runs: int) -> Workload:
    from oportuno.people.messaging.rules.bulk import Signer, new_key

    signer = Signer("flores.example", "bench", new_key())
    people = audience(count)
    workload = Workload(
        f"bulletin of {count:,}",
        f"marketing with consent of each reader, {len(HTML) / 1000:.0f} kB of HTML, seven fields, one-click headers; "
        f"a row of intent and of result for each, facts; sink: {'smtp-sink' if shutil.which('smtp-sink') else 'ours, in Python'}",
        "none beyond the runs before",
    )
    limit = at_most(min(count, 10_000), url)
    for name, key, goal in (("without DKIM", None, 2_000), ("with DKIM, RSA 2048", signer, 1_000)):
        posted, handed, cpu = [], [], []
        for _ in range(runs):
            seconds, begin, used = post(people)
            posted.append(count / seconds)
            handed.append(count / hand_over(begin, url, count, key))
            cpu.append(count / (time.process_time() - used))
        workload.add(
            f"handed over, {name}",
            "messages/s",
            handed,
            limit=limit,
            limit_is="the same mails printed before, same lines",
            goal=goal,
            peer=PEER,
        )
        workload.add(f"  rows of intent, {name}", "rows/s", posted)
        workload.add(f"  all of it, {name}", "messages/cpu second", cpu)
    workload.add("peak memory", "MB", [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024], less=True, goal=300)
    return workload


def audience(count: int) -> tuple[int, int]:
    """An organisation with so many contacts who all agreed; its id and how many."""
    from oportuno.kernel.ids import new_id
    from oportuno.kernel.isolation import for_organisation
    from oportuno.people.audience.testing import Consent, ConsentState, Contact, make_contact
    from oportuno.people.organisations.testing import make_organisation, make_person

    organisation = make_organisation(f"Envíos {count}", owner=make_person(f"Envíos {count}"))
    first = make_contact(organisation, f"first{count}@example.com")
    with for_organisation(organisation.pk):
        evidence = Consent.objects.create(contact=first, channel="email", purpose="offers", deed="given", how="bench", at=AT)
        for begin in range(0, count, ROWS):
            rows = [
                Contact(id=new_id(), display_name=f"Lector {n}", email=f"r{n}@example.com", country="CO", created_at=AT, last_seen_at=AT)
                for n in range(begin, min(begin + ROWS, count))
            ]
            Contact.objects.bulk_create(rows)
            ConsentState.objects.bulk_create(
                [
                    ConsentState(contact=one, channel="email", purpose="offers", standing="given", since=AT, evidence=evidence)
                    for one in rows
                ]
            )
    return organisation.pk, count


def post(people: tuple[int, int]) -> tuple[float, tuple[int, UUID], float]:
    """Write the rows of intent; how long it took, whose bulletin it is, and the processor time before it."""
    from django.db import transaction

    from oportuno.kernel.isolation import for_organisation
    from oportuno.people.audience.testing import Contact
    from oportuno.people.messaging.api import Reader, make_frame, post_many

    used = time.process_time()
    organisation, count = people

    def readers() -> Iterator[Reader]:
        for pk, email, name in Contact.objects.exclude(country="").values_list("pk", "email", "display_name").iterator(chunk_size=ROWS):
            yield Reader(pk, email, name, {"name": name, "place": "Madrid", "city": "Bogotá", "shop": "Flores", "product": "Rosa"}, "CO")

    with transaction.atomic(), for_organisation(organisation):
        frame = make_frame(organisation=organisation, subject="Rosas para {{ name }}", text="Hola {{ name }}\n\n" + "Rosas de temporada.\n" * 20,
                           html=HTML, language="es-co", agreed_to="offers", at=AT)  # fmt: skip
        begin = time.perf_counter()
        if post_many(frame, readers(), at=AT) != count:
            raise SystemExit("not everybody got a row")
    return time.perf_counter() - begin, (organisation, frame.pk), used


def hand_over(bulletin: tuple[int, UUID], url: str, count: int, signer: Signer | None) -> float:
    from oportuno.kernel.jobs import Lease
    from oportuno.people.messaging.actions import printing
    from oportuno.people.messaging.actions.pipelining import Pool

    organisation, frame = bulletin
    pool, make = Pool(url), printing.press_for

    def signed(found: Any) -> Any:
        press = make(found)
        press.signer = signer
        return press

    printing.press_for = signed
    done = 0
    begin = time.perf_counter()
    while done < count:
        handed = printing.send_frame(Lease(0, 0, organisation, "messaging.post"), frame, pool=pool, log=lambda ids: None, at=AT)
        if not handed:
            raise SystemExit(f"{done:,} of {count:,} were handed over")
        done += handed
    seconds = time.perf_counter() - begin
    printing.press_for = make
    pool.close()
    return seconds


def at_most(count: int, url: str) -> float:
    """Messages a second of such a size, printed beforehand."""
    from oportuno.people.messaging.actions.pipelining import Mail, Pool

    raw = b"Subject: x\r\n\r\n" + (b"x" * 75 + b"\r\n") * (len(HTML) // 72)
    mails = [Mail(str(n), "a@example.com", f"r{n}@example.com", raw) for n in range(500)]
    pool = Pool(url)
    seconds = clocked(lambda: [list(pool.hand_over(mails)) for _ in range(count // 500)])
    pool.close()
    return count / seconds


@contextmanager
def sink() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        if found := shutil.which("smtp-sink"):
            command = [found, *(["-u", "nobody"] if os.geteuid() == 0 else []), "-m", "100", f"127.0.0.1:{port}", "100"]
        else:
            command = [sys.executable, str(OUR_SINK), str(port), os.devnull]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder)
        try:
            wait_for(port)
            yield f"smtp://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the sink does not listen")


if __name__ == "__main__":
    main(measure, __doc__)
