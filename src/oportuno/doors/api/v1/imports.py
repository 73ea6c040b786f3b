"""Files on their way into the catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, BinaryIO, Literal, cast
from uuid import UUID

from ninja import File, Form, Router, Schema, UploadedFile
from ninja import Query as InQuery
from pydantic import Field

from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES
from oportuno.kernel.clock import now
from oportuno.offer.catalogue import api as catalogue

router = Router(tags=["imports"], throttle=[KEYED])
State = Literal["reading", "comparing", "ready", "applying", "done", "cancelled", "failed"]


class ProblemOut(Schema):
    """Why a row did not go in, or what was made of it."""

    line: int
    field: str
    sentence: str


class ImportOut(Schema):
    """`ready` waits for a person's word in the workbench. `problems` come by line, fifty at a time: go on with `after_line`."""

    id: UUID
    name: str
    state: State = Field(examples=["done"])
    dry_run: bool
    new: int
    changed: int
    same: int
    wrong: int
    problems: list[ProblemOut]
    notes: list[ProblemOut]
    at: datetime
    ended_at: datetime | None


@router.post("/imports", response={202: ImportOut, **WRITES}, url_name="imports", summary="Import a file")
@scoped("catalogue:write")
def start(
    request: KeyRequest,
    file: Annotated[UploadedFile, File(description="CSV, XLSX or JSON Lines; ours, WooCommerce's or Shopify's columns; 500 MB at most")],
    dry_run: Annotated[bool, Form(description="only say what would change; then it waits in the workbench")] = True,
    keep_good: Annotated[bool, Form(description="let the good rows in even if others are wrong")] = True,
) -> tuple[int, ImportOut]:
    """Takes the file and works on it afterwards; ask at `/imports/{id}` how far it is. The same file again changes nothing."""
    run = catalogue.start_import(
        name=file.name or "file",
        at=now(),
        currency=request.organisation.currency,
        by=request.member.id,
        file=cast(BinaryIO, file.file),
        dry_run=dry_run,
        keep_good=keep_good,
    )
    return 202, _import(run, 0)


@router.get("/imports/{uuid:run}", response={200: ImportOut, **KEYS}, url_name="import", summary="See how far an import is")
@scoped("catalogue:read")
def see(
    request: KeyRequest, run: UUID, after_line: Annotated[int, InQuery(ge=0, le=2**31 - 1, description="problems behind this line")] = 0
) -> ImportOut:
    return _import(catalogue.run_for(run), after_line)


def _import(run: catalogue.ImportRun, after: int) -> ImportOut:
    return ImportOut(
        id=run.pk,
        name=run.name,
        state=cast(State, run.state),
        dry_run=run.dry_run,
        new=run.new,
        changed=run.changed,
        same=run.same,
        wrong=run.wrong,
        problems=[ProblemOut(line=x.line, field=x.field, sentence=x.sentence) for x in catalogue.problems(run, after)],
        notes=[ProblemOut(line=x.line, field=x.field, sentence=x.sentence) for x in catalogue.notes(run)],
        at=run.at,
        ended_at=run.ended_at,
    )
