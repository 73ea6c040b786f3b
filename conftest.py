"""The tests' database: a template made once per schema, cloned for each test process."""

from __future__ import annotations

import os

import django
import pytest
from django.db import connections

os.environ["OPORTUNO_PROCESS"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oportuno.config.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps an event loop running

if "OPORTUNO_TEST_CLUSTER" not in os.environ:
    from oportuno.kernel.embedded import Cluster, test_cluster_home

    Cluster(test_cluster_home(), durable=False).start()
    os.environ["OPORTUNO_TEST_CLUSTER"] = str(test_cluster_home())

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# The same examples each time, however busy the machine is: a failure is then somebody's change, not the weather.
hypothesis_settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")

from oportuno.kernel.testing.database import database_name

os.environ["OPORTUNO_TEST_DATABASE"] = database_name(os.environ.get("PYTEST_XDIST_WORKER", "main"))

django.setup()  # pytest-django would do it before this file said which database
connections["default"].settings_dict["NAME"] = os.environ["OPORTUNO_TEST_DATABASE"]  # where it was faster

pytest_plugins = ["oportuno.kernel.testing.fixtures", "oportuno.people.organisations.testing"]


@pytest.fixture(autouse=True)
def _no_market_remembered() -> None:
    """For every test the market's vertical and the numbers of its tags are looked up anew: the database may be another."""
    from oportuno.doors.marketplace.queries.packs import forget_pack
    from oportuno.offer.search.queries import tags

    forget_pack()
    tags.forget()
