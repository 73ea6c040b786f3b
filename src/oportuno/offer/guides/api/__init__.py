"""Front door: guides that help to decide, what they find, and the dossiers one takes along."""

from oportuno.offer.guides.actions.dossiers import begin_dossier
from oportuno.offer.guides.actions.finding import IN_SEARCH, find_guides, follow_owners
from oportuno.offer.guides.actions.publishing import (
    decide_guide,
    hand_in_guide,
    publish_guide,
    take_back_guide,
    withdraw_for_market,
    withdraw_guide,
)
from oportuno.offer.guides.actions.walking import answer, begin_walk, keep_result
from oportuno.offer.guides.actions.writing import Cover, begin_guide, change_content, change_cover
from oportuno.offer.guides.api.rooms import in_knowledge
from oportuno.offer.guides.models import Dossier, Guide, GuideVersion, VersionState
from oportuno.offer.guides.queries.asking import Counted, Loosened, counted, question
from oportuno.offer.guides.queries.desk import own_guides, tasks, waiting_count
from oportuno.offer.guides.queries.dossiers import dossier_for, is_readable
from oportuno.offer.guides.queries.results import ANSWER, Criterion, Found, address_of, answers_in, criteria, find, results_of
from oportuno.offer.guides.queries.shown import (
    Maker,
    Shown,
    count_shown,
    found_guides,
    guide_addresses,
    maker_of,
    shown_by_id,
    shown_guide,
    shown_guides,
)
from oportuno.offer.guides.queries.tellings import describe
from oportuno.offer.guides.queries.templates import GuideTemplate, connect_templates, template_of
from oportuno.offer.guides.queries.vertical import Vertical
from oportuno.offer.guides.rules.document import Content, Said, Source, Unreadable, read, written
from oportuno.offer.guides.rules.dossier import Line, Reason, Section, Thing, Told, Value
from oportuno.offer.guides.rules.dossier import read as read_dossier
from oportuno.offer.guides.rules.meeting import Known, all_met
from oportuno.offer.guides.rules.walking import SKIPPED, Step, Walk, walk

__all__ = [
    "ANSWER",
    "IN_SEARCH",
    "SKIPPED",
    "Content",
    "Counted",
    "Cover",
    "Criterion",
    "Dossier",
    "Found",
    "Guide",
    "GuideTemplate",
    "GuideVersion",
    "Known",
    "Line",
    "Loosened",
    "Maker",
    "Reason",
    "Said",
    "Section",
    "Shown",
    "Source",
    "Step",
    "Thing",
    "Told",
    "Unreadable",
    "Value",
    "VersionState",
    "Vertical",
    "Walk",
    "address_of",
    "all_met",
    "answer",
    "answers_in",
    "begin_dossier",
    "begin_guide",
    "begin_walk",
    "change_content",
    "change_cover",
    "connect_templates",
    "count_shown",
    "counted",
    "criteria",
    "decide_guide",
    "describe",
    "dossier_for",
    "find",
    "find_guides",
    "follow_owners",
    "found_guides",
    "guide_addresses",
    "hand_in_guide",
    "in_knowledge",
    "is_readable",
    "keep_result",
    "maker_of",
    "own_guides",
    "publish_guide",
    "question",
    "read",
    "read_dossier",
    "results_of",
    "shown_by_id",
    "shown_guide",
    "shown_guides",
    "take_back_guide",
    "tasks",
    "template_of",
    "waiting_count",
    "walk",
    "withdraw_for_market",
    "withdraw_guide",
    "written",
]
