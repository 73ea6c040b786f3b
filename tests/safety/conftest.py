"""The market of the safety tests.

Making it takes two seconds. A module that says `ONE_MARKET = True` has it made once, and committed: each of its tests finds it
and changes it in a transaction of its own, which is rolled back.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import override_settings

from oportuno.kernel.embedded import Cluster
from oportuno.kernel.testing import database
from oportuno.people.organisations.testing import Actor
from tests.safety.market import Market, build

Prepared = tuple[Market, Path] | None


@pytest.fixture(scope="module")
def prepared(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prepared]:
    """The module's one market and where its files lie, if it wants one."""
    if not getattr(request.module, "ONE_MARKET", False):
        yield None
        return
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files / "media", PRIVATE_ROOT=files / "private"):
        made = build()
        connections.close_all()
    yield made, files
    with django_db_blocker.unblock():
        connections.close_all()
    database.clone(Cluster(Path(os.environ["OPORTUNO_TEST_CLUSTER"]), durable=False), os.environ["OPORTUNO_TEST_DATABASE"])


@pytest.fixture(autouse=True)
def _files_of_its_own(prepared: Prepared, settings: Any, tmp_path: Path) -> None:
    files = prepared[1] if prepared else tmp_path
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = files / "media", files / "private"


@pytest.fixture
def market(db: None, prepared: Prepared) -> Market:
    """A small market in which Alba owns one of everything."""
    return _as_made(prepared[0]) if prepared else build()


def _as_made(made: Market) -> Market:
    """The same people with browsers of their own: a test may sign them out, or let them change places."""
    people: dict[str, Any] = {one.name: getattr(made, one.name) for one in fields(made)}
    found: dict[str, Any] = {name: _again(one) if isinstance(one, Actor) else copy.copy(one) for name, one in people.items()}
    return replace(made, **{**found, "harvest": made.harvest, "members": {role: _again(one) for role, one in made.members.items()}})


def _again(actor: Actor) -> Actor:
    return Actor(copy.copy(actor.person), actor.organisation, actor.moment, Client())
