"""How far a typed word is from one that exists."""

from __future__ import annotations


def allowed(word: str) -> int:
    """How many slips a word of this length may hold before it is another word."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


def slips(one: str, other: str, most: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two words; `most + 1` when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before_last, before, row = before, row, [i]
        for j, beside in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != beside))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == beside:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def best(word: str, candidates: list[tuple[str, int]]) -> str:
    """The likeliest meant word among (word, documents): fewest slips, same first letter, commonest. Empty: none is near enough."""
    most = allowed(word)
    near = [(slips(word, other, most), other[:1] != word[:1], -documents, other) for other, documents in candidates if other != word]
    near = [one for one in near if one[0] <= most]
    return min(near)[3] if near else ""
