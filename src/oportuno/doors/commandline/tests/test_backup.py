"""It brings back what it saved, or says that the file is damaged."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from oportuno.doors.commandline.backups import archive
from oportuno.doors.commandline.backups.saving import back_up, bring_back
from oportuno.doors.commandline.database import Embedded
from oportuno.doors.commandline.group import oportuno
from oportuno.kernel.clock import now
from oportuno.kernel.disarmed import disarm, is_disarmed
from oportuno.kernel.embedded import Cluster
from oportuno.kernel.errors import Refusal
from oportuno.kernel.forgotten import Erasure, is_owed, note, noted
from oportuno.kernel.testing import database as databases

NEW = "INSERT INTO organisation (slug, name, kind, country, time_zone, currency, created_at) VALUES (%s, %s, 'seller', 'CO', 'America/Bogota', 'COP', now())"


@pytest.fixture
def market() -> Iterator[Embedded]:
    """A database of its own, with the schema of today."""
    cluster = Cluster(Path(os.environ["OPORTUNO_TEST_CLUSTER"]), durable=False)
    name = f"backup_{os.getpid()}"
    databases.clone(cluster, name)
    yield Embedded(cluster, name)
    databases.drop(cluster, name)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "media" / "pictures").mkdir(parents=True)
    (tmp_path / "media" / "pictures" / "rosa.png").write_bytes(random.Random(1).randbytes(200_000))
    return tmp_path


def sellers(market: Embedded) -> list[str]:
    with psycopg.connect(**market.cluster.dsn("superuser", market.name)) as connection:
        return [slug for (slug,) in connection.execute("SELECT slug FROM organisation ORDER BY slug").fetchall()]


def join(market: Embedded, slug: str) -> None:
    with psycopg.connect(**market.cluster.dsn("superuser", market.name)) as connection:
        connection.execute(NEW, [slug, slug.title()])


def test_it_brings_back_rows_and_media_and_stays_silent(market: Embedded, home: Path) -> None:
    join(market, "alba")
    file = home / "market.backup"
    back_up(market, home, file)
    join(market, "gala")
    picture = home / "media" / "pictures" / "rosa.png"
    drawn = picture.read_bytes()
    picture.unlink()

    bring_back(market, home, file, overwrite=True)

    assert sellers(market) == ["alba"]
    assert picture.read_bytes() == drawn
    assert is_disarmed(home)


def test_it_owes_to_those_who_were_erased_that_they_are_erased_again(
    market: Embedded, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Before the backup, after it, and where the backup is restored on another machine."""
    carmen, eva = (
        Erasure("person", "01890000-0000-7000-8000-000000000001"),
        Erasure("contact", "01890000-0000-7000-8000-000000000002", 7, "x"),
    )
    note(home, carmen, now())
    file = home / "market.backup"
    back_up(market, home, file)
    note(home, eva, now())
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    for place, owed in ((home, [carmen, eva]), (elsewhere, [carmen])):
        bring_back(market, place, file, overwrite=True)
        assert noted(place) == owed
        assert is_owed(place)
        assert (place / "erased").stat().st_mode & 0o077 == 0


def test_it_brings_back_evidence_and_sign_ins_too(market: Embedded, home: Path) -> None:
    """What only a view hands out lies apart from pictures; a market without it has approved sellers on no evidence."""
    evidence, sign_ins = home / "private" / "evidence" / "rut.pdf", home / "demo-sign-ins.json"
    evidence.parent.mkdir(parents=True)
    for one in (evidence, sign_ins):
        one.write_bytes(one.name.encode())
    back_up(market, home, home / "market.backup")
    evidence.write_bytes(b"another")
    sign_ins.unlink()
    (home / "private" / "later.pdf").write_bytes(b"of the market that is replaced")
    bring_back(market, home, home / "market.backup", overwrite=True)
    assert [one.read_bytes() for one in (evidence, sign_ins)] == [b"rut.pdf", b"demo-sign-ins.json"]
    assert not (home / "private" / "later.pdf").exists()


def test_it_keeps_the_locks_of_private_tables(market: Embedded, home: Path) -> None:
    locks = "SELECT count(*) FILTER (WHERE relforcerowsecurity), (SELECT count(*) FROM pg_policies), count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    with psycopg.connect(**market.cluster.dsn("superuser", market.name)) as connection:
        before = connection.execute(locks).fetchone()
    back_up(market, home, home / "market.backup")
    bring_back(market, home, home / "market.backup", overwrite=True)
    with psycopg.connect(**market.cluster.dsn("superuser", market.name)) as connection:
        assert connection.execute(locks).fetchone() == before
    with psycopg.connect(**market.cluster.dsn("app", market.name)) as connection:
        connection.execute("SELECT count(*) FROM organisation")


def test_it_numbers_new_facts_above_the_restored_ones(market: Embedded, home: Path) -> None:
    ahead = 10_000_000
    fact = "INSERT INTO fact (transaction, at, organisation_id, kind_id, data) VALUES (%s, now(), 1, 1, '{}')"
    with psycopg.connect(**market.cluster.dsn("superuser", market.name)) as connection:
        connection.execute(fact, [ahead])
    back_up(market, home, home / "market.backup")
    bring_back(market, home, home / "market.backup", overwrite=True)
    with psycopg.connect(**market.cluster.dsn("superuser", market.name)) as connection:
        assert connection.execute(
            "SELECT count(*) FROM fact WHERE transaction = %s AND fact_transaction() > %s", [ahead, ahead]
        ).fetchone() == (1,)


def test_it_asks_before_it_replaces_a_market(market: Embedded, home: Path) -> None:
    join(market, "alba")
    back_up(market, home, home / "market.backup")
    with pytest.raises(Refusal, match="--yes replaces it"):
        bring_back(market, home, home / "market.backup", overwrite=False)
    assert not is_disarmed(home)


@pytest.mark.parametrize("seed", range(20))
def test_it_finds_a_single_changed_byte(home: Path, seed: int) -> None:
    file = small_backup(home)
    content = bytearray(file.read_bytes())
    content[random.Random(seed).randrange(len(content))] ^= 0x55
    file.write_bytes(content)
    with pytest.raises(archive.Damaged):
        archive.verify(file, lambda _: None)


@pytest.mark.parametrize("kept", [0, 100, 0.5, 0.99])
def test_it_finds_that_the_end_is_missing(home: Path, kept: float) -> None:
    file = small_backup(home)
    content = file.read_bytes()
    file.write_bytes(content[: int(kept * len(content)) if kept < 1 else int(kept)])
    with pytest.raises(archive.Damaged):
        archive.verify(file, lambda _: None)


def test_it_leaves_no_half_written_file(home: Path) -> None:
    with pytest.raises(RuntimeError), archive.written(home / "market.backup", lambda _: None):
        raise RuntimeError("the power went")
    assert not list(home.glob("market.backup*"))


def test_it_lets_a_restored_market_be_armed_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPORTUNO_HOME", str(home))
    disarm(home, "restored")
    assert "go out now" in CliRunner().invoke(oportuno, ["arm"]).output
    assert "armed already" in CliRunner().invoke(oportuno, ["arm"]).output


def small_backup(home: Path) -> Path:
    file = home / "small.backup"
    with archive.written(file, lambda _: None) as out:
        out.add_bytes(archive.MANIFEST, b'{"format": 1}')
        out.add_file("media/pictures/rosa.png", home / "media" / "pictures" / "rosa.png")
    archive.verify(file, lambda _: None)
    return file
