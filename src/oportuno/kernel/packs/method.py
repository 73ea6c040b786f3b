"""`playbook.yaml`, `commitment.yaml`, `vetting.yaml`, `goals.yaml`: what is asked of a seller, and when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from .words import Country, Currency, Days, Key, Noun, Number, Slug, Text

EvidenceKind = Literal["document", "number", "reference", "test_order", "visit"]
# Each is a check of python-stdnum, by country.
NumberCheck = Literal["co.nit", "mx.rfc", "ec.ruc", "us.ein"]


class Done(Noun):
    """How a step is seen to be done: so many facts of a kind, or a person says so."""

    fact: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]+$")] | None = None
    count: Annotated[int, Field(ge=1)] = 1
    manual: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Done:
        if (self.fact is None) != self.manual:
            raise ValueError("say either the kind of fact that shows it, or manual: true")
        return self


class Step(Noun):
    """`day` counts from approval; `link` names the page of the workbench where it is done."""

    key: Key
    day: Annotated[int, Field(ge=0, le=366)]
    stage: Slug
    title: Text
    why: Text
    how: Text
    done: Done
    link: Slug
    minutes: Annotated[int, Field(ge=1)]


class PlaybookStage(Noun):
    slug: Slug
    title: Text


class Playbook(Noun):
    title: Text
    days: Annotated[int, Field(ge=1, le=366)]
    stages: tuple[PlaybookStage, ...]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Playbook:
        stages = {stage.slug for stage in self.stages}
        for before, step in zip((None, *self.steps), self.steps, strict=False):
            if step.stage not in stages:
                raise ValueError(f"the step “{step.key}” is of the stage “{step.stage}”, which is not among the stages")
            if step.day > self.days:
                raise ValueError(f"the step “{step.key}” is on day {step.day}, after the plan of {self.days} days")
            if before is not None and step.day < before.day:
                raise ValueError(f"the step “{step.key}” comes after a later day; put the steps in order")
        return self


class Milestone(Noun):
    key: Key
    day: Annotated[int, Field(ge=0)]
    title: Text
    description: Text


class Commitment(Noun):
    title: Text
    declaration: Text
    why: Text
    milestones: Annotated[tuple[Milestone, ...], Field(min_length=1)]


class Certification(Noun):
    """`covers`: attributes whose values its evidence shows, so that what a seller says of them was verified."""

    key: Key
    title: Text
    icon: str
    description: Text
    covers: tuple[Key, ...] = ()


class Evidence(Noun):
    kind: EvidenceKind
    accepts: Text
    number: NumberCheck | None = None
    how_many: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _number_has_a_check(self) -> Evidence:
        if (self.kind == "number") != (self.number is not None):
            raise ValueError("evidence of kind number, and only that, names its check, such as co.nit")
        return self


class Requirement(Noun):
    """`countries` empty: everywhere. `sectors` empty: everyone."""

    key: Key
    title: Text
    why: Text
    evidence: Evidence
    countries: tuple[Country, ...] = ()
    sectors: tuple[Slug, ...] = ()
    required: bool = True
    expires_days: Days | None = None
    remind_days: tuple[Days, ...] = ()
    grants: Key | None = None

    def asked_of(self, *, country: str, sectors: frozenset[str]) -> bool:
        """Is a seller of this country and these sectors asked for it?"""
        return (not self.countries or country in self.countries) and (not self.sectors or not sectors.isdisjoint(self.sectors))


class Reason(Noun):
    """A reason for a decision that reviewers can pick, and complete in their own words."""

    key: Key
    decision: Literal["approve", "changes", "reject"]
    text: Text


class Vetting(Noun):
    answer_days: Days
    certifications: tuple[Certification, ...]
    requirements: Annotated[tuple[Requirement, ...], Field(min_length=1)]
    reasons: tuple[Reason, ...]

    @model_validator(mode="after")
    def _fits(self) -> Vetting:
        known = {certification.key for certification in self.certifications}
        for one in self.requirements:
            if one.grants is not None and one.grants not in known:
                raise ValueError(f"“{one.key}” grants “{one.grants}”, which is not among the certifications")
            if one.remind_days and one.expires_days is None:
                raise ValueError(f"“{one.key}” reminds before it expires, but never expires")
        return self


class Threshold(Noun):
    currency: Currency
    good: Number
    poor: Number


class Goal(Noun):
    """`good` and better is green, `poor` and worse is red; which way is better is said, never guessed."""

    key: Key
    title: Text
    description: Text
    side: Literal["market", "seller"]
    unit: Literal["money", "percent", "score", "count", "days", "hours"]
    better: Literal["higher", "lower"]
    good: Number | None = None
    poor: Number | None = None
    money: tuple[Threshold, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> Goal:
        pairs = [(one.good, one.poor) for one in self.money]
        if self.unit != "money" and self.good is not None and self.poor is not None:
            pairs = [(self.good, self.poor)]
        if not pairs or (self.unit == "money") != bool(self.money):
            raise ValueError(f"“{self.key}” needs good and poor (for money: per currency)")
        if any((good <= poor) == (self.better == "higher") for good, poor in pairs):
            raise ValueError(f"“{self.key}” says {self.better} is better, but its good and poor say otherwise")
        return self


class Goals(Noun):
    goals: Annotated[tuple[Goal, ...], Field(min_length=1)]
