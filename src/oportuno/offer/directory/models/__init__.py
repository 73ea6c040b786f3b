"""What the directory keeps, noun by noun."""

from oportuno.offer.directory.models.method import Commitment, Milestone, PlanStep
from oportuno.offer.directory.models.points import PointOfSale
from oportuno.offer.directory.models.seller import Seller, SellerPlace, SellerSector, Standing, StandingChange, TaxNumber
from oportuno.offer.directory.models.vertical import Place, Requirement, Sector, Vertical
from oportuno.offer.directory.models.vetting import Application, Certification, Decision, Evidence, Reminder, State, Turn, Verdict

__all__ = [
    "Application",
    "Certification",
    "Commitment",
    "Decision",
    "Evidence",
    "Milestone",
    "Place",
    "PlanStep",
    "PointOfSale",
    "Reminder",
    "Requirement",
    "Sector",
    "Seller",
    "SellerPlace",
    "SellerSector",
    "Standing",
    "StandingChange",
    "State",
    "TaxNumber",
    "Turn",
    "Verdict",
    "Vertical",
]
