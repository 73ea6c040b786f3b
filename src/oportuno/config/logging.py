"""Structured logs: one event a line, no personal data (reliability goal P4)."""

from __future__ import annotations

import logging.config
import re
import sys
from typing import Any

import structlog

from oportuno.kernel.away import is_database_away

EMAIL = re.compile(r"[^\s@<>'\"(,=]+@[^\s@<>'\"),]+\.\w+")
PHONE = re.compile(r"\+\d[\d ().-]{6,}\d")
QUOTED = re.compile(r"(?<=DETAIL:).*|(?<==)\(.*\)(?= already exists| is not present)")
PERSONAL = frozenset({"email", "phone", "address", "name", "password", "token", "ip", "body", "recipient"})


def logging_settings(level: str, *, json_lines: bool) -> dict[str, Any]:
    """Configure structlog and the standard library to the same lines on stderr; JSON where machines read them."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        leave_out_personal_data,
        be_brief_about_an_absent_database,
    ]
    end: Any = structlog.processors.JSONRenderer() if json_lines else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    settings: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    scrub,
                    end,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "ERROR"},
            "procrastinate": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
        },
    }
    logging.config.dictConfig(settings)
    return settings


def leave_out_personal_data(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Replace the values of keys that could name a person."""
    return {key: "…" if key in PERSONAL else value for key, value in event.items()}


def scrub(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Addresses, numbers and rows that stand in a text: PostgreSQL's errors quote what was written."""
    return {key: _without_persons(value) if isinstance(value, str) else value for key, value in event.items()}


def _without_persons(text: str) -> str:
    for pattern in (QUOTED, EMAIL, PHONE):
        text = pattern.sub("…", text)
    return text


def be_brief_about_an_absent_database(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Every request meanwhile would bring the same forty lines."""
    told = event.get("exc_info")
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    if is_database_away(error if isinstance(error, BaseException) else None):
        event = {name: value for name, value in event.items() if name != "exc_info"} | {"away": "database"}
    return event
