"""What happens to sellers: applying, being vetted, keeping the method, opening shops."""

from __future__ import annotations

from uuid import UUID

from oportuno.kernel.facts import Fact


class SellerApplied(Fact):
    """An application began; `renewal` when an approved seller renews what expires."""

    seller: UUID
    application: UUID
    renewal: bool = False
    subject = "seller"


class SellerProfileChanged(Fact):
    """`served`: it says that it serves other places than before."""

    seller: UUID
    served: bool = False
    subject = "seller"


class ServicePromiseSet(Fact):
    """It promises to answer within so many hours."""

    seller: UUID
    hours: int
    subject = "seller"


class EvidenceAdded(Fact):
    application: UUID
    requirement: str
    evidence_kind: str
    subject = "application"


class ApplicationSubmitted(Fact):
    application: UUID
    subject = "application"


class ReviewBegun(Fact):
    application: UUID
    subject = "application"


class RequirementDecided(Fact):
    """`verdict`: approve, changes or reject."""

    application: UUID
    requirement: str
    verdict: str
    subject = "application"


class ChangesAsked(Fact):
    application: UUID
    requirements: list[str]
    subject = "application"


class SellerApproved(Fact):
    """It is seen in public from now on."""

    seller: UUID
    application: UUID
    renewal: bool = False
    subject = "seller"


class SellerRejected(Fact):
    seller: UUID
    application: UUID
    subject = "seller"


class SellerSuspended(Fact):
    """It, and what it offers, is not seen in public any more. The reason is in the standing and the audit."""

    seller: UUID
    subject = "seller"


class SellerReinstated(Fact):
    seller: UUID
    subject = "seller"


class SellerRevoked(Fact):
    seller: UUID
    subject = "seller"


class SellerExpired(Fact):
    """Evidence that is compulsory ran out; it is not seen in public until it renews."""

    seller: UUID
    requirement: str
    subject = "seller"


class CertificationGranted(Fact):
    seller: UUID
    certification: str
    subject = "seller"


class RequirementExpiring(Fact):
    """What was shown for a requirement ends in at most `days` days; told once for each of the pack's reminders."""

    seller: UUID
    requirement: str
    days: int
    subject = "seller"


class CertificationExpired(Fact):
    seller: UUID
    certification: str
    subject = "seller"


class CommitmentDeclared(Fact):
    seller: UUID
    subject = "seller"


class MilestoneKept(Fact):
    """`on_time`: by the end of the day it was promised for, in the organisation's own zone."""

    seller: UUID
    milestone: str
    on_time: bool
    subject = "seller"


class PlanStepDone(Fact):
    """`by` is None when facts showed it."""

    seller: UUID
    step: str
    subject = "seller"


class PointOfSaleOpened(Fact):
    point: UUID
    seller: UUID
    subject = "point"


class PointOfSaleChanged(Fact):
    point: UUID
    seller: UUID
    subject = "point"


class PointOfSaleClosed(Fact):
    point: UUID
    seller: UUID
    subject = "point"
