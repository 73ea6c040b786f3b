"""What became of a campaign: sums over its frames. audience = sent + failed + suppressed + waiting, always."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from oportuno.growth.campaigns.models import Campaign, CampaignFrame
from oportuno.growth.campaigns.queries.campaigns import frames_of, versions_of
from oportuno.growth.campaigns.queries.parts import parts_of
from oportuno.growth.campaigns.queries.results import Results, results_of
from oportuno.people.messaging import api as messaging

Figures = messaging.Figures


@dataclass(frozen=True)
class Line:
    """Figures of a part of it: a version, a segment. `followed_up`: people who did something of what counts after they followed a link."""

    key: str
    name: str
    figures: Figures
    followed_up: int = 0


@dataclass(frozen=True)
class LinkLine:
    """Where readers went: people, machines, and how much of all people's clicks that is."""

    address: str
    people: int
    machines: int


@dataclass(frozen=True)
class Report:
    """`gathering`: more readers may still come to it."""

    total: Figures
    versions: list[Line]
    parts: list[Line]
    links: list[LinkLine]
    gathering: bool
    results: Results


def figures_of(campaign: Campaign) -> Figures:
    """Those who wait for the winner wait, too."""
    return _with_held(messaging.figures_of(_ids(frames_of(campaign))), campaign)


def report_of(campaign: Campaign) -> Report:
    frames = frames_of(campaign)
    results = results_of(campaign, _ids(frames))
    versions = [
        _line(one.key, one.subject or one.text[:60], [frame for frame in frames if frame.version == one.key], results)
        for one in versions_of(campaign)
    ]
    parts = [
        _line(str(one.number), one.name, [frame for frame in frames if frame.part == one.number], results) for one in parts_of(campaign)
    ]
    total = _with_held(messaging.figures_of(_ids(frames)), campaign)
    return Report(
        total,
        versions if len(versions) > 1 else [],
        parts if len(parts) > 1 else [],
        links_of(frames),
        campaign.phase in ("sample", "rest"),
        results,
    )


def trial_figures(campaign: Campaign) -> dict[str, Figures]:
    """Of each version, on the sample alone."""
    frames = frames_of(campaign)
    return {
        one.key: messaging.figures_of(_ids(frame for frame in frames if frame.trial and frame.version == one.key))
        for one in versions_of(campaign)
    }


def links_of(frames: Sequence[CampaignFrame]) -> list[LinkLine]:
    """Each address once, the most followed first: the same one may stand in several frames."""
    sums: dict[str, tuple[int, int]] = {}
    for one in messaging.links_of(_ids(frames)):
        people, machines = sums.get(one.address, (0, 0))
        sums[one.address] = (people + one.people, machines + one.machines)
    lines = [LinkLine(address, people, machines) for address, (people, machines) in sums.items()]
    return sorted(lines, key=lambda one: (-one.people, -one.machines))


def _line(key: str, name: str, frames: Sequence[CampaignFrame], results: Results) -> Line:
    ids = _ids(frames)
    return Line(key, name, messaging.figures_of(ids), results.among(ids))


def _with_held(figures: Figures, campaign: Campaign) -> Figures:
    return replace(figures, audience=figures.audience + campaign.held, waiting=figures.waiting + campaign.held)


def _ids(frames: Iterable[CampaignFrame]) -> list[UUID]:
    return [one.frame_id for one in frames]
