"""The passwords of the embedded server's three logins, in a file that only its owner reads."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from .problems import ClusterProblem
from .roles import APP, OWNER, SUPERUSER

FILE = "secrets.json"
LOGINS = (SUPERUSER, OWNER, APP)


def make_passwords(home: Path) -> dict[str, str]:
    """The passwords in `home`, made once. Written beside and renamed, so that a crash leaves none or all."""
    file = home / FILE
    if not file.exists():
        half = home / f".{FILE}.half"
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            json.dump({login: secrets.token_urlsafe(24) for login in LOGINS}, out)
        half.rename(file)
    return read_passwords(home)


def read_passwords(home: Path) -> dict[str, str]:
    try:
        return dict(json.loads((home / FILE).read_text()))
    except FileNotFoundError as error:
        raise ClusterProblem(f"There is no database in {home} yet: start it with ./oportuno up.") from error
    except PermissionError as error:
        raise ClusterProblem(f"The database in {home} belongs to another user: run this as that user.") from error
