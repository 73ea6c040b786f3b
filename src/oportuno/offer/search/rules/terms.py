"""A question taken apart: terms, and for each the ways a document may say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import log
from typing import Literal

from oportuno.offer.search.rules.words import BOUNDARY, LINKS, code, fold, split, stem

Via = Literal["", "synonym", "joined", "split", "code", "prefix"]
MOST_WORDS = 24  # of a question; later ones only cost
FOR = frozenset(["para", "for"])
"""After these a question says what the thing is for: better if it is said of the thing, but the thing it is all the same."""
SYNONYM_WEIGHT, JOINED_WEIGHT, CODE_WEIGHT, PREFIX_WEIGHT = 0.7, 0.95, 2.0, 0.6
NO_PURPOSE = 10_000
WORDS_OF_A_WISH = 5  # "follaje para arco de boda"; longer ones are questions, in which every word counts
LOOSE_WEIGHT = 0.6  # a phrase with a name of its own, its words apart: "wedding … bouquet"


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to say a term: lexemes, one after the other at `gaps`; `loose`: anywhere. `weight` is worth beside the term's own.

    `new`: nobody had written it when words were learned last. It finds what was written since, and need not be ranked by yet.
    """

    lexemes: tuple[str, ...]
    gaps: tuple[int, ...] = ()
    weight: float = 1.0
    via: Via = ""
    shown: str = ""
    loose: bool = False
    new: bool = False

    @property
    def tsquery(self) -> str:
        """In PostgreSQL's own notation. Lexemes are letters, digits and "#", so nothing can break out of the quotes."""
        if self.via == "prefix":
            return f"'{self.lexemes[0]}':*"
        if self.loose:
            return "(" + " & ".join(f"'{lexeme}'" for lexeme in self.lexemes) + ")"
        found = f"'{self.lexemes[0]}'"
        for gap, lexeme in zip(self.gaps, self.lexemes[1:], strict=True):
            found += f" <{gap}> '{lexeme}'"
        return f"({found})" if self.gaps else found


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question, or several that are one thing. `documents` have it as it is asked; 0: nobody knows it.

    `purpose`: it says what the thing is for, so that an answer may lack it.
    """

    words: tuple[str, ...]
    variants: tuple[Variant, ...]
    documents: int = 0
    idf: float = 1.0
    purpose: bool = False

    @property
    def tsquery(self) -> str:
        """What finds it. A phrase with a word in it that is enough by itself finds nothing more, and costs a look at each document."""
        enough = frozenset(variant.lexemes[0] for variant in self.variants if len(variant.lexemes) == 1 and variant.via != "prefix")
        return "(" + " | ".join(one.tsquery for one in self.variants if len(one.lexemes) == 1 or enough.isdisjoint(one.lexemes)) + ")"

    @property
    def own(self) -> tuple[str, ...]:
        return self.variants[0].lexemes

    @property
    def is_code(self) -> bool:
        return any(character.isdigit() for word in self.words for character in word)


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Words that find the same things; `phrases` maps how a phrase is matched (stems) to how people write it. `known`: stems somebody wrote."""

    phrases: dict[tuple[str, ...], str]
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question that carry meaning, with their places, and codes it may be. From place `purpose` on they say what it is for."""

    words: tuple[tuple[int, str], ...] = ()
    purpose: int = NO_PURPOSE
    codes: dict[int, str] = field(default_factory=dict)
    whole_code: str = ""


def asked(text: str) -> Asked:
    """Take a question apart. Words that only link others are left out; a question of nothing else is empty."""
    words: list[tuple[int, str]] = []
    codes: dict[int, str] = {}
    place, purpose = 0, NO_PURPOSE
    for chunk in fold(text).split():
        parts = split(chunk)
        for part in parts:
            place += 1
            if part in FOR and words:
                purpose = min(purpose, place)
            if part not in LINKS and len(words) < MOST_WORDS:
                words.append((place, part))
                if _may_be_code("".join(parts)):
                    codes[place] = code(chunk)
    whole = code(text)
    if len(words) > WORDS_OF_A_WISH:
        purpose = NO_PURPOSE
    return Asked(tuple(words), purpose, codes, whole if len(text) <= 40 and _may_be_code(whole[1:]) else "")


def _may_be_code(text: str) -> bool:
    return 3 <= len(text) <= 64 and any(character.isdigit() for character in text)


def idf(documents: int, of: int) -> float:
    """How much a word tells: BM25's inverse document frequency, never negative."""
    return log(1 + (max(of, documents) - documents + 0.5) / (documents + 0.5))


