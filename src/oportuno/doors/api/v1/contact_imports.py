"""Files of contacts on their way in."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, BinaryIO, Literal, cast
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import File, Form, Router, Schema, UploadedFile
from ninja import Query as InQuery
from pydantic import AwareDatetime, Field

from oportuno.doors.api.keys import KeyRequest, scoped
from oportuno.doors.api.pace import KEYED
from oportuno.doors.api.shapes import KEYS, WRITES
from oportuno.kernel.clock import now
from oportuno.kernel.errors import Refusal
from oportuno.people.audience import api as audience
from oportuno.people.audience.api import imports

router = Router(tags=["contacts"], throttle=[KEYED])
State = Literal["mapping", "reading", "comparing", "ready", "applying", "done", "undone", "cancelled", "failed"]
Purpose = Literal["bulletin", "offers", "topics"]


class ContactProblemOut(Schema):
    """Why a contact did not come in, or what was left out."""

    line: int
    field: str
    sentence: str


class ContactImportOut(Schema):
    """`mapping` tells what each column is. `ready` waits for a person's word, here or in the workbench. `same` counts those twice in the file, too."""

    id: UUID
    name: str
    state: State = Field(examples=["done"])
    program: str
    mapping: dict[str, str]
    dry_run: bool
    new: int
    changed: int
    same: int
    wrong: int
    problems: list[ContactProblemOut]
    notes: list[ContactProblemOut]
    at: datetime
    ended_at: datetime | None


@router.post(
    "/contact-imports", response={202: ContactImportOut, **WRITES}, url_name="contact-imports", summary="Import a file of contacts"
)
@scoped("contacts:write")
def start_contacts(
    request: KeyRequest,
    file: Annotated[UploadedFile, File(description="CSV, XLSX or vCard, 500 MB at most; exports of the usual programs are recognised")],
    dry_run: Annotated[bool, Form(description="only say what would change; then it waits")] = True,
    fill_only: Annotated[bool, Form(description="only fill in what is missing")] = False,
    columns: Annotated[
        str, Form(description='what columns are, where we guess wrongly: a JSON object such as {"Mail 2": "email", "Size": "field:size"}')
    ] = "",
    agreed_to: Annotated[Purpose | None, Form(description="what everybody in the file agreed to; needs the three below")] = None,
    agreed_how: Annotated[str, Form(max_length=40, description="where and by what means")] = "",
    agreed_words: Annotated[str, Form(max_length=2000, description="the words they agreed to")] = "",
    agreed_at: Annotated[AwareDatetime | None, Form(description="when")] = None,
) -> tuple[int, ContactImportOut]:
    """Takes the file and works on it afterwards; ask at `/contact-imports/{run}` how far it is. The same file again changes nothing; who withdrew stays so."""
    at = now()
    proof = audience.Proof((agreed_to,), agreed_how, agreed_words, agreed_at or at) if agreed_to else None
    run = audience.start_import(
        name=file.name or "file", file=cast(BinaryIO, file.file), by=request.member.id, at=at, dry_run=dry_run, fill_only=fill_only,
        mapping=_columns(columns), consent=proof,
    )  # fmt: skip
    return 202, _out(run, 0)


@router.get(
    "/contact-imports/{uuid:run}",
    response={200: ContactImportOut, **KEYS},
    url_name="contact-import",
    summary="See how far an import of contacts is",
)
@scoped("contacts:read")
def see_contacts(
    request: KeyRequest, run: UUID, after_line: Annotated[int, InQuery(ge=0, le=2**31 - 1, description="problems behind this line")] = 0
) -> ContactImportOut:
    return _out(imports.run_for(run), after_line)


@router.post(
    "/contact-imports/{uuid:run}/application",
    response={202: ContactImportOut, **WRITES},
    url_name="contact-import-application",
    summary="Write what the dry run showed",
)
@scoped("contacts:write")
def apply_contacts(request: KeyRequest, run: UUID) -> tuple[int, ContactImportOut]:
    return 202, _out(audience.apply_import(run=imports.run_for(run).pk, by=request.member.id, at=now()), 0)


@router.delete(
    "/contact-imports/{uuid:run}",
    response={200: ContactImportOut, **WRITES},
    url_name="contact-import",
    summary="Undo an import of contacts",
)
@scoped("contacts:write")
def undo_contacts(request: KeyRequest, run: UUID) -> ContactImportOut:
    """Who came with it goes, what it changed comes back, save where somebody did more since; for a week."""
    return _out(audience.undo_import(run=imports.run_for(run).pk, by=request.member.id, at=now()), 0)


def _columns(text: str) -> dict[str, str]:
    if not text:
        return {}
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise Refusal(_("“%(field)s” must be a JSON object with names and values.") % {"field": "columns"}, field="columns")
    return {str(key): value for key, value in said.items()}


def _out(run: audience.ContactImport, after: int) -> ContactImportOut:
    told = [[ContactProblemOut(**one.as_json()) for one in each] for each in (imports.problems(run, after), imports.notes(run))]
    return ContactImportOut(
        id=run.pk, name=run.name, state=cast(State, run.state), program=run.program, mapping=run.mapping, dry_run=run.dry_run, new=run.new,
        changed=run.changed, same=run.same, wrong=run.wrong, problems=told[0], notes=told[1], at=run.at, ended_at=run.ended_at,
    )  # fmt: skip
