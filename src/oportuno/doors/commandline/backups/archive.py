"""The file of a backup: a tar whose last member is the checksum of all bytes before it.

manifest.json    what made it, when, and what is in it
*.dump           the database, as pg_dump writes it
media/…          pictures
private/…        what only a view hands out: evidence, files that were brought in
demo-sign-ins…   who may sign in, where this is a demo
erased           who was erased, so that an older backup does not bring them back
checksum         SHA-256 of everything above; nothing but zeros follows
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from oportuno.kernel.errors import Refusal

FORMAT = 1
MANIFEST, CHECKSUM = "manifest.json", "checksum"
FOLDERS, SIGN_INS = ("media", "private"), "demo-sign-ins.json"  # of the market's home
CHUNK = 2**20
END = 2 * tarfile.BLOCKSIZE  # zeros that end a tar

Progress = Callable[[int], None]  # is told of bytes as they pass


class Damaged(Refusal):
    """The file is not what was written."""


class Writer:
    """Writes the file from its beginning to its end, without going back."""

    def __init__(self, out: IO[bytes], progress: Progress) -> None:
        self.passing = _Passing(out, progress)
        self.tar = tarfile.open(fileobj=self.passing, mode="w", format=tarfile.GNU_FORMAT)  # type: ignore[call-overload]

    def add_bytes(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        self.tar.addfile(member, io.BytesIO(content))

    def add_file(self, name: str, file: Path) -> None:
        """A file that was removed meanwhile is left out."""
        try:
            source = file.open("rb")
        except FileNotFoundError:
            return
        with source:
            member = tarfile.TarInfo(name)
            member.size = os.fstat(source.fileno()).st_size
            self.tar.addfile(member, source)

    def finish(self) -> None:
        self.add_bytes(CHECKSUM, self.passing.digest.hexdigest().encode())
        self.tar.close()


@contextmanager
def written(file: Path, progress: Progress) -> Iterator[Writer]:
    """Writes beside `file` and renames it when it is complete and on the disk; only its owner may read it."""
    half = file.with_name(f"{file.name}.part")
    try:
        with os.fdopen(os.open(half, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
            writer = Writer(out, progress)
            yield writer
            writer.finish()
            out.flush()
            os.fsync(out.fileno())
        half.rename(file)
    finally:
        half.unlink(missing_ok=True)


def verify(file: Path, progress: Progress) -> dict[str, Any]:
    """Read the whole file; its manifest, or Damaged."""
    try:
        with tarfile.open(file, "r:") as tar:
            members = tar.getmembers()
            manifest = json.loads(_content(tar, MANIFEST))
            said = _content(tar, CHECKSUM).decode()
    except (tarfile.TarError, KeyError, EOFError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Damaged(f"{file} is not a whole backup: it is cut short, damaged, or another kind of file.") from error
    last = members[-1]
    if last.name != CHECKSUM or _digest(file, last.offset, progress) != said or not _ends_as_written(file, last):
        raise Damaged(f"{file} is damaged: its checksum does not match. Take another copy of it.")
    if manifest["format"] != FORMAT:
        raise Refusal(f"{file} was written by a newer Oportuno, whose backups this one cannot read: install that version.")
    return dict(manifest)


def extract(file: Path, folder: Path, progress: Progress) -> None:
    """Everything but the manifest and the checksum into `folder`. Names that lead out of it are damage."""
    with tarfile.open(file, "r:") as tar:
        for member in tar:
            parts = PurePosixPath(member.name).parts
            if not member.isfile() or ".." in parts or member.name.startswith("/"):
                raise Damaged(f"{file} holds {member.name!r}, which no backup of ours has.")
            source = tar.extractfile(member)
            if member.name in (MANIFEST, CHECKSUM) or source is None:
                continue
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                while chunk := source.read(CHUNK):
                    out.write(chunk)
                    progress(len(chunk))


def sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


class _Passing:
    """Hashes and counts what is written through it."""

    def __init__(self, out: IO[bytes], progress: Progress) -> None:
        self.out, self.progress = out, progress
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self.digest.update(content)
        self.progress(len(content))
        return self.out.write(content)

    def tell(self) -> int:
        return self.out.tell()


def _content(tar: tarfile.TarFile, name: str) -> bytes:
    source = tar.extractfile(name)
    if source is None:
        raise KeyError(name)
    return source.read()


def _digest(file: Path, end: int, progress: Progress) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while end > 0 and (chunk := source.read(min(CHUNK, end))):
            digest.update(chunk)
            progress(len(chunk))
            end -= len(chunk)
    return digest.hexdigest()


def _ends_as_written(file: Path, last: tarfile.TarInfo) -> bool:
    """Zeros up to a whole record, as tar pads its end."""
    with file.open("rb") as source:
        source.seek(last.offset_data + last.size)
        rest = source.read()
        return not rest.strip(b"\0") and len(rest) >= END and source.tell() % tarfile.RECORDSIZE == 0
