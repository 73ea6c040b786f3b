"""A version as paragraphs that can be compared with those of another one."""

from __future__ import annotations

from oportuno.kernel.differences import paragraphs_of
from oportuno.offer.knowledge.models import Draft, Version
from oportuno.offer.knowledge.queries.articles import plain_parts
from oportuno.offer.knowledge.rules import texts as rules
from oportuno.offer.knowledge.rules.sources import apa_text


def paragraphs(written: Version | Draft) -> list[str]:
    """All that it says: each language's text, figures, who signs, and of a version its sources."""
    found: list[str] = []
    for language in rules.written_in(written.texts):
        text = written.texts[language]
        body = [one for part in plain_parts(text, language) for one in paragraphs_of(part)]
        found += [str(text.get("title", "")), str(text.get("summary", "")), *body]
    found += [f"{one['es'] or one['en']}: {one['before']} → {one['after']} {one['unit']}".strip() for one in written.figures]
    found += ["; ".join(f"{one['given']} {one['family']}".strip() for one in written.bylines)]
    if isinstance(written, Version):
        found += [f"[@{one['id']}] {apa_text(one, 'es')}" for one in written.references]
    return [one for one in found if one.strip()]
