"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation

from oportuno.kernel.embedded import Cluster
from oportuno.kernel.facts import buffer
from oportuno.kernel.testing import database


def _cluster() -> Cluster:
    return Cluster(Path(os.environ["OPORTUNO_TEST_CLUSTER"]), durable=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Instead of pytest-django's own: a clone of the template, used as the application's role."""
    name = os.environ["OPORTUNO_TEST_DATABASE"]
    database.clone(_cluster(), name)
    # The application may not TRUNCATE; a new clone does that work.
    setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)  # noqa: B010  (a private name to the types)
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    database.drop(_cluster(), name)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """No test counts on the language, the rates, the sums or the unwritten facts that an earlier one of this process left behind."""
    buffer.writing_behind = False
    for one in buffer.buffers:
        one.forget()
    cache.clear()
    translation.deactivate()


@pytest.fixture(autouse=True)
def _fresh_database_after_commits(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits (`transaction=True`) leaves rows; the next one gets a new clone (0.1 s)."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = (marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames
    if commits:
        connections.close_all()
        database.clone(_cluster(), os.environ["OPORTUNO_TEST_DATABASE"])
