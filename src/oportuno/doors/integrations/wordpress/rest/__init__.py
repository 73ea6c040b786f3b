"""A running WordPress, over its own API (wp/v2) with an application password: pulled from, pushed to."""

from .client import Remote
from .pulling import pull
from .pushing import Pushed, push

__all__ = ["Pushed", "Remote", "pull", "push"]
