"""Secrets that must be read again, such as passwords for other systems: they lie encrypted, each purpose under a key of its own."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(text: str, purpose: str) -> str:
    """Encrypted with a key made from SECRET_KEY."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """What was sealed for the same purpose, under the present key or one before it. Raises ValueError."""
    try:
        return _box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("SECRET_KEY has changed: put the old one into SECRET_KEY_FALLBACKS") from error


def _box(purpose: str) -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(purpose.encode() + force_bytes(one)).digest())) for one in secrets])
