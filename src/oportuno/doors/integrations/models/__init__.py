"""What the doors of the outside world remember."""

from oportuno.doors.integrations.models.wordpress import Brought, BroughtFile, WordpressItem, WordpressRun

__all__ = ["Brought", "BroughtFile", "WordpressItem", "WordpressRun"]
