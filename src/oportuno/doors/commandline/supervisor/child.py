"""One process that is to run as long as we do."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

SUPERVISED = "OPORTUNO_SUPERVISED"  # set for the children of `up`, which sees to the database itself
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0  # seconds before a process that ended is started again; doubled each time
LONG_ENOUGH = 30.0  # seconds after which a process counts as healthy, and the delay begins anew
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Child:
    """Started in a group of its own: Ctrl-C reaches only us, and its own children are found when it is gone."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.command = list(command)
        self.environment = {**os.environ, **(environment or {})}
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.started = 0.0
        self.start_again_at: float | None = None

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    def start(self) -> None:
        self.start_again_at = None
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # we have one thread
        )

    def look_after(self) -> str | None:
        """Start it again when its time has come. A sentence when it ended just now, else None."""
        if self.start_again_at is not None:
            if time.monotonic() >= self.start_again_at:
                self.start()
            return None
        code = self.process.poll() if self.process else None
        if code is None:
            return None
        self.kill_group()  # its own children, if it left any, hold the port
        if time.monotonic() - self.started > LONG_ENOUGH:
            self.failures = 0
        delay = min(FIRST_DELAY * 2**self.failures, LONGEST_DELAY)
        self.failures += 1
        self.start_again_at = time.monotonic() + delay
        return f"The {self.name} process {_how(code)}; it is started again in {delay:g} s."

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def has_stopped(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def kill_group(self) -> None:
        """End whatever is left of it and its children, at once."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _how(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def _die_with_parent() -> None:
    """If we are killed outright, the kernel asks our children to stop: nobody else would."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
