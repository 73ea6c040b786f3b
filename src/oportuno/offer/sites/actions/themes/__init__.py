"""What people do with themes: put one on, bring one, hand one in, decide about one."""

from oportuno.offer.sites.actions.themes.bringing import bring_theme, hand_in_theme, take_back_version, withdraw_theme
from oportuno.offer.sites.actions.themes.deciding import approve_theme, block_theme, refuse_theme
from oportuno.offer.sites.actions.themes.wearing import rate_theme, undo_look, wear

__all__ = [
    "approve_theme",
    "block_theme",
    "bring_theme",
    "hand_in_theme",
    "rate_theme",
    "refuse_theme",
    "take_back_version",
    "undo_look",
    "wear",
    "withdraw_theme",
]
