"""What machines read of a question and of an expert: schema.org terms. Addresses are absolute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """An answer. `author_url` is the expert's page, `company` whose she is."""

    url: str
    text: str
    at: datetime
    yes: int
    author: str
    author_url: str
    company: str
    solves: bool


def qa_page(*, url: str, title: str, details: str, asker: str, at: datetime, language: str, answers: Sequence[Said]) -> Data:
    """A page on which a question is answered; the accepted answer is the one that solved it, or else the best."""
    told = [_answer(one) for one in answers]
    accepted = next((n for n, one in enumerate(answers) if one.solves), 0 if answers else None)
    question = {
        "@type": "Question",
        "name": title,
        "text": details or title,
        "url": url,
        "datePublished": at.isoformat(),
        "inLanguage": language,
        "answerCount": len(answers),
        **({"author": {"@type": "Person", "name": asker}} if asker else {}),
        **({"acceptedAnswer": told[accepted]} if accepted is not None else {}),
        **({"suggestedAnswer": rest} if (rest := [one for n, one in enumerate(told) if n != accepted]) else {}),
    }
    return {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}


def profile(
    *,
    url: str,
    name: str,
    role: str,
    description: str,
    image: str,
    company: str,
    company_url: str,
    same: Iterable[str],
    knows: Iterable[str],
) -> Data:
    """An expert's page."""
    person: Mapping[str, Any] = {
        "@type": "Person",
        "name": name,
        "url": url,
        "jobTitle": role,
        "description": description,
        "image": image,
        "worksFor": {"@type": "Organization", "name": company, "url": company_url},
        "sameAs": list(same),
        "knowsAbout": list(knows),
    }
    said = {term: value for term, value in person.items() if value not in ("", [])}
    return {"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": said}


def _answer(one: Said) -> Data:
    author = {"@type": "Person", "name": one.author, "url": one.author_url, "worksFor": {"@type": "Organization", "name": one.company}}
    return {
        "@type": "Answer", "text": one.text, "url": one.url, "datePublished": one.at.isoformat(), "upvoteCount": one.yes, "author": author,
    }  # fmt: skip
