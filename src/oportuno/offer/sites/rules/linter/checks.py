"""The checks, one after the other. Frozen data in, remarks out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from oportuno.offer.sites.rules.linter import signs
from oportuno.offer.sites.rules.linter.words import Block, Said, said_in, sentences_of, words_of

SHORT_POST, LONG_POST, SHORT_PAGE = 300, 2_500, 60  # words: below, nothing is learned; beyond, two pieces are better than one
LONG_PARAGRAPH, LONG_SENTENCES = 110, 26  # words; the second of the average sentence
WITHOUT_HEADINGS = 350  # words that are read without a place to rest
SHORTEST_TITLE, LONGEST_TITLE = 15, 70  # characters; search engines cut beyond
TALK = 80  # words from which one hears whether somebody is spoken to


@dataclass(frozen=True)
class Piece:
    """What is written, and what is known of it. `author`: the name of a person, "" for nobody.

    `days_since_post`: since the newest other post was published, None for the first; `cadence_days`: how often the blog means to speak, 0
    for as it comes. Of a page: `in_menu`, `has_contact` beside what its blocks offer. `persona` None: there are none to write for.
    """

    kind: str
    title: str
    blocks: Sequence[Block] = ()
    author: str = ""
    categories: int = 0
    summary: str = ""
    opening_picture: bool = False
    opening_alt: str = ""
    days_since_post: int | None = None
    cadence_days: int = 30
    in_menu: bool = True
    has_contact: bool = False
    is_shown: bool = False
    persona: str | None = None


@dataclass(frozen=True)
class Remark:
    """What was looked at, whether it is well, and what to say of it: numbers, words that were found."""

    about: str
    is_well: bool
    told: Mapping[str, Any] = field(default_factory=dict)


def remarks(piece: Piece) -> list[Remark]:
    """Of a piece: what could be better first, in the order in which it helps readers; then what is well."""
    said = said_in(piece.blocks)
    found = [*(_of_post(piece, said) if piece.kind == "post" else _of_page(piece, said)), *_of_both(piece, said)]
    return sorted(found, key=lambda one: one.is_well)


def _of_post(piece: Piece, said: Said) -> Iterator[Remark]:
    yield Remark("author", bool(piece.author), {"name": piece.author})
    sold = _selling(said)
    yield Remark("selling", not sold, {"found": sold[:3]})
    yield from _tone(said)
    yield Remark("categories", piece.categories > 0)
    if piece.persona is not None:
        yield Remark("persona", bool(piece.persona))
    yield Remark(
        "length", SHORT_POST <= said.count <= LONG_POST, {"words": said.count, "least": SHORT_POST, "long": said.count > LONG_POST}
    )
    if piece.cadence_days and not piece.is_shown:
        late = piece.days_since_post is not None and piece.days_since_post > piece.cadence_days
        yield Remark("cadence", not late, {"days": piece.days_since_post, "cadence": piece.cadence_days})
    yield Remark("picture", piece.opening_picture or bool(said.pictures))
    yield Remark("summary", bool(piece.summary.strip()))


def _of_page(piece: Piece, said: Said) -> Iterator[Remark]:
    dates = list(dict.fromkeys(one.group(0) for one in signs.DATES.finditer(said.text)))
    yield Remark("dates", not dates, {"found": dates[:3]})
    mine = [one for one in words_of(said.text) if one in signs.FIRST_PERSON]
    yield Remark("formal", not mine and said.text.count("!") < 3, {"found": list(dict.fromkeys(mine))[:3]})
    yield Remark("menu", piece.in_menu)
    reached = any(map(signs.CONTACT_ADDRESS.search, said.addresses)) or bool(signs.CONTACT_BLOCKS & set(said.kinds))
    yield Remark("contact", piece.has_contact or reached)
    yield Remark("page length", said.count >= SHORT_PAGE, {"words": said.count, "least": SHORT_PAGE})


def _of_both(piece: Piece, said: Said) -> Iterator[Remark]:
    length = len(piece.title.strip())
    if piece.kind == "post" or length > LONGEST_TITLE:
        yield Remark("title", SHORTEST_TITLE <= length <= LONGEST_TITLE, {"length": length, "long": length > LONGEST_TITLE})
    long = [one for one in said.paragraphs if len(words_of(one)) > LONG_PARAGRAPH]
    yield Remark("paragraphs", not long, {"count": len(long), "begins": " ".join(long[0].split()[:5]) if long else ""})
    sentences = sentences_of(" ".join(said.paragraphs))
    average = sum(len(words_of(one)) for one in sentences) // len(sentences) if sentences else 0
    if sentences:
        yield Remark("sentences", average <= LONG_SENTENCES, {"average": average})
    yield from _headings(said)
    pictures = [*([piece.opening_alt.strip()] if piece.opening_picture else []), *said.pictures]
    if pictures:
        yield Remark("alternatives", all(pictures), {"count": sum(not one for one in pictures)})
    vague = [words for _address, words in (*said.links, *said.buttons) if _is_vague(words)]
    if said.links or said.buttons:
        yield Remark("links", not vague, {"found": list(dict.fromkeys(vague))[:3]})


def _tone(said: Said) -> Iterator[Remark]:
    text = said.text.lower()
    stiff = [one for one in signs.CORPORATE if one in text]
    yield Remark("tone", not stiff, {"found": stiff[:3]})
    if said.count >= TALK:
        spoken = sum(one in signs.SECOND_PERSON for one in words_of(text))
        yield Remark("second person", spoken * 150 >= said.count)  # once in a long paragraph


def _headings(said: Said) -> Iterator[Remark]:
    if said.count > WITHOUT_HEADINGS or said.headings:
        yield Remark("headings", bool(said.headings))
    levels = [1, *(level for level, _words in said.headings)]
    jumps = [words for (level, words), above in zip(said.headings, levels, strict=False) if level > above + 1]
    if said.headings:
        yield Remark("levels", not jumps, {"found": jumps[:1]})


def _selling(said: Said) -> list[str]:
    """Blocks, buttons and words that sell."""
    blocks = [one for one in said.kinds if one in signs.SELLING_BLOCKS]
    buttons = [words for _address, words in said.buttons if signs.BUY_BUTTON.search(words)]
    words = [one.group(0) for one in signs.SELLING.finditer(said.text)]
    return list(dict.fromkeys([*buttons, *words, *blocks]))


def _is_vague(words: str) -> bool:
    said = words.strip().strip(".:…»>→").strip().lower()
    return said in signs.VAGUE or bool(signs.ADDRESS.match(said)) or not said
