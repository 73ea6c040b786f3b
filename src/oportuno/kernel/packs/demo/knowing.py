"""Experts of the demo, what people ask all of them, and what they answer."""

from __future__ import annotations

from typing import Literal

from ..pack import Pack
from ..reading import read_as
from ..words import Noun, Slug, Text


class DemoReason(Noun):
    """Why one may believe an expert. Its source is a paper that whoever seeds makes."""

    kind: Slug | Literal["guest_post"]
    title: str
    issuer: str
    days_ago: int


class DemoExpert(Noun):
    """`author`: she signs the posts of her seller's blog."""

    key: Slug
    organisation: Slug
    name: str
    role: Text
    bio: Text
    fields: tuple[Slug, ...]
    author: bool = False
    points: tuple[DemoReason, ...] = ()


class DemoSolution(Noun):
    """An expert's answer. `text` as in sites.yaml; `yes` and `no` found it useful, or not."""

    expert: Slug
    text: str
    days_ago: int
    yes: int = 0
    no: int = 0


class DemoAsked(Noun):
    """A public question. `waits`: the market has not decided yet."""

    title: str
    details: str = ""
    language: Literal["es", "en"] = "es"
    field: Slug
    name: str = ""
    email: str
    days_ago: int
    waits: bool = False
    solved_by: Slug | Literal[""] = ""
    answers: tuple[DemoSolution, ...] = ()


class ExpertsFile(Noun):
    experts: tuple[DemoExpert, ...] = ()
    questions: tuple[DemoAsked, ...] = ()


def knowing(pack: Pack) -> ExpertsFile:
    """What `demo/experts.yaml` of the pack says; nothing where there is none."""
    file = pack.folder / "demo" / "experts.yaml"
    return read_as(file, ExpertsFile) if file.is_file() else ExpertsFile()
