"""What is wrong with a pack, where."""

from __future__ import annotations

from oportuno.kernel.errors import Refusal


class PackError(Refusal):
    """A pack cannot be used. The sentence names the file, the line and what to write instead."""
