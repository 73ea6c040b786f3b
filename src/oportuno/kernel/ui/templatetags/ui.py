"""Template words of the design system; a builtin, so no template loads it. What each does: docs/ui.md and `/ui/`."""

from __future__ import annotations

from oportuno.kernel.ui.tags import actions, feedback, figures, forms, frame, lists, register, remembering, shop, texts

__all__ = ["actions", "feedback", "figures", "forms", "frame", "lists", "register", "remembering", "shop", "texts"]
