"""The copy of a file that came through a form, for the job that reads it later."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal

MOST_UPLOAD = 500 * 2**20  # bytes through the browser; the command line takes more


def keep_copy(file: BinaryIO, path: Path) -> Path:
    """Copy a file to where only we read it. Raises Refusal for an empty file, or one that is too big for the browser."""
    _must_fit(getattr(file, "size", None) or 1)  # a form's file says how big it is: two gigabytes are not copied first
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy, 1024 * 1024)
        _must_fit(path.stat().st_size)
    except BaseException:  # refused, or the disk is full: nothing by half stays
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return path


def _must_fit(size: int) -> None:
    if size == 0:
        raise Refusal(_("The file is empty."), field="file")
    if size > MOST_UPLOAD:
        raise Refusal(_("The file is bigger than 500 MB. Split it, or ask the market to import it for you."), field="file")
