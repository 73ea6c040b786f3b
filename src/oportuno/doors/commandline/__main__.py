"""`python -m oportuno.doors.commandline`, which is what `./oportuno` becomes."""

from __future__ import annotations

from .group import main

if __name__ == "__main__":
    main()
