"""The loop that looks after all children."""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType

from .child import Child

TICK = 0.25  # seconds between two looks
DRAIN = 30.0  # seconds that children have to finish what they do
HOPELESS = 5  # times a child may end before it ever served


class Hopeless(Exception):
    """A child ends again and again, and never did its work."""


class Supervisor:
    """Runs `children` until it is interrupted, then stops them in order and returns.

    `each_tick` is called several times a second: it keeps the database alive, and returns True once the market serves.
    """

    def __init__(self, children: Sequence[Child], each_tick: Callable[[], bool] = lambda: True) -> None:
        self.children = list(children)
        self.each_tick = each_tick
        self.served = False

    def run(self) -> None:
        """Until Ctrl-C or SIGTERM. Raises Hopeless when a child cannot even begin."""
        with _signals_raise_interrupt():
            try:
                for child in self.children:
                    child.start()
                while True:
                    self.look_after_all()
                    time.sleep(TICK)
            except KeyboardInterrupt:
                pass
            finally:
                self.stop()

    def look_after_all(self) -> None:
        self.served = self.each_tick() or self.served
        for child in self.children:
            if told := child.look_after():
                print(told, file=sys.stderr, flush=True)
            if not self.served and child.failures >= HOPELESS:
                raise Hopeless(f"The {child.name} process does not start; its reasons stand above.")

    def stop(self) -> None:
        """Ask all to stop, wait for them, then end what is left. A second Ctrl-C ends the waiting."""
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + DRAIN
        with contextlib.suppress(KeyboardInterrupt):
            while time.monotonic() < deadline and not all(child.has_stopped() for child in self.children):
                time.sleep(0.05)
        for child in self.children:
            child.kill_group()


@contextlib.contextmanager
def _signals_raise_interrupt() -> Iterator[None]:
    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
