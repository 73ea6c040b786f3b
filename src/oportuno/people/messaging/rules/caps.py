"""How many texts may go out, so that a fault or a fraud costs little (threat T17, goal A3). Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BLOCK = 3  # last digits that adjacent numbers differ in
CODES_A_NUMBER, CODES_A_BLOCK = 3, 30  # an hour: texts that nobody proved he wants, such as codes
TEXTS_A_NUMBER = 10  # a day, of all organisations
MARKET_A_DAY = 50_000
COUNTRY_A_DAY = 200  # to a country that is not the organisation's own


@dataclass(frozen=True)
class Cap:
    """`name` is what the operator reads; `key` what is counted, with its digits digested by the caller."""

    name: str
    subject: str
    most: int
    span: timedelta

    def window(self, at: datetime) -> tuple[str, datetime]:
        """Which stretch of time this moment counts in, and when it ends."""
        seconds = int(self.span.total_seconds())
        number = int(at.timestamp()) // seconds
        return str(number), datetime.fromtimestamp((number + 1) * seconds, at.tzinfo)


def caps_on(*, number: str, country: str, home: str, organisation: int, texts_a_day: int, proven: bool) -> list[Cap]:
    """All that one text counts against, the narrowest first."""
    found = [Cap("number", number, TEXTS_A_NUMBER, DAY)]
    if not proven:
        found = [
            Cap("codes to the number", number, CODES_A_NUMBER, HOUR),
            Cap("adjacent numbers", number[:-BLOCK], CODES_A_BLOCK, HOUR),
            *found,
        ]
    if country != home:
        found.append(Cap("country", f"{organisation} {country}", COUNTRY_A_DAY, DAY))
    return [*found, Cap("organisation", str(organisation), texts_a_day, DAY), Cap("market", "market", MARKET_A_DAY, DAY)]
