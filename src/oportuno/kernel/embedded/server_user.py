"""PostgreSQL refuses to run as root: as root, its programs run under a system user of their own."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from .problems import ClusterProblem

NAME = "oportuno"


class RunAs(TypedDict, total=False):
    """The arguments of `subprocess` that change the user; empty when no change is wanted."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class ServerUser:
    """Whom the server runs as. `None` in `account` means: as ourselves."""

    account: pwd.struct_passwd | None

    @classmethod
    def current(cls) -> ServerUser:
        """Ourselves, or as root the system user, made when it is missing."""
        return cls(_system_account() if os.geteuid() == 0 else None)

    @property
    def run_as(self) -> RunAs:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Make the server's user the owner of `path` (not of what is in it)."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)


def _system_account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    # no --user-group: a group of that name may be left over; useradd then says so and fails
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
        return pwd.getpwnam(NAME)
    except FileNotFoundError as error:
        raise ClusterProblem(f"Make a system user called {NAME}: this machine has no useradd to do it.") from error
    except subprocess.CalledProcessError as error:
        try:
            return pwd.getpwnam(NAME)  # another starter made it meanwhile
        except KeyError:
            raise ClusterProblem(f"The system user {NAME} could not be made: {error.stderr.strip()}") from error
