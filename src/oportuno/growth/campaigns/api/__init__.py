"""Front door: campaigns, their figures, and bulletins that make themselves."""

from oportuno.growth.campaigns.actions.controlling import call_off, finish_done, go_on, pause
from oportuno.growth.campaigns.actions.making import begin_series, change_series, make_bulletin
from oportuno.growth.campaigns.actions.scheduling import schedule, unschedule
from oportuno.growth.campaigns.actions.writing import (
    add_version,
    begin_campaign,
    change_campaign,
    forget_member,
    put_version,
    remove_version,
    write_version,
)
from oportuno.growth.campaigns.models import Campaign, CampaignFrame, Channel, Series, State, Timing, Version
from oportuno.growth.campaigns.queries.blocks import KINDS as READER_KINDS
from oportuno.growth.campaigns.queries.blocks import shown_readers
from oportuno.growth.campaigns.queries.campaigns import campaign_for, campaigns, going_out, versions_of
from oportuno.growth.campaigns.queries.checks import checked
from oportuno.growth.campaigns.queries.figures import figures_of, report_of
from oportuno.growth.campaigns.queries.invariants import PROMISES
from oportuno.growth.campaigns.queries.news import NEWS_KINDS, Asked, Piece, connect_news
from oportuno.growth.campaigns.queries.parts import uses_segment
from oportuno.growth.campaigns.queries.rendering import connect_look
from oportuno.growth.campaigns.queries.results import Result, counts
from oportuno.growth.campaigns.queries.telling import describe
from oportuno.growth.campaigns.queries.templates import Template, connect_templates, templates

KINDS = (*READER_KINDS, *NEWS_KINDS)
"""Blocks that only bulletins have."""

__all__ = [
    "KINDS",
    "PROMISES",
    "Asked",
    "Campaign",
    "CampaignFrame",
    "Channel",
    "Piece",
    "Result",
    "Series",
    "State",
    "Template",
    "Timing",
    "Version",
    "add_version",
    "begin_campaign",
    "begin_series",
    "call_off",
    "campaign_for",
    "campaigns",
    "change_campaign",
    "change_series",
    "checked",
    "connect_look",
    "connect_news",
    "connect_templates",
    "counts",
    "describe",
    "figures_of",
    "finish_done",
    "forget_member",
    "go_on",
    "going_out",
    "make_bulletin",
    "pause",
    "put_version",
    "remove_version",
    "report_of",
    "schedule",
    "shown_readers",
    "templates",
    "unschedule",
    "uses_segment",
    "versions_of",
    "write_version",
]
