"""A POST that arrives twice has one effect: the first answer is kept and given again."""

from oportuno.kernel.idempotency.forms import entered_once, sent_once
from oportuno.kernel.idempotency.keys import Answer, forget_old, once

__all__ = ["Answer", "entered_once", "forget_old", "once", "sent_once"]
