"""The link in an asker's mails: she follows her question without an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from oportuno.kernel.errors import NotFound

SALT = "experts.asker"
LASTS = timedelta(days=730)


@dataclass(frozen=True)
class Asker:
    """Whose question it is: a contact of the operator."""

    question: UUID
    contact: UUID


def token_for(asker: Asker) -> str:
    return signing.dumps(f"{asker.question.hex}{asker.contact.hex}", salt=SALT)


def read_token(token: str) -> Asker:
    """Raises NotFound for what we did not sign, or too long ago."""
    try:
        both = str(signing.loads(token, salt=SALT, max_age=LASTS))
        return Asker(UUID(both[:32]), UUID(both[32:]))
    except (signing.BadSignature, ValueError):
        raise NotFound from None


def own_address(asker: Asker, language: str) -> str:
    """The whole address, in the reader's language; never made from a request (threat T06)."""
    with translation.override(language):
        return settings.ORIGIN + reverse("experts:own_question", args=[token_for(asker)])


def question_address(slug: str, language: str, answer: UUID | None = None) -> str:
    """The whole address of a question, or of one of its answers."""
    with translation.override(language):
        path = reverse("experts:question", args=[slug])
    return f"{settings.ORIGIN}{path}" + (f"#respuesta-{answer}" if answer else "")
