"""Places that others fill."""

from __future__ import annotations

from oportuno.kernel.slots import slot

BELOW_TERM = slot("below a term", "/glosario/<slug>/, after what it means", takes="term")
