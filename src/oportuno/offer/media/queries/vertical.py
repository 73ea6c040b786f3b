"""For whom and about what a market's media are: the vertical says it, from above (config.wiring)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Choices = Callable[[str], Sequence[tuple[str, str]]]
"""Takes a language, answers (slug, words)."""


def _nothing(language: str) -> Sequence[tuple[str, str]]:
    return ()


_ports: dict[str, Choices] = {}


def connect(*, personas: Choices, categories: Choices, stages: Choices = _nothing) -> None:
    """Who knows the typical buyers, the stages of their way and the categories of this market. Called in config.wiring."""
    _ports.update(personas=personas, categories=categories, stages=stages)


def personas(language: str) -> Sequence[tuple[str, str]]:
    """The vertical's typical buyers."""
    return _ports.get("personas", _nothing)(language)


def categories(language: str) -> Sequence[tuple[str, str]]:
    """The vertical's first categories."""
    return _ports.get("categories", _nothing)(language)


def for_whom(persona: str, stage: str) -> dict[str, str]:
    """Both, as long as they are known here; what is not is nobody in particular."""
    return {
        "persona": persona if persona in dict(personas("es")) else "",
        "stage": stage if stage in dict(stages("es")) else "",
    }


def stages(language: str) -> Sequence[tuple[str, str]]:
    """From not knowing that there is something to what comes after buying."""
    return _ports.get("stages", _nothing)(language)
