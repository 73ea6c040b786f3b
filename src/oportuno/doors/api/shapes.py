"""Shapes that several operations share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from ninja import Query as InQuery
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from oportuno.kernel.money import Money

Schema.model_config["defer_build"] = True
"""A shape is built when the first program asks for it, ninja's own around ours too: a market without programs starts without."""


class Body(Schema):
    """What a program sends: exactly these fields, exactly these types. `"true"` is not true, and 1 is not "1"."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Problem(Schema):
    """What went wrong (RFC 9457). `errors` names single fields by their JSON pointer."""

    type: str = Field(examples=["/api/v1/problems#refused"])
    title: str = Field(examples=["refused"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["Choose another name: this one gives no usable address."])
    errors: list[ProblemField] | None = None


class ProblemField(Schema):
    pointer: str = Field(examples=["/name"])
    detail: str


class Amount(Schema):
    """An exact amount: `amount` is a decimal number as text, `currency` an ISO 4217 code."""

    amount: str = Field(examples=["18500.00"])
    currency: str = Field(examples=["COP"])


def amount(money: Money | None) -> Amount | None:
    return None if money is None else Amount(amount=f"{money.decimal:f}", currency=money.currency)


def no_zero(text: str) -> str:
    """PostgreSQL keeps no character zero."""
    if "\0" in text:
        raise ValueError("a text cannot hold the character zero")
    return text


Text = Annotated[str, AfterValidator(no_zero)]
"""A text that can be kept."""

After = Annotated[str, InQuery(max_length=400, description="`next` of the page before; empty for the first page")]
Limit = Annotated[int, InQuery(ge=1, le=100, description="how many, at most")]
Moment = Annotated[datetime, Field(description="with its zone (ISO 8601)")]


def problems(*statuses: int) -> Mapping[Any, Any]:
    """Problem documents that an operation may answer with, for its description."""
    return dict.fromkeys(statuses, Problem)


PUBLIC = problems(400, 422, 429)
KEYS = problems(400, 401, 403, 404, 422, 429)
WRITES = problems(400, 401, 403, 404, 409, 413, 422, 429)
IDEMPOTENT: Mapping[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": False,
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
            "description": "Any text of your own. The same key with the same request has one effect: the first answer comes again, "
            "for seven days, with `Idempotency-Replayed: true`. With another request it is a conflict (409).",
        }
    ]
}
