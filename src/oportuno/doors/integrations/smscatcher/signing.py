"""How Twilio signs what it calls back: for the catcher, which plays it, and for us, who check it. Needs no Django."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping


def signature(token: str, address: str, given: Mapping[str, str]) -> str:
    """What stands in X-Twilio-Signature for a form that is posted to `address`."""
    signed = address + "".join(name + given[name] for name in sorted(given))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()
