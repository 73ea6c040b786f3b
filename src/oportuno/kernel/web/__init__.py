"""The only way out: HTTP to the world, to public addresses alone (threat T11)."""

from oportuno.kernel.web.client import Fetched, NotReachable, fetch
from oportuno.kernel.web.places import NotPublic, public_ip

__all__ = ["Fetched", "NotPublic", "NotReachable", "fetch", "public_ip"]
