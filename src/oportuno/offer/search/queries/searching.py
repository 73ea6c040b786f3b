"""Asking the index: find, give way step by step when nothing matches, score, count, show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from oportuno.kernel.errors import Refusal
from oportuno.offer.search.queries import hits
from oportuno.offer.search.queries.answers import Relaxed, Results
from oportuno.offer.search.queries.asking import LAST_RESULT, LONGEST_TEXT, MOST_RESULTS, Query
from oportuno.offer.search.queries.counting import facets
from oportuno.offer.search.queries.dictionary import Knowledge, Known, look_up, meant, synonyms_of
from oportuno.offer.search.queries.joining import joined
from oportuno.offer.search.queries.lists import listed
from oportuno.offer.search.queries.ranking import POOL, WORDS_OF_A_QUESTION, ranked
from oportuno.offer.search.queries.showing import show
from oportuno.offer.search.queries.tallies import MOST
from oportuno.offer.search.rules.scoring import Scored
from oportuno.offer.search.rules.terms import PREFIX_WEIGHT, Term, Variant, asked, terms, weighed
from oportuno.offer.search.rules.words import fold

MANY = 1_000
"""More hits than this are ranked by their heads, which lie in the row; the whole vector is read of the best alone."""
FEW = 10
"""Fewer results with every word than this, and those with some of the words follow them."""


@dataclass(frozen=True)
class Plan:
    """A question as terms, and what the index knows of them."""

    terms: tuple[Term, ...]
    knowledge: Knowledge
    kind: str | None = None

    @property
    def known(self) -> Known:
        """Among the documents that the question is about."""
        return self.knowledge.of(self.kind)


@dataclass(frozen=True)
class Outcome:
    """What was found and how far the question had to give way. `wanted` is the tsquery that found it."""

    query: Query
    plan: Plan
    found: hits.Found
    wanted: str = ""
    full: int = 0
    relaxed: Relaxed = ""
    correction: str = ""
    corrected: bool = False
    scored: dict[int, Scored] = field(default_factory=dict)


def search(query: Query, *, snippets: bool = True) -> Results:
    """What there is for a question, best first. Order is stable; equal questions get equal answers until something changes.

    `snippets` False leaves out the pieces of text with what was asked, for pages that show none: texts need not be read.
    Raises Refusal for more than 100 results a page, or a page beyond the 2,000th result.
    """
    _must_be_readable(query)
    outcome = _list(query) if not query.text.strip() else _ask(query)
    if outcome.wanted and query.sort == "relevance":
        ids, scored = ranked(outcome.found.ids, outcome.plan.terms, outcome.plan.knowledge, query)
        outcome = replace(outcome, found=replace(outcome.found, ids=ids), scored=scored)
    return _answer(query, replace(outcome, found=_joined(outcome.found)), snippets)


def _joined(found: hits.Found) -> hits.Found:
    """A question and its answers are one result, in the list and in every count."""
    if found.kinds.get("content", 0) < 2:
        return found
    once = joined(found.ids)
    total = found.total if found.more else found.total - len(found.ids) + len(once.ids)
    kinds = {kind: count - once.again.get(f"kind:{kind}", 0) for kind, count in found.kinds.items()}
    tags = {tag: count - once.again.get(tag, 0) for tag, count in found.tags.items()}
    return replace(found, ids=once.ids, total=total, kinds=kinds, tags=tags)


def _must_be_readable(query: Query) -> None:
    if not 1 <= query.limit <= MOST_RESULTS or not 0 <= query.after <= LAST_RESULT:
        raise Refusal(
            _("A page has 1 to %(most)s results, and pages end at result %(last)s.") % {"most": MOST_RESULTS, "last": LAST_RESULT}
        )


def _take(query: Query) -> int:
    """A page more than is shown: some of it may lie on pages that came before."""
    return max(POOL, query.after + 2 * query.limit + 1)


def _list(query: Query) -> Outcome:
    plan = Plan((), look_up(asked("")), query.kind)
    found = listed(query, plan.known.scale, take=_take(query))
    return Outcome(query, plan, found, full=found.total, relaxed="" if found.total else "nearest")


def _ask(query: Query) -> Outcome:
    plan = _plan(query.text, query.kind)
    if not plan.terms:
        return _nearest(query, plan)
    outcome = _with_every_word(query, plan)
    if outcome.full < FEW and not query.exact:
        outcome = _as_meant(query, outcome)
    if outcome.full < FEW and len(hits.needed(outcome.plan.terms)) > 1:
        outcome = _with_some_words(outcome)
    return outcome if outcome.found.total else _with_beginnings(query, outcome)


def _plan(text: str, kind: str | None) -> Plan:
    question = asked(text[:LONGEST_TEXT])
    knowledge = look_up(question)
    found = terms(question, known=knowledge.all.lexemes, of=knowledge.all.documents, synonyms=synonyms_of(question))
    known = knowledge.of(kind)
    return Plan(tuple(weighed(found, known.lexemes, known.documents) if kind else found), knowledge, kind)


def _with_every_word(query: Query, plan: Plan) -> Outcome:
    """All of the words. When they are so common that the hits must be capped, those with the words in their heads are ranked."""
    wanted = hits.every(plan.terms)
    common = min(term.documents for term in plan.terms) > MOST and query.sort == "relevance"
    heads = _find(query, plan, wanted, column="head") if common else None
    if heads and heads.more:  # as many as are counted have it in their heads: any of them will do
        return Outcome(query, plan, heads, wanted, full=heads.total)
    if heads and heads.total >= POOL:
        counted = _find(query, plan, wanted, rank=False)
        return Outcome(query, plan, replace(counted, ids=heads.ids, metres=heads.metres), wanted, full=counted.total)
    found = _find(query, plan, wanted)
    return Outcome(query, plan, found, wanted, full=found.total)


def _find(query: Query, plan: Plan, wanted: str, *, column: str = "words", counts: bool = True, rank: bool = True) -> hits.Found:
    rank_by = "head" if column == "head" else _telling(query, plan)
    terms = plan.terms if rank else ()
    return hits.find(query, wanted, terms, plan.known.scale, take=_take(query), column=column, rank_by=rank_by, counts=counts)


def _telling(query: Query, plan: Plan) -> str:
    """By which words to choose whom to score well. Of many hits, titles, keywords and summaries are enough, but for pages that answer a question."""
    if query.kind == "content" or min(term.documents for term in plan.terms) <= MANY:
        return "words"
    return "head" if len(plan.terms) < WORDS_OF_A_QUESTION else "told"


def _as_meant(query: Query, outcome: Outcome) -> Outcome:
    """Slips of typing: words that nobody wrote are read as the nearest that somebody did."""
    strange = [term.words[0] for term in outcome.plan.terms if len(term.words) == 1 and not _is_known(term)]
    fixes = meant(strange)
    if not fixes:
        return outcome
    correction = _rewritten(query.text, fixes)
    if outcome.full:
        return replace(outcome, correction=correction)
    plan = _plan(correction, query.kind)
    again = _with_every_word(query, plan)
    return replace(again, correction=correction, corrected=True)


def _is_known(term: Term) -> bool:
    return bool(term.documents) or any(variant.via in ("joined", "split", "synonym") for variant in term.variants)


def _rewritten(text: str, fixes: dict[str, str]) -> str:
    """The question with its slips mended, the rest as it was typed."""
    return " ".join(fixes.get(fold(word.strip("¿?¡!.,;:\"'()")), word) for word in text[:LONGEST_TEXT].split())


def _with_some_words(outcome: Outcome) -> Outcome:
    plan = outcome.plan
    wanted = hits.some(plan.terms, plan.knowledge.all.documents)
    found = _find(outcome.query, plan, wanted)
    if found.total <= outcome.full:
        return outcome
    return replace(outcome, found=found, wanted=wanted, relaxed="some_words")


def _with_beginnings(query: Query, outcome: Outcome) -> Outcome:
    """Nothing has any of the words: try words that begin like them, then the same words without what narrows them."""
    plan = outcome.plan
    begun = tuple(_begun(term) for term in plan.terms if len(term.own[0]) >= 3)
    if begun:
        wanted = " | ".join(term.tsquery for term in begun)
        found = hits.find(query, wanted, begun, plan.known.scale, take=_take(query))
        if found.total:
            return replace(outcome, plan=replace(plan, terms=begun), found=found, wanted=wanted, relaxed="nearest")
    if query.narrowed:
        wider = _ask(Query(text=query.text, kind=query.kind, language=query.language, limit=query.limit, exact=query.exact))
        return replace(wider, query=wider.query, full=0, relaxed="nearest", correction=outcome.correction or wider.correction)
    return replace(_nearest(query, plan), correction=outcome.correction)


def _begun(term: Term) -> Term:
    beginning = term.own[0][: max(3, len(term.own[0]) - 2)]
    return Term(term.words, (*term.variants, Variant((beginning,), weight=PREFIX_WEIGHT, via="prefix", shown=beginning)), 0, term.idf)


def _nearest(query: Query, plan: Plan) -> Outcome:
    """Nothing at all: what is newest and best liked of this kind, so that nobody stands before an empty shelf."""
    wider = Query(kind=query.kind, language=query.language, category=query.category, limit=query.limit)
    found = listed(wider, plan.known.scale, take=_take(wider))
    if not found.total and query.category:
        found = listed(wider.but(category=""), plan.known.scale, take=_take(wider))
    return Outcome(wider, replace(plan, terms=()), found, relaxed="nearest")


def _answer(query: Query, outcome: Outcome, snippets: bool) -> Results:
    page: Sequence[int] = outcome.found.ids[query.after : query.after + query.limit]
    found = outcome.found
    further = query.after + query.limit
    has_next = len(found.ids) > further and further <= LAST_RESULT and outcome.relaxed != "nearest"
    return Results(
        query=query,
        items=show(page, query, outcome.plan.terms, outcome.scored, found.metres, snippets=snippets),
        facets=facets(outcome.query, outcome.wanted, found),
        total=0 if outcome.relaxed == "nearest" else found.total,
        full=min(outcome.full, found.total),
        more=found.more and outcome.relaxed != "nearest",
        correction=outcome.correction,
        corrected=outcome.corrected,
        relaxed=outcome.relaxed,
        next=further if has_next else None,
    )
