"""Where an installation keeps its data."""

from __future__ import annotations

import os
from pathlib import Path


def market_home() -> Path:
    """`OPORTUNO_HOME`, else /var/lib/oportuno for root and ~/.local/share/oportuno for anybody else."""
    if chosen := os.environ.get("OPORTUNO_HOME"):
        return Path(chosen).expanduser().absolute()
    return Path("/var/lib/oportuno") if os.geteuid() == 0 else Path.home() / ".local/share/oportuno"
