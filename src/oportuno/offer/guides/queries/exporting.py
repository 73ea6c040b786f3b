"""A guide as a file: JSON, which comes in again, and CSV to read or translate in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json

from oportuno.kernel.formulas import neutral
from oportuno.offer.guides.models import GuideVersion
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.rules.document import read

ENDINGS = ("json", "csv")
HEAD = ("question", "ask_es", "ask_en", "option", "label_es", "label_en", "why_es", "why_en", "source", "address", "wants", "next")


def as_json(version: GuideVersion) -> bytes:
    told = {"title": version.title, "summary": version.summary, "sector": version.sector, "content": version.content}
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def as_csv(version: GuideVersion) -> bytes:
    """A line for each answer; live formulas are made harmless."""
    out, known = io.StringIO(), Vertical()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for one in read(version.content).questions:
        for option in one.options:
            wants = "; ".join(f"{known.label(c)}: {known.words(c)}" for c in option.conditions)
            line = (
                one.key, one.ask.es, one.ask.en, option.key, option.label.es, option.label.en, option.why.es, option.why.en,
                option.source.title, option.source.address, wants, option.next,
            )  # fmt: skip
            writer.writerow([neutral(cell) for cell in line])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
