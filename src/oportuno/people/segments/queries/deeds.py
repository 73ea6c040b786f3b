"""Which deeds there are: lower and higher apps tell, config.wiring says so."""

from __future__ import annotations

from collections.abc import Mapping

from oportuno.people.segments.rules.deeds import DeedKind

_deeds: dict[str, DeedKind] = {}


def know_deed(deed: DeedKind) -> None:
    """Let segments ask for something that people do. Called in config.wiring; the same key again takes its place."""
    _deeds[deed.key] = deed


def deeds() -> Mapping[str, DeedKind]:
    return dict(_deeds)
