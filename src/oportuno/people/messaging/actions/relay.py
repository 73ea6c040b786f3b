"""The port to the outside: what hands a mail to the world, and what may go wrong there.

TryLater   the relay is away or busy, or said 4xx: trying again helps
Refused    the relay said 5xx: trying again helps nobody
Unclear    the connection broke after the text was sent: it may have been taken (RFC 1047)
"""

from __future__ import annotations

import smtplib
import ssl
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings

DEFAULT_URL = "smtp://127.0.0.1:2525"  # the mail catcher of development mode
TIMEOUT = 20.0  # seconds for each answer of the relay


class TryLater(Exception):
    pass


class Refused(Exception):
    pass


class Unclear(Exception):
    pass


class Relay(Protocol):
    """Hand one mail over, its lines ended with CRLF. Answers what the relay said; raises TryLater, Refused or Unclear."""

    def hand_over(self, mail: bytes, *, sender: str, recipient: str) -> str: ...


class SmtpRelay:
    """`smtp://[user:password@]host[:port]` (STARTTLS when offered; demanded with a password), or `smtps://…`."""

    def __init__(self, url: str = "") -> None:
        self.at = urlsplit(url or settings.MAIL_URL or DEFAULT_URL)
        self.password = unquote(self.at.password or "")

    def hand_over(self, mail: bytes, *, sender: str, recipient: str) -> str:
        try:
            connection = self._open()
        except (smtplib.SMTPException, OSError) as error:
            raise _away(error) from error
        try:
            return self._say(connection, mail, sender, recipient)
        finally:
            connection.close()

    def _open(self) -> smtplib.SMTP:
        host, port = self.at.hostname or "127.0.0.1", self.at.port
        if self.at.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT, context=ssl.create_default_context())
        else:
            connection = smtplib.SMTP(host, port or 25, timeout=TIMEOUT)
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=ssl.create_default_context())
            elif self.password:
                raise smtplib.SMTPNotSupportedError("the relay offers no STARTTLS; a password is not sent in the clear")
        if self.at.username:
            connection.login(unquote(self.at.username), self.password)
        return connection

    def _say(self, connection: smtplib.SMTP, text: bytes, sender: str, recipient: str) -> str:
        try:
            connection.ehlo_or_helo_if_needed()
            for code, said in (connection.mail(sender), connection.rcpt(recipient)):
                _must_be_good(code, said)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise _away(error) from error
        try:
            code, said = connection.data(text)
        except smtplib.SMTPDataError as error:
            _must_be_good(error.smtp_code, error.smtp_error)
            raise
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Unclear(type(error).__name__) from error
        _must_be_good(code, said)
        return _words(code, said)


def _must_be_good(code: int, said: bytes | str) -> None:
    if code >= 500:
        raise Refused(_words(code, said))
    if code >= 400 or code < 200:
        raise TryLater(_words(code, said))


def _away(error: Exception) -> Exception:
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500:
        return TryLater(_words(error.smtp_code, error.smtp_error))  # the relay itself is set up wrong: no fault of the mail
    return TryLater(type(error).__name__)


def _words(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"[:500]
