"""`sectors.yaml`, `personas.yaml`, `synonyms.yaml`: who meets in this vertical, and how they speak."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from .words import Country, Key, Noun, Slug, Text, Words

Channel = Literal[
    "search", "whatsapp", "instagram", "facebook", "tiktok", "youtube", "linkedin", "email", "phone",
    "referral", "fair", "visit", "blog", "community",
]  # fmt: skip
Stage = Literal["discover", "understand", "compare", "decide", "after"]
STAGES: tuple[Stage, ...] = ("discover", "understand", "compare", "decide", "after")


class Sector(Noun):
    slug: Slug
    title: Text
    singular: Text
    icon: str
    description: Text
    categories: tuple[Slug, ...] = ()


class Sectors(Noun):
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1)]


class StageQuestions(Noun):
    """What this persona asks at one stage of the way, and what answers it best."""

    stage: Stage
    questions: Annotated[tuple[Text, ...], Field(min_length=1)]
    answer_with: Text


class Persona(Noun):
    slug: Slug
    side: Literal["seller", "buyer"]
    role: Text
    name: Words
    who: Text
    goals: Annotated[tuple[Text, ...], Field(min_length=1)]
    pains: Annotated[tuple[Text, ...], Field(min_length=1)]
    questions: Annotated[tuple[Text, ...], Field(min_length=1)]
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    stages: Annotated[tuple[StageQuestions, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _every_stage(self) -> Persona:
        if tuple(one.stage for one in self.stages) != STAGES:
            raise ValueError(f"“{self.slug}” needs its questions for {', '.join(STAGES)}, each once and in this order")
        return self


class Personas(Noun):
    personas: Annotated[tuple[Persona, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _both_sides(self) -> Personas:
        for side in ("seller", "buyer"):
            if not any(persona.side == side for persona in self.personas):
                raise ValueError(f"there is no {side} persona; a market has two sides")
        return self


class SynonymGroup(Noun):
    """Words that find the same things. `regional` are Spanish words of one country, of the same group."""

    key: Key
    es: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()
    regional: Mapping[Country, tuple[Words, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _at_least_two(self) -> SynonymGroup:
        if len(self.words("es")) + len(self.en) < 2:
            raise ValueError(f"the group “{self.key}” needs at least two words")
        return self

    def words(self, language: str) -> tuple[str, ...]:
        """All words of the group in a language, the regional ones too, each once."""
        if language.startswith("en"):
            return self.en
        regional = (word for words in self.regional.values() for word in words)
        return tuple(dict.fromkeys((*self.es, *regional)))


class Synonyms(Noun):
    groups: Annotated[tuple[SynonymGroup, ...], Field(min_length=1)]
