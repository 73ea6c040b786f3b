"""What the market has of words and books, and what a seller proposes: so that no table of them is empty when its locks are tried."""

from __future__ import annotations

from collections.abc import Sequence

from oportuno.kernel.clock import now
from oportuno.kernel.ids import new_id
from oportuno.kernel.isolation import for_market, for_organisation
from oportuno.offer.ebooks import api as ebooks
from oportuno.offer.ebooks.models import Book, Edition
from oportuno.offer.glossary import api as glossary
from oportuno.offer.knowledge import api as knowledge
from oportuno.people.organisations.api import Member, market_operator, people_who_may
from oportuno.people.organisations.testing import Actor


def staff() -> Member:
    operator = market_operator()
    return Member(next(iter(people_who_may(operator, "run market"))), operator, "owner")


def market_explains(name: str = "bisel", line: str = "Corte inclinado del tallo.") -> None:
    """A term on show, the operator's; the same one for all."""
    by = staff()
    with for_organisation(by.organisation.pk):
        if not glossary.Term.objects.filter(name_es=name).exists():
            said = glossary.Said(name_es=name, line_es=line, name_en=name, line_en=line)
            glossary.keep_term(said=said, by=by, at=now(), published=True)


def own_words(owner: Actor, name: str) -> None:
    """Acts for the owner's organisation: what it proposes."""
    market_explains()
    said = glossary.Said(name_es=f"{name} palabra"[:80], line_es=name)
    glossary.propose(said=said, by=owner.member, at=now(), note=name)


def market_binds(title: str = "Flores que duran", numbers: Sequence[int] = ()) -> None:
    """A book on show, the operator's, with an edition whose file lies nowhere yet; the same one for all."""
    by, at = staff(), now()
    with for_organisation(by.organisation.pk):
        if Book.objects.filter(title=title).exists():
            return
        with for_market("a test binds a book"):
            shown = knowledge.Article.objects.filter(published=True, number__isnull=False).order_by("number")
            chosen = list(numbers) or [one.number or 0 for one in shown[:1]]
            titles = dict(knowledge.Article.objects.filter(number__in=chosen).values_list("number", "title_es"))
        book = ebooks.keep_book(choice=ebooks.Choice(title, articles=chosen, line=title), by=by, at=at)
        sources = [{"number": one, "version": 1, "title": titles[one], "organisation": 0} for one in chosen]
        Edition.objects.create(
            book=book, number=1, state="ready", published=True, sources=sources, document_id=new_id(), asked_at=at, made_at=at, of_version=1
        )
        Book.objects.filter(pk=book.pk).update(current=1, published=True, shown_at=at)
        waiting = ebooks.keep_book(choice=ebooks.Choice(f"{title} otra vez", articles=chosen), by=by, at=at)
        Edition.objects.create(book=waiting, number=1, total=1, asked_at=at)
