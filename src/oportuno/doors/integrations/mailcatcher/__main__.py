"""`python -m oportuno.doors.integrations.mailcatcher`."""

from __future__ import annotations

import signal
import sys
import threading

from oportuno.doors.integrations.mailcatcher.maildir import Maildir, caught_mail
from oportuno.doors.integrations.mailcatcher.server import catcher, listening_place
from oportuno.kernel.home import market_home


def main() -> int:
    """Catch until SIGTERM or Ctrl-C."""
    host, port = listening_place()
    controller = catcher(Maildir(caught_mail(market_home())), host, port)
    try:
        controller.start()
    except OSError as error:
        print(
            f"The mail catcher cannot listen on {host}:{port} ({error.strerror}); set OPORTUNO_CATCHER to another place.", file=sys.stderr
        )
        return 1
    print(f"The mail catcher listens on {host}:{port}.", flush=True)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    stop.wait()
    controller.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
