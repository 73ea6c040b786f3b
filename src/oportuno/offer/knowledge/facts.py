"""What happens to articles and cases of the knowledge centre."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class ArticleBegun(Fact):
    """`article_kind`: article or case."""

    article: UUID
    article_kind: str
    subject = "article"


class ArticleHandedIn(Fact):
    """A seller gave it to the market's staff to read."""

    article: UUID
    subject = "article"


class ArticleTakenBack(Fact):
    article: UUID
    subject = "article"


class ArticleCommented(Fact):
    """`of_market`: by the market's staff, else by its seller."""

    article: UUID
    of_market: bool
    subject = "article"


class ArticleDecided(Fact):
    """`decision`: approved, changes or declined."""

    article: UUID
    decision: str
    subject = "article"


class ArticlePublished(Fact):
    """A new `version` is on show."""

    article: UUID
    number: int
    version: int
    article_kind: str
    subject = "article"


class ArticleWithdrawn(Fact):
    """Its page says so, and why, from now on."""

    article: UUID
    number: int
    subject = "article"
