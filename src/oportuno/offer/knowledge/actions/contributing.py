"""What a seller hands in, and what the market's staff says to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oportuno.kernel.audit import audit
from oportuno.kernel.errors import Conflict, Forbidden, NotFound, Refusal
from oportuno.kernel.facts import record
from oportuno.kernel.isolation import for_market
from oportuno.kernel.jobs import defer
from oportuno.offer.knowledge.actions.publishing import WHY, make_version
from oportuno.offer.knowledge.actions.turns import take_turn
from oportuno.offer.knowledge.actions.writing import locked
from oportuno.offer.knowledge.facts import ArticleCommented, ArticleDecided, ArticleHandedIn, ArticleTakenBack
from oportuno.offer.knowledge.models import Article, Draft, Review, State, Turn, Verb, Version
from oportuno.offer.knowledge.queries.articles import article_for, draft_of, lacking, references_of
from oportuno.offer.knowledge.queries.lacks import is_missing
from oportuno.offer.knowledge.rules.states import may_be
from oportuno.people.organisations.api import Member, market_operator

LEAST_REASON = 10


@transaction.atomic
def hand_in(*, article: UUID, note: str = "", by: Member, at: datetime) -> Turn:
    """The market's staff reads it next; until then it is not written in. Raises NotFound, Forbidden, Conflict, Refusal for what it lacks."""
    found, draft = locked(article, by, verb="hand in")
    if found.of_market:
        raise Forbidden(_("The market's own articles need no review: publish it."))
    if missing := lacking(found, draft, references_of(found)):
        raise is_missing(missing)
    _stand(found, Review.WAITING, at)
    turn = take_turn(found, Verb.SENT, note, by=by, at=at, of_market=False)
    record(ArticleHandedIn(article=found.pk, by=by.id, at=at))
    _tell(turn, market_operator().pk)
    return turn


@transaction.atomic
def take_back(*, article: UUID, by: Member, at: datetime) -> Turn:
    """One goes on writing. Raises NotFound, Forbidden, Conflict when it was decided meanwhile."""
    found, _draft = locked(article, by, verb="take back")
    _stand(found, Review.NONE, at)
    turn = take_turn(found, Verb.TAKEN_BACK, "", by=by, at=at, of_market=False)
    record(ArticleTakenBack(article=found.pk, by=by.id, at=at))
    return turn


@transaction.atomic
def comment(*, article: UUID, text: str, by: Member, at: datetime) -> Turn:
    """Its seller says something to the market's staff, or answers them. Raises NotFound, Refusal."""
    found = article_for(by.organisation.pk, article, lock=True)
    turn = _said(found, text, by=by, at=at, of_market=False)
    _tell(turn, market_operator().pk)
    return turn


@transaction.atomic
def comment_for_market(*, article: UUID, text: str, by: Member, at: datetime) -> Turn:
    """The market's staff says something about a contribution. Raises NotFound, Refusal."""
    with for_market(WHY, organisation=_owner(article)):
        turn = _said(_contribution(article), text, by=by, at=at, of_market=True)
        _tell(turn, turn.organisation_id)
    return turn


@transaction.atomic
def approve(*, article: UUID, stroke: int, by: Member, at: datetime) -> Version:
    """What was read (`stroke` of the draft) is published as a new version. Raises NotFound, Conflict when it is not what waits now."""
    with for_market(WHY, organisation=_owner(article)):
        found, draft = _waiting(article, "approve")
        if draft.stroke != stroke:
            raise Conflict(_("It was written in since you opened it: read it again."))
        version = make_version(found, draft, by=by, approved_by=by.id, at=at)
        _decided(found, Verb.APPROVED, "", by, at)
    return version


@transaction.atomic
def ask_changes(*, article: UUID, text: str, by: Member, at: datetime) -> Turn:
    """Its seller goes on writing, and reads what is wanted. Raises NotFound, Conflict, Refusal without a word about what."""
    return _sent_back(article, Verb.CHANGES, Review.CHANGES, "changes", text, by, at)


@transaction.atomic
def decline(*, article: UUID, text: str, by: Member, at: datetime) -> Turn:
    """Not this one, and why. What is on show already stays. Raises NotFound, Conflict, Refusal without a reason."""
    return _sent_back(article, Verb.DECLINED, Review.DECLINED, "decline", text, by, at)


def _sent_back(article: UUID, verb: Verb, review: Review, word: str, text: str, by: Member, at: datetime) -> Turn:
    if len(text.strip()) < LEAST_REASON:
        raise Refusal(_("Say why in a sentence: whoever wrote it reads that."), field="text")
    with for_market(WHY, organisation=_owner(article)):
        found, _draft = _waiting(article, word)
        _stand(found, review, at)
        return _decided(found, verb, text, by, at)


def _decided(found: Article, verb: Verb, text: str, by: Member, at: datetime) -> Turn:
    turn = take_turn(found, verb, text, by=by, at=at, of_market=True)
    record(ArticleDecided(article=found.pk, decision=verb.value, by=by.id, at=at))
    audit(f"knowledge.{verb.value}", at=at, by=by.id, of=found, reason=text, organisation=by.organisation.pk)
    _tell(turn, found.organisation_id)
    return turn


def _said(found: Article, text: str, *, by: Member, at: datetime, of_market: bool) -> Turn:
    if not text.strip():
        raise Refusal(_("Write what you want to say."), field="text")
    turn = take_turn(found, Verb.COMMENTED, text, by=by, at=at, of_market=of_market)
    record(ArticleCommented(article=found.pk, of_market=of_market, by=by.id, at=at))
    return turn


def _stand(found: Article, review: Review, at: datetime) -> None:
    found.review, found.changed_at = review, at
    found.save(update_fields=["review", "changed_at"])


def _tell(turn: Turn, organisation: int) -> None:
    """Whoever it concerns hears of it by mail, once this is done. `organisation`: whose people."""
    defer("knowledge.tell_of_turn", organisation=turn.organisation_id, turn=str(turn.pk), to=organisation)


def _owner(article: UUID) -> int:
    with for_market(WHY):
        found = Article.objects.filter(pk=article, of_market=False).values_list("organisation_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def _contribution(article: UUID) -> Article:
    """Handed in at some time, so that the market's staff may look at it. Raises NotFound. Acts for the market."""
    found = Article.objects.select_for_update().filter(pk=article, of_market=False).first()
    if found is None or (found.review == Review.NONE and found.state == State.DRAFT):
        raise NotFound
    return found


def _waiting(article: UUID, verb: str) -> tuple[Article, Draft]:
    found = _contribution(article)
    if not may_be(verb, found.review):
        raise Conflict(_("It does not wait any more: somebody decided, or its seller took it back."))
    return found, draft_of(found)
