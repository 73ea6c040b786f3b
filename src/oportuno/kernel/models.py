"""The kernel's own tables, gathered where Django looks for them."""

from oportuno.kernel.audit.models import AuditEntry
from oportuno.kernel.facts.models import FactKind, ParkedFact, ReaderCursor
from oportuno.kernel.idempotency.models import IdempotencyKey

__all__ = ["AuditEntry", "FactKind", "IdempotencyKey", "ParkedFact", "ReaderCursor"]
