"""Front door: sellers, where they stand, their points of sale, the vertical they belong to.

A higher app's public query joins its rows to `Seller` (an inner join): who is not published has no row in public, so what
it offers vanishes with it, in the same transaction.
"""

from oportuno.offer.directory.actions.applying import begin_application, declare_commitment, submit_application
from oportuno.offer.directory.actions.clock import expire_due, remind_due
from oportuno.offer.directory.actions.evidence import (
    Shown,
    add_evidence,
    add_evidence_for_market,
    show_evidence,
    show_evidence_for_market,
    withdraw_evidence,
)
from oportuno.offer.directory.actions.holding import hold_standing
from oportuno.offer.directory.actions.indexing import IN_SEARCH, index_sellers
from oportuno.offer.directory.actions.letters import write_letters
from oportuno.offer.directory.actions.plans import (
    count_towards_plans,
    do_step,
    do_steps,
    keep_milestone,
    kinds_awaited_by_plans,
    reopen_step,
)
from oportuno.offer.directory.actions.points import SaidPoint, change_point, close_point, open_point
from oportuno.offer.directory.actions.profiles import change_profile, choose_scope, show_picture
from oportuno.offer.directory.actions.reviewing import Judgement, begin_review, conclude_review, decide, decide_all
from oportuno.offer.directory.actions.standings import reinstate_seller, revoke_seller, suspend_seller
from oportuno.offer.directory.actions.verticals import install_pack
from oportuno.offer.directory.models import (
    Application,
    Certification,
    Place,
    PlanStep,
    PointOfSale,
    Requirement,
    Sector,
    Seller,
    Standing,
    State,
    Verdict,
)
from oportuno.offer.directory.queries.applying import STEPS, Missing, what_is_missing
from oportuno.offer.directory.queries.cards import (
    CertificationMark,
    PointCard,
    SectorMark,
    SellerCard,
    SellerPage,
    point_card,
    seller_card,
    seller_cards,
    seller_page_data,
)
from oportuno.offer.directory.queries.counts import Counted, DirectoryCounts, directory_counts
from oportuno.offer.directory.queries.directory import (
    Criteria,
    DirectoryPage,
    MapPoint,
    map_points,
    sellers_near,
    sellers_page,
)
from oportuno.offer.directory.queries.invariants import found_against_standing, seen_against_standing, states_without_turn
from oportuno.offer.directory.queries.pictured import where_pictured
from oportuno.offer.directory.queries.places import countries, find_places, homes, place_for, place_names, regions
from oportuno.offer.directory.queries.plans import Plan, milestones_of, next_step, place_of, plan_of, plan_places
from oportuno.offer.directory.queries.queue import lines_for_market, overview, queue, standing_counts, waiting_count
from oportuno.offer.directory.queries.sellers import (
    SHOWN_CERTIFICATION,
    certified_sellers,
    own_seller,
    point_for,
    points_by_id,
    points_of,
    published_seller,
    seller_of,
    served_places,
    shown_certifications,
    unvetted_sectors,
)
from oportuno.offer.directory.queries.shown import shown_points, shown_sellers
from oportuno.offer.directory.queries.tasks import tasks
from oportuno.offer.directory.queries.verticals import Method, method, requirements_for, said, sectors
from oportuno.offer.directory.queries.vetting import last_application, lines, open_application
from oportuno.offer.directory.rules.hours import OpenNow, open_now
from oportuno.offer.directory.rules.places import Box, Point

__all__ = [
    "IN_SEARCH",
    "SHOWN_CERTIFICATION",
    "STEPS",
    "Application",
    "Box",
    "Certification",
    "CertificationMark",
    "Counted",
    "Criteria",
    "DirectoryCounts",
    "DirectoryPage",
    "Judgement",
    "MapPoint",
    "Method",
    "Missing",
    "OpenNow",
    "Place",
    "Plan",
    "PlanStep",
    "Point",
    "PointCard",
    "PointOfSale",
    "Requirement",
    "SaidPoint",
    "Sector",
    "SectorMark",
    "Seller",
    "SellerCard",
    "SellerPage",
    "Shown",
    "Standing",
    "State",
    "Verdict",
    "add_evidence",
    "add_evidence_for_market",
    "begin_application",
    "begin_review",
    "certified_sellers",
    "change_point",
    "change_profile",
    "choose_scope",
    "close_point",
    "conclude_review",
    "count_towards_plans",
    "countries",
    "decide",
    "decide_all",
    "declare_commitment",
    "directory_counts",
    "do_step",
    "do_steps",
    "expire_due",
    "find_places",
    "found_against_standing",
    "hold_standing",
    "homes",
    "index_sellers",
    "install_pack",
    "keep_milestone",
    "kinds_awaited_by_plans",
    "last_application",
    "lines",
    "lines_for_market",
    "map_points",
    "method",
    "milestones_of",
    "next_step",
    "open_application",
    "open_now",
    "open_point",
    "overview",
    "own_seller",
    "place_for",
    "place_names",
    "place_of",
    "plan_of",
    "plan_places",
    "point_card",
    "point_for",
    "points_by_id",
    "points_of",
    "published_seller",
    "queue",
    "regions",
    "reinstate_seller",
    "remind_due",
    "reopen_step",
    "requirements_for",
    "revoke_seller",
    "said",
    "sectors",
    "seen_against_standing",
    "seller_card",
    "seller_cards",
    "seller_of",
    "seller_page_data",
    "sellers_near",
    "sellers_page",
    "served_places",
    "show_evidence",
    "show_evidence_for_market",
    "show_picture",
    "shown_certifications",
    "shown_points",
    "shown_sellers",
    "standing_counts",
    "states_without_turn",
    "submit_application",
    "suspend_seller",
    "tasks",
    "unvetted_sectors",
    "waiting_count",
    "what_is_missing",
    "where_pictured",
    "withdraw_evidence",
    "write_letters",
]
