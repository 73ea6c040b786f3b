"""What can go wrong with the database server itself, told in one sentence."""

from __future__ import annotations

from oportuno.kernel.errors import Refusal


class ClusterProblem(Refusal):
    """The database server cannot be made, started, reached or stopped. The sentence says what to do."""

    status = 503
