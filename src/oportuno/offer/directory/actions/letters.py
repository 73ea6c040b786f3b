"""Letters about vetting: the seller hears what was decided and what ends, the market's reviewers hear who waits.

They are the market's own, one to each person who may act. What happened longer ago than `STALE` is no news: a market that
is restored, or filled with a demo, writes nobody about its past.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from oportuno.kernel.facts import Recorded
from oportuno.kernel.isolation import for_market
from oportuno.offer.directory import facts
from oportuno.offer.directory.models import Application, Decision, Seller, StandingChange, Turn, Verdict
from oportuno.offer.directory.queries.queue import WHY
from oportuno.offer.directory.queries.verticals import method, said
from oportuno.offer.directory.queries.vetting import ending, lines
from oportuno.people.messaging.api import send
from oportuno.people.organisations.api import Organisation, Person, market_operator, people_who_may

STALE = timedelta(days=2)  # a worker that stood still over a weekend still tells what it missed on Saturday
Words = Mapping[str, Any]
Tell = Callable[[Recorded], Words]


def write_letters(batch: Sequence[Recorded], at: datetime) -> int:
    """Write what each fact of a batch gives to write; how many letters. A batch that comes twice writes once."""
    return sum(_write(fact, at) for fact in batch if at - fact.at <= STALE)


def _write(fact: Recorded, at: datetime) -> int:
    letter, tell = LETTERS[fact.kind]
    market = market_operator()
    owner = Organisation.objects.get(pk=fact.organisation)
    to_market = letter == "handed_in"
    readers = people_who_may(market, "vet sellers") if to_market else people_who_may(owner, "apply to sell")
    for person in readers:
        with translation.override(person.language), for_market(WHY):
            words = tell(fact)
            link = reverse("directory:vetting", args=[market.slug]) if to_market else reverse("directory:application", args=[owner.slug])
        context = {**words, "organisation": owner.name, "market": market.name, "link": settings.ORIGIN + link}
        send(
            template=f"directory/mail/{letter}.txt",
            to=person.email,
            to_name=person.name,
            organisation=market.pk,
            context=context,
            language=person.language,
            key=_key(letter, fact, person),
            at=at,
            purpose="service",
        )
    return len(readers)


def _key(letter: str, fact: Recorded, person: Person) -> str:
    """Of what ends, one letter a day tells all; of everything else, one letter each."""
    what = f"{fact.organisation}:{fact.at:%Y-%m-%d}" if letter == "ending" else f"{fact.id}"
    return f"vetting {letter}:{what}:{person.pk}"


def _unhappy(fact: Recorded) -> Words:
    """What has to be changed, or could not be approved, each with its reason."""
    application = Application.objects.select_related("seller").get(pk=fact.data.get("application", fact.subject))
    found = [(line.requirement.title, line.counts) for line in lines(application, fact.at)]
    note = Turn.objects.filter(application=application).order_by("-at", "-id").values_list("note", flat=True).first()
    return {"points": [_point(title, one) for title, one in found if one and one.verdict != Verdict.APPROVE], "note": note or ""}


def _point(title: Mapping[str, str], decision: Decision) -> dict[str, str]:
    return {"title": said(title), "reason": " ".join(decision.reason.split())}


def _approved(fact: Recorded) -> Words:
    organisation = Organisation.objects.get(pk=fact.organisation)
    return {"renewal": bool(fact.data.get("renewal")), "days": method().playbook.days, "page": f"{settings.ORIGIN}/v/{organisation.slug}/"}


def _standing(fact: Recorded) -> Words:
    change = StandingChange.objects.filter(seller=fact.subject).order_by("-at", "-id").first()
    reason = change.reason if change else ""
    return {"reason": reason, "suspended": fact.kind == facts.SellerSuspended.kind, "revoked": fact.kind == facts.SellerRevoked.kind}


def _ran_out(fact: Recorded) -> Words:
    return {"points": [_ending(one) for one in ending(Seller.objects.get(pk=fact.subject), fact.at, timedelta(0))]}


def _ends(fact: Recorded) -> Words:
    return {"points": [_ending(one) for one in ending(Seller.objects.get(pk=fact.subject), fact.at)]}


def _ending(decision: Decision) -> dict[str, Any]:
    return {"title": said(decision.requirement.title), "on": decision.expires_at}


def _handed_in(fact: Recorded) -> Words:
    application = Application.objects.get(pk=fact.subject)
    return {"renewal": application.renewal, "days": method().vetting.answer_days}


LETTERS: dict[str, tuple[str, Tell]] = {
    facts.ApplicationSubmitted.kind: ("handed_in", _handed_in),
    facts.ChangesAsked.kind: ("changes", _unhappy),
    facts.SellerApproved.kind: ("approved", _approved),
    facts.SellerRejected.kind: ("rejected", _unhappy),
    facts.SellerSuspended.kind: ("standing", _standing),
    facts.SellerReinstated.kind: ("standing", _standing),
    facts.SellerRevoked.kind: ("standing", _standing),
    facts.SellerExpired.kind: ("ran_out", _ran_out),
    facts.RequirementExpiring.kind: ("ending", _ends),
}
"""Kind of fact → the letter's template, and what it says."""
