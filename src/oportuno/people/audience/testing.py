"""Factories and fixtures for tests about people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from oportuno.kernel.clock import now, stopped_at
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.people.audience import reactions
from oportuno.people.audience.actions.capturing import Circumstances, capture
from oportuno.people.audience.actions.importing import run_import, start_import
from oportuno.people.audience.actions.questioning import ask
from oportuno.people.audience.forms import stamp_of
from oportuno.people.audience.models import Consent, ConsentState, Contact, ContactField, ContactImport, Identity, Question
from oportuno.people.audience.queries import ports
from oportuno.people.audience.rules import addresses
from oportuno.people.audience.rules.promises import due_at, reminder_at

__all__ = [
    "FORM",
    "Consent",
    "ConsentState",
    "Contact",
    "Identity",
    "Question",
    "asked",
    "bring_file",
    "due_at",
    "filled_in",
    "make_contact",
    "open_sellers",
    "reminder_at",
    "retire",
    "rows",
    "run_job",
]

FORM = Circumstances("question form", "es-co", "203.0.113.7", "a browser")


@pytest.fixture
def open_sellers() -> Iterator[None]:
    """Every seller is open to the public: vetting is somebody else's story."""
    before = ports._ports.is_open
    ports.connect(is_open=lambda organisation: True)
    yield
    ports._ports.is_open = before


def make_contact(
    organisation: Any, email: str = "carmen@example.com", name: str = "Carmen", at: datetime | None = None, **more: Any
) -> Contact:
    """A contact that the organisation captured."""
    given = addresses.email(email)
    assert given
    return capture(organisation=organisation.pk, identities=[given], name=name, source="question form", at=at or now(), **more).contact


def filled_in(client: Client, path: str, at: datetime | None = None, network: str = "203.0.113.7", **fields: Any) -> Any:
    """Send a public form as a person does: seen a minute ago."""
    moment = at or now()
    data = {"stamp": stamp_of(moment - timedelta(minutes=1)), "agrees": "on", **fields}
    with stopped_at(moment):
        return client.post(path, data, REMOTE_ADDR=network)


def asked(
    seller: Any, email: str = "carmen@example.com", at: datetime | None = None, text: str = "¿Tienen rosas blancas para el sábado?"
) -> Question:
    """A question that reached the seller: its asker is signed in."""
    given = addresses.email(email)
    assert given
    return ask(organisation=seller.organisation, email=given, name="Carmen", text=text, circumstances=FORM, at=at or now(), proven=True)


def run_job(name: str, question: Question) -> None:
    """What the worker does: "tell_team", "remind_team" or "watch_promise"."""
    getattr(reactions, name)(Lease(0, 0, question.organisation_id, name), question=str(question.pk))


def rows(organisation: Any, model: Any, **filters: Any) -> list[Any]:
    """What the organisation itself sees of a private table."""
    with for_organisation(organisation.pk):
        return list(model.objects.filter(**filters))


def bring_file(actor: Any, folder: Path, content: str | bytes, *, name: str = "people.csv", **options: Any) -> ContactImport:
    """What the command line does with a file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with for_organisation(actor.organisation.pk):
        run = start_import(name=name, path=path, at=now(), **{"dry_run": False, **options})
    return run_import(Lease(0, 0, actor.organisation.pk, "import contacts"), run.pk)


def retire(field: ContactField) -> None:
    """It is asked for no more; what stands in it stays."""
    ContactField.objects.filter(pk=field.pk).update(retired_at=now())