def terms(question: Asked, *, known: dict[str, int], of: int, synonyms: list[SynonymGroup]) -> list[Term]:
    """The terms of a question. `known`: documents per lexeme, for lexemes that exist; `of` documents in all."""
    found: list[Term] = []
    words = question.words
    index = 0
    while index < len(words):
        taken, variants = _own(words, index, synonyms)
        variants += _other_spellings(words, index, taken, known)
        places = [place for place, _ in words[index : index + taken]]
        codes = dict.fromkeys([question.codes[place] for place in places if place in question.codes] + [question.whole_code])
        variants += [Variant((one,), weight=CODE_WEIGHT, via="code") for one in codes if one]
        documents = min(known.get(lexeme, 0) for lexeme in variants[0].lexemes)
        told = documents or max((known.get(v.lexemes[0], 0) for v in variants if v.via in ("joined", "split")), default=0)
        said = tuple(word for _, word in words[index : index + taken])
        found.append(Term(said, tuple(variants), documents, idf(told, of), purpose=places[0] > question.purpose))
        index += taken
    return _each_once(found)


def weighed(found: Sequence[Term], known: dict[str, int], of: int) -> list[Term]:
    """The same terms with the idf they have among other documents."""
    return [replace(term, idf=idf(min(known.get(lexeme, 0) for lexeme in term.own), of)) for term in found]


def phrases(question: Asked, longest: int = 4) -> dict[tuple[str, ...], tuple[int, int]]:
    """Every run of up to `longest` words as stems → (where it begins, how many words)."""
    stems = [stem(word) for _, word in question.words]
    runs = ((start, size) for size in range(longest, 0, -1) for start in range(len(stems) - size + 1))
    return {tuple(stems[start : start + size]): (start, size) for start, size in runs}


def _own(words: tuple[tuple[int, str], ...], index: int, synonyms: list[SynonymGroup]) -> tuple[int, list[Variant]]:
    """How many words the term at `index` takes, and its own way of saying it before its synonyms."""
    stems = [stem(word) for _, word in words[index : index + 4]]
    for size in range(len(stems), 0, -1):
        run = tuple(stems[:size])
        groups = [group for group in synonyms if run in group.phrases]
        if groups:
            said = {phrase: shown for group in groups for phrase, shown in group.phrases.items()}
            known = frozenset().union(*(group.known for group in groups))
            others = [replace(_phrase(phrase, shown), new=not known.issuperset(phrase)) for phrase, shown in said.items() if phrase != run]
            if size == 1:
                return 1, [Variant(run), *others]
            together = replace(_phrase(run, said[run]), weight=1.0, via="")
            return size, [Variant(run, weight=LOOSE_WEIGHT, loose=True), *([] if together.loose else [together]), *others]
    return 1, [Variant((stems[0],))]


def _phrase(lexemes: tuple[str, ...], shown: str) -> Variant:
    """A synonym of several words stands together, with at most the links that its own spelling has between them."""
    places = [place for place, word in enumerate(split(shown)) if word not in LINKS]
    gaps = tuple(after - before for before, after in pairwise(places))
    fits = len(gaps) == len(lexemes) - 1
    return Variant(lexemes, gaps if fits else (), SYNONYM_WEIGHT, "synonym", shown, loose=not fits)


def _other_spellings(words: tuple[tuple[int, str], ...], index: int, taken: int, known: dict[str, int]) -> list[Variant]:
    if taken > 1:
        return []
    place, word = words[index]
    found = []
    for other in (index - 1, index + 1):
        if 0 <= other < len(words) and abs(words[other][0] - place) == 1:
            pair = words[other][1] + word if other < index else word + words[other][1]
            if stem(pair) in known:
                found.append(Variant((stem(pair),), weight=JOINED_WEIGHT, via="joined", shown=pair))
    parts = BOUNDARY.split(word)
    if len(parts) == 1 and stem(word) not in known:
        parts = _two_words(word, known)
    if len(parts) > 1:
        lexemes = tuple(stem(part) for part in parts)
        found.append(Variant(lexemes, (1,) * (len(lexemes) - 1), JOINED_WEIGHT, "split", " ".join(parts)))
    return found


def splits(word: str) -> list[tuple[str, str]]:
    """Ways to part an unknown word in two of at least three letters."""
    return [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)] if word.isalpha() else []


def _two_words(word: str, known: dict[str, int]) -> list[str]:
    good = [(min(known[stem(a)], known[stem(b)]), a, b) for a, b in splits(word) if stem(a) in known and stem(b) in known]
    return [*max(good)[1:]] if good else [word]


def _each_once(found: list[Term]) -> list[Term]:
    return list({term.own: term for term in found}.values())
