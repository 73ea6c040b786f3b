"""Settings of one installation, read from the environment. `docs/operators/settings.md` explains each."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

INSECURE_KEY = "development-only-key-never-used-in-production"
HOST = re.compile(r"(?=.{3,190}$)(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+")
"""A name of two labels or more, with room before it for one more."""
ANSWERED = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\]", re.IGNORECASE)
"""A host that is answered: a name, a number, or a dot and a name for all below it."""
SPOKEN = {
    "mail_url": ("smtp", "smtps", "smtp+tls", "postmark", "mailgun", "postmark+http", "mailgun+http"),
    "sms_url": ("kannel", "kannels", "twilio", "twilio+http"),
    "inbox_url": ("imaps", "imap", "pop3s", "maildir"),
}
"""What addresses of services begin with."""


def default_home() -> Path:
    """Where data lies: /var/lib/oportuno for root, else the user's data folder. Never in the checkout."""
    return Path("/var/lib/oportuno") if os.geteuid() == 0 else Path.home() / ".local/share/oportuno"


class Env(BaseSettings):
    """What an operator may set. Every name is prefixed with OPORTUNO_ but the four that the whole world spells alike."""

    model_config = SettingsConfigDict(env_prefix="OPORTUNO_", env_ignore_empty=True, extra="ignore", populate_by_name=True)

    mode: Literal["development", "production"] = "development"
    home: Path = default_home()
    database_url: str = ""
    database_owner_url: str = ""
    port: int = 8000
    secret_key: SecretStr = SecretStr(INSECURE_KEY)
    debug: bool = False
    origin: str = ""
    media_origin: str = ""
    hosts: str = ""
    sites_host: str = ""
    tls: bool = False
    mail_url: str = ""
    catcher: str = "127.0.0.1:2525"
    bounce_address: str = ""
    mail_hook_secret: SecretStr = SecretStr("")
    return_host: str = ""
    mail_log: str = ""
    inbox_url: SecretStr = SecretStr("")
    intake_secret: SecretStr = SecretStr("")
    sms_url: str = ""
    sms_catcher: str = "127.0.0.1:2526"
    mail_from: str = "mercado@localhost"
    security_contact: str = "mailto:security@localhost"
    language: Literal["es-co", "es-mx", "en"] = "es-co"
    time_zone: str = "America/Bogota"
    web_allow: str = ""
    dns: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    def __init__(self, **given: object) -> None:
        plain = {n.lower(): v for n in ("DATABASE_URL", "DATABASE_OWNER_URL", "PORT", "SECRET_KEY") if (v := os.environ.get(n))}
        super().__init__(**{**plain, **given})  # type: ignore[arg-type]

    @field_validator("time_zone")
    @classmethod
    def know_the_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, OSError, ValueError) as error:
            raise ValueError("OPORTUNO_TIME_ZONE must be the name of a zone, such as America/Bogota.") from error
        return name

    @model_validator(mode="after")
    def speak_to_services(self) -> Self:
        """Who mistypes an address hears of it now, not when the first mail does not go out. Its password is not repeated."""
        for name, begins in SPOKEN.items():
            said = getattr(self, name)
            address = said.get_secret_value() if isinstance(said, SecretStr) else said
            if address and not _is_address(address, begins):
                ways = ", ".join(f"{one}://" for one in begins)
                raise ValueError(f"OPORTUNO_{name.upper()} is no address that we understand: it begins with one of {ways}.")
        return self

    @model_validator(mode="after")
    def refuse_to_be_careless(self) -> Self:
        """In production, no DEBUG, no default key, no open hosts, no plain HTTP (reliability goal S3)."""
        if self.mode != "production":
            return self
        faults = [
            sentence
            for wrong, sentence in (
                (self.debug, "OPORTUNO_DEBUG must be off"),
                (self.secret_key.get_secret_value() == INSECURE_KEY, "SECRET_KEY must be set"),
                (len(self.secret_key.get_secret_value()) < 32, "SECRET_KEY needs at least 32 characters"),
                (not self._answers_known_hosts(), "OPORTUNO_HOSTS must list the market's host names"),
                (not self.origin.startswith("https://"), "OPORTUNO_ORIGIN must be the market's https:// address"),
                (not self.tls, "OPORTUNO_TLS must be 1: the market is reached by HTTPS only"),
            )
            if wrong
        ]
        if faults:
            raise ValueError("Production refuses to start: " + "; ".join(faults) + ".")
        return self

    @model_validator(mode="after")
    def keep_sites_apart(self) -> Self:
        """Pages of sellers have no host in common with the market (threat T08)."""
        name = self.sites_host = self.sites_host.strip().lower().rstrip(".")
        if not name:
            return self
        if not HOST.fullmatch(name) or name.rpartition(".")[2].isdigit():
            raise ValueError("OPORTUNO_SITES_HOST must be the name of a host, such as sites.example.com.")
        ours = (urlsplit(self.public_origin).hostname or "", *(one.lower().lstrip(".") for one in self.host_list))
        if any(f".{one}".endswith(f".{name}") for one in ours):
            raise ValueError("OPORTUNO_SITES_HOST must be another name than the market's, and not one above it.")
        return self

    def _answers_known_hosts(self) -> bool:
        return bool(self.host_list) and all(ANSWERED.fullmatch(one) for one in self.host_list)

    @property
    def host_list(self) -> list[str]:
        return [h.strip() for h in self.hosts.split(",") if h.strip()]

    @property
    def public_origin(self) -> str:
        """Scheme, host and port that links in mail start with. Never taken from a request (threat T06)."""
        return self.origin.rstrip("/") or f"http://localhost:{self.port}"


def _is_address(address: str, begins: tuple[str, ...]) -> bool:
    try:
        at = urlsplit(address)
        names_a_place = at.path if at.scheme == "maildir" else at.hostname and at.port != 0
    except ValueError:  # brackets that do not close, a port that is none
        return False
    return at.scheme in begins and bool(names_a_place)
