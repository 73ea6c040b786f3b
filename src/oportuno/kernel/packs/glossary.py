"""`glossary.yaml`: words of the trade with which a market of this vertical begins."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .words import Noun, Slug, Text, Words


class OtherNames(Noun):
    es: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()


class Source(Noun):
    text: Words
    address: str = ""


class WordOfTrade(Noun):
    """`line`: what it means, in one breath. `see`: slugs of others. `linked` False: texts do not lead to it by themselves."""

    slug: Slug
    name: Text
    line: Text
    more: Text | None = None
    others: OtherNames = OtherNames()
    see: tuple[Slug, ...] = ()
    sources: tuple[Source, ...] = ()
    sector: str = ""
    linked: bool = True


class Glossary(Noun):
    terms: Annotated[tuple[WordOfTrade, ...], Field(max_length=5_000)] = ()
