"""PostgreSQL inside the product: one command, no server to install first. `cluster.py` is the door."""

from __future__ import annotations

from .bootstrap import DATABASE
from .cluster import Cluster, Dsn
from .home import main_cluster_home, make_home, test_cluster_home
from .outside import read_address
from .problems import ClusterProblem

__all__ = [
    "DATABASE",
    "Cluster",
    "ClusterProblem",
    "Dsn",
    "main_cluster_home",
    "make_home",
    "read_address",
    "test_cluster_home",
]
