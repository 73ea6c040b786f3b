"""Front door: the knowledge centre."""

from oportuno.offer.knowledge.actions.bringing import Brought, Subject, bring_article, name_subjects
from oportuno.offer.knowledge.actions.contributing import approve, ask_changes, comment, comment_for_market, decline, hand_in, take_back
from oportuno.offer.knowledge.actions.counting import count_shown
from oportuno.offer.knowledge.actions.finding import IN_SEARCH, find_articles, follow_owners
from oportuno.offer.knowledge.actions.forgetting import forget_person
from oportuno.offer.knowledge.actions.publishing import publish_article, withdraw_article, withdraw_for_market
from oportuno.offer.knowledge.actions.sources import bring_sources, keep_source, remove_source, replace_sources
from oportuno.offer.knowledge.actions.subjects import keep_subject
from oportuno.offer.knowledge.actions.telling import tell_of_turn
from oportuno.offer.knowledge.actions.writing import begin_article, keep_draft
from oportuno.offer.knowledge.api.places import BELOW_ARTICLE, BESIDE_ARTICLE, ROOMS, Room, room_card
from oportuno.offer.knowledge.models import Article, Draft, Kind, Reference, Review, State, Turn, Version
from oportuno.offer.knowledge.queries.articles import (
    article_for,
    articles_for_personas,
    draft_of,
    lacking,
    own_articles,
    references_of,
    story_of,
)
from oportuno.offer.knowledge.queries.cards import ArticleCard, address_of, cards, connect
from oportuno.offer.knowledge.queries.citations import citation_of, cited_as
from oportuno.offer.knowledge.queries.invariants import found_unshown, shown_unread
from oportuno.offer.knowledge.queries.lacks import sentence_of
from oportuno.offer.knowledge.queries.pictured import where_pictured
from oportuno.offer.knowledge.queries.reading import Reading, reading
from oportuno.offer.knowledge.queries.reviewing import tasks, waiting_count
from oportuno.offer.knowledge.queries.shown import (
    addresses,
    articles_numbered,
    articles_with,
    counts,
    newest,
    newest_of,
    numbered_article,
    version_of,
    versions_of,
)
from oportuno.offer.knowledge.rules.citing import cite
from oportuno.offer.knowledge.rules.sources import apa_text

__all__ = [
    "BELOW_ARTICLE",
    "BESIDE_ARTICLE",
    "IN_SEARCH",
    "ROOMS",
    "Article",
    "ArticleCard",
    "Brought",
    "Draft",
    "Kind",
    "Reading",
    "Reference",
    "Review",
    "Room",
    "State",
    "Subject",
    "Turn",
    "Version",
    "address_of",
    "addresses",
    "apa_text",
    "approve",
    "article_for",
    "articles_for_personas",
    "articles_numbered",
    "articles_with",
    "ask_changes",
    "begin_article",
    "bring_article",
    "bring_sources",
    "cards",
    "citation_of",
    "cite",
    "cited_as",
    "comment",
    "comment_for_market",
    "connect",
    "count_shown",
    "counts",
    "decline",
    "draft_of",
    "find_articles",
    "follow_owners",
    "forget_person",
    "found_unshown",
    "hand_in",
    "keep_draft",
    "keep_source",
    "keep_subject",
    "lacking",
    "name_subjects",
    "newest",
    "newest_of",
    "numbered_article",
    "own_articles",
    "publish_article",
    "reading",
    "references_of",
    "remove_source",
    "replace_sources",
    "room_card",
    "sentence_of",
    "shown_unread",
    "story_of",
    "take_back",
    "tasks",
    "tell_of_turn",
    "version_of",
    "versions_of",
    "waiting_count",
    "where_pictured",
    "withdraw_article",
    "withdraw_for_market",
]
