"""`python -m oportuno.doors.integrations.smscatcher`."""

from __future__ import annotations

import signal
import sys
import threading

from oportuno.doors.integrations.smscatcher.box import Box, caught_sms
from oportuno.doors.integrations.smscatcher.server import Catching, listening_place
from oportuno.kernel.home import market_home


def main() -> int:
    """Catch until SIGTERM or Ctrl-C."""
    host, port = listening_place()
    try:
        server = Catching(Box(caught_sms(market_home())), host, port)
    except OSError as error:
        print(
            f"The SMS catcher cannot listen on {host}:{port} ({error.strerror}); set OPORTUNO_SMS_CATCHER to another place.",
            file=sys.stderr,
        )
        return 1
    print(f"The SMS catcher listens on {host}:{server.server_port}.", flush=True)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
