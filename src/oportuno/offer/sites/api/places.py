"""Places that others fill."""

from __future__ import annotations

from oportuno.kernel.slots import slot

BESIDE_EDITOR = slot("beside the editor", "/desk/…/sitio/escribir/, below what is said about the piece", takes="entry, member")
BELOW_AUTHOR = slot("below an author", "below the author box of a post, and on the author's page", takes="author")
