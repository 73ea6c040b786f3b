"""A database to measure in: a clone of the tests' template, dropped afterwards. Sets Django up to use it as the application."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg


class Scratch:
    """`scratch = Scratch("search")` before the first import that needs Django's models."""

    def __init__(self, name: str) -> None:
        os.environ["DJANGO_SETTINGS_MODULE"] = "oportuno.config.settings"
        os.environ["OPORTUNO_PROCESS"] = "test"
        os.environ["OPORTUNO_TEST_DATABASE"] = self.name = f"bench_{name}_{os.getpid()}"
        from oportuno.kernel.embedded import Cluster, test_cluster_home
        from oportuno.kernel.testing import database

        home = Path(os.environ.setdefault("OPORTUNO_TEST_CLUSTER", str(test_cluster_home())))
        self.cluster = Cluster(home, durable=False)
        self.cluster.start()
        database.clone(self.cluster, self.name)
        import django

        django.setup()

    def as_owner(self, *statements: str) -> None:
        """What the application may not do, such as VACUUM."""
        with psycopg.connect(**self.cluster.dsn("superuser", self.name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def drop(self) -> None:
        from django.db import connections

        from oportuno.kernel.testing import database

        connections.close_all()
        database.drop(self.cluster, self.name)
