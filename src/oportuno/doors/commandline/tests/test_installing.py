"""It makes the browser's files, and knows when they are due again."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from oportuno.doors.commandline.checkout import Checkout, Problem, run
from oportuno.doors.commandline.install import only, wanted_set
from oportuno.doors.commandline.schema_state import PACKAGE
from oportuno.kernel import frontend

ROOT = PACKAGE.parents[1]
PACKAGES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    frontend.make(PACKAGES, LOCK, tmp_path / "vendor")
    return tmp_path / "vendor"


def test_it_makes_all_files_and_is_content_then(vendor: Path) -> None:
    assert frontend.is_current(LOCK, vendor)
    (vendor / "htmx.min.js").unlink()
    assert not frontend.is_current(LOCK, vendor)


def test_it_names_no_source_map(vendor: Path) -> None:
    assert not [file for file in vendor.rglob("*") if file.is_file() and b"sourceMappingURL" in file.read_bytes()]


def test_it_draws_every_icon_that_pages_use(vendor: Path) -> None:
    sprite = ElementTree.parse(vendor / "icons.svg").getroot()  # our own file
    assert [symbol.get("id") for symbol in sprite] == frontend.icon_names()
    assert all(len(symbol) for symbol in sprite)


def test_it_serves_the_fonts_that_its_style_sheet_names(vendor: Path) -> None:
    style = (vendor / "fonts.css").read_text()
    named = [part.split('"')[0] for part in style.split('url("')[1:]]
    assert len(named) == 4
    assert all((vendor / name).is_file() for name in named)


def test_it_fetches_one_tool_with_its_hashes(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    (tmp_path / ".tool").mkdir()
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "tool.txt").write_text(
        "node==1 \\\n    --hash=sha256:aa\nuv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    )
    assert only(checkout, "uv").read_text() == "uv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"


def test_it_never_takes_the_test_packages_away(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    assert wanted_set(checkout, tests=False) == "run"
    checkout.python.parent.mkdir(parents=True)
    (checkout.python.parent / "pytest").touch()
    assert wanted_set(checkout, tests=False) == "dev"


def test_it_tells_why_a_step_failed(tmp_path: Path) -> None:
    (tmp_path / ".tool").mkdir()
    with pytest.raises(Problem, match="It failed: no network"):
        run(Checkout(tmp_path), ["sh", "-c", "echo much; echo no network >&2; exit 1"], "It failed")
