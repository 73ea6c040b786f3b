"""Who may do what with an article, by where it stands."""

from __future__ import annotations

from collections.abc import Mapping

OF_SELLER: Mapping[str, frozenset[str]] = {
    "write": frozenset({"", "changes", "declined"}),
    "hand in": frozenset({"", "changes", "declined"}),
    "take back": frozenset({"waiting"}),
}
"""Verb of a seller → the states of review in which it may be done: what is being read is not written in."""
OF_MARKET: Mapping[str, frozenset[str]] = {
    "approve": frozenset({"waiting"}),
    "changes": frozenset({"waiting"}),
    "decline": frozenset({"waiting"}),
}


def may_be(verb: str, review: str) -> bool:
    """Whether this verb has its place while the review stands so."""
    return review in {**OF_SELLER, **OF_MARKET}[verb]
