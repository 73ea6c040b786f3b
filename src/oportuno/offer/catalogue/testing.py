"""For tests of the catalogue and of apps above: shelves, files on their way in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from oportuno.kernel.clock import now
from oportuno.kernel.isolation import for_organisation
from oportuno.kernel.jobs import Lease
from oportuno.kernel.testing.packs import known_pack
from oportuno.offer.catalogue import api
from oportuno.people.organisations.api import Organisation
from oportuno.people.organisations.testing import Actor

HEADER = "SKU,Título en español,Categoría,Precio,Existencias"
ROSE = "ROSA-1,Rosa roja Freedom,rosas,45000,40"


@pytest.fixture
def shelves(db: None) -> api.Shelves:
    """The shelves of the flower vertical."""
    api.install_pack(known_pack(), at=now())
    return api.shelves()


def of(actor: Actor) -> Organisation:
    assert actor.organisation is not None
    return actor.organisation


def bring(actor: Actor, path: Path, *, dry_run: bool = False, **options: Any) -> api.ImportRun:
    """Import a file into the actor's catalogue, as far as it goes by itself."""
    here = of(actor)
    with for_organisation(here.pk):
        run = api.start_import(name=path.name, path=path, at=now(), currency=here.currency, by=actor.person.pk, dry_run=dry_run, **options)
    return api.run_import(Lease(0, 0, here.pk, "test"), run.pk)


def bring_text(actor: Actor, folder: Path, text: str | bytes, *, name: str = "productos.csv", **options: Any) -> api.ImportRun:
    """The same with a file made of this text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return bring(actor, path, **options)


def sentences(actor: Actor, run: api.ImportRun) -> list[tuple[int, str]]:
    """(line, sentence) of all that was wrong, in English."""
    with for_organisation(of(actor).pk), override("en"):
        return [(one.line, one.sentence) for one in api.problems(run, limit=None)]


def counts(run: api.ImportRun) -> tuple[int, int, int, int]:
    """(new, changed, same, wrong)."""
    return run.new, run.changed, run.same, run.wrong


def some_product(actor: Actor, *, sku: str = "ROSA-1", title: str = "Rosa roja Freedom", **listing: Any) -> api.Offer:
    """A product with an offer, made by hand."""
    with for_organisation(of(actor).pk):
        return api.create_product(words=api.Words(title_es=title), listing=api.Listing(sku=sku, **listing), by=actor.person.pk, at=now())
