"""Files that people bring, plain or packed (gzip, xz): read as a stream, and never further than an honest file goes (threat T14)."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

MOST_BYTES = 4 * 2**30  # unpacked; a catalogue of a million products is about 2 GB
PACKED_FREE = 64 * 2**20  # what may come out of a packed file before its ratio is looked at
MOST_RATIO = 250  # text packs 5 to 50 times
XZ_MEMORY = 128 * 2**20
GZIP, XZ, ZIP = b"\x1f\x8b", b"\xfd7zXZ\x00", b"PK\x03\x04"


class Unreadable(Exception):
    """The file, or the rest of it, cannot be read. `code` and `data` become a sentence; `line` is where, 0: the whole file."""

    def __init__(self, code: str, *, line: int = 0, **data: Any) -> None:
        self.code = code
        self.line = line
        self.data: Mapping[str, Any] = data
        super().__init__(f"{code} at line {line}")


class Bounded(io.RawIOBase):
    """A stream that counts what comes out and stops where no honest file would go. `taken()` is for progress."""

    def __init__(self, source: BinaryIO, packed: BinaryIO | None, size: int) -> None:
        self._source = source
        self._packed = packed
        self._size = max(size, 1)
        self.out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            chunk = self._source.read(len(buffer))
        except (lzma.LZMAError, gzip.BadGzipFile, zlib.error, EOFError, OSError) as error:
            raise Unreadable("packed_broken") from error
        self.out += len(chunk)
        if self.out > MOST_BYTES:
            raise Unreadable("too_big", most=MOST_BYTES)
        if self._packed and self.out > PACKED_FREE and self.out > MOST_RATIO * self._size:
            raise Unreadable("bomb")
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def taken(self) -> int:
        """Bytes of the file itself that were read, for progress."""
        return self._packed.tell() if self._packed else self.out

    def close(self) -> None:
        if not self.closed:
            self._source.close()
            if self._packed:
                self._packed.close()
        super().close()


def kind_of(path: Path) -> str:
    """ "gzip", "xz", "zip" or "plain", by the first bytes: names lie."""
    with path.open("rb") as file:
        head = file.read(8)
    for kind, magic in (("gzip", GZIP), ("xz", XZ), ("zip", ZIP)):
        if head.startswith(magic):
            return kind
    return "plain"


def opened(path: Path) -> Bounded:
    """The file's bytes, unpacked if it is packed with gzip or xz."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("empty")
    kind = kind_of(path)
    file = path.open("rb")
    if kind == "gzip":
        return Bounded(cast(BinaryIO, gzip.GzipFile(fileobj=file)), file, size)
    if kind == "xz":
        unpacked = _Xz(file)
        return Bounded(cast(BinaryIO, unpacked), file, size)
    return Bounded(file, None, size)


class _Xz:
    """lzma.LZMAFile has no bound on memory; this has."""

    CHUNK = 64 * 1024

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = lzma.LZMADecompressor(memlimit=XZ_MEMORY)
        self._ended = False

    def read(self, count: int) -> bytes:
        while not self._ended:
            given = self._file.read(self.CHUNK) if self._decoder.needs_input else b""
            if self._decoder.eof:
                self._ended = True
                break
            if not given and self._decoder.needs_input:
                raise EOFError("the file ends before it should")
            chunk = self._decoder.decompress(given, max_length=count)
            if chunk:
                return chunk
        return b""

    def close(self) -> None:
        self._file.close()
