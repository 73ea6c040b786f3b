"""What people did that somebody may ask about later: append-only, chained by hash per organisation."""

from oportuno.kernel.audit.trail import all_chain_breaks, audit, chain_breaks

__all__ = ["all_chain_breaks", "audit", "chain_breaks"]
