"""The address of a server that is not ours."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from .problems import ClusterProblem


def read_address(address: str) -> dict[str, Any]:
    """What DATABASE_URL says, as connection parameters. Raises ClusterProblem; never repeats the address, which holds a password."""
    try:
        return dict(conninfo_to_dict(address))
    except psycopg.ProgrammingError as error:
        raise ClusterProblem(
            "DATABASE_URL is not the address of a PostgreSQL server: it looks like postgresql://user:password@host:5432/name."
        ) from error
