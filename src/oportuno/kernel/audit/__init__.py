"""What people did that somebody may ask about later: append-only, chained by hash per organisation."""

from oportuno.kernel.audit.trail import audit, chain_breaks

__all__ = ["audit", "chain_breaks"]
