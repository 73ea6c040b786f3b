"""Friendly remarks on a piece: how a page differs from a post, as the method's table of site and blog has it.

    remarks(Piece(kind="post", title="…", blocks=[…], author="Alba", …)) → [Remark("author", True), Remark("cadence", False, {"days": 40}), …]

A remark names what it is about; its words, in the reader's language, are queries/advice.py. It never keeps anybody from publishing.
"""

from oportuno.offer.sites.rules.linter.checks import Piece, Remark, remarks

__all__ = ["Piece", "Remark", "remarks"]
