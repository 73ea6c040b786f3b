"""The list of who was erased: written a line at a time, read with each once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from oportuno.kernel import forgotten
from oportuno.kernel.forgotten import LIST, Erasure, note, noted, owe

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)
CARMEN, EVA = Erasure("person", "c"), Erasure("contact", "e", 7, "x")


def test_twice_is_once(tmp_path: Path) -> None:
    for one in (CARMEN, EVA, CARMEN):
        note(tmp_path, one, AT)
    assert noted(tmp_path) == [CARMEN, EVA]


def test_an_erasure_is_written_without_reading_all_that_were_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note(tmp_path, CARMEN, AT)
    with monkeypatch.context() as closed:
        closed.setattr(Path, "read_text", lambda *_: pytest.fail("the list was read"))
        closed.setattr(forgotten, "_read", lambda *_: pytest.fail("the list was read"))
        note(tmp_path, EVA, AT)
    assert noted(tmp_path) == [CARMEN, EVA]


def test_what_a_backup_knows_is_owed_too_each_once(tmp_path: Path) -> None:
    brought = tmp_path / "brought"
    brought.mkdir()
    for place, one in ((brought, CARMEN), (tmp_path, EVA), (tmp_path, CARMEN), (tmp_path, EVA)):
        note(place, one, AT)
    assert owe(tmp_path, brought / LIST) == 2
    assert set(noted(tmp_path)) == {CARMEN, EVA}
    assert len((tmp_path / LIST).read_text().splitlines()) == 2
