"""Front door: segments, who is in them, and the language of their conditions.

Actions act for the organisation of the member they are given; queries for the one that the caller acts for.
"""

from oportuno.people.segments.actions.building import build
from oportuno.people.segments.actions.filing import Looked, look_at_file, put_in_file, undo_file
from oportuno.people.segments.actions.following import forget_contact, recount, wait_for_others
from oportuno.people.segments.actions.gathering import done_otherwise, gather_deeds
from oportuno.people.segments.actions.listing import Pasted, copy_segment, fill_from, paste_in, put_in, take_out
from oportuno.people.segments.actions.saving import (
    delete_segment,
    make_segment,
    rename_segment,
    restore_segment,
    save_segment,
    tree_of,
)
from oportuno.people.segments.actions.weighing import count_meant, count_tree
from oportuno.people.segments.models import Kind, Segment
from oportuno.people.segments.queries.choosing import TooSlow
from oportuno.people.segments.queries.deeds import know_deed
from oportuno.people.segments.queries.kept import kept_of
from oportuno.people.segments.queries.people import people_of
from oportuno.people.segments.queries.profiles import holds, profile_of
from oportuno.people.segments.queries.segments import (
    Use,
    contacts_in,
    count_in,
    page_of,
    segment_for,
    segments_for,
    segments_of,
    tells_use,
    used_by,
)
from oportuno.people.segments.queries.tellings import describe
from oportuno.people.segments.queries.together import Together, counted_otherwise, together
from oportuno.people.segments.queries.vertical import Hole, Text, connect
from oportuno.people.segments.rules.deeds import DeedKind, Pages
from oportuno.people.segments.rules.profile import Deed, Profile

__all__ = [
    "Deed",
    "DeedKind",
    "Hole",
    "Kind",
    "Looked",
    "Pages",
    "Pasted",
    "Profile",
    "Segment",
    "Text",
    "Together",
    "TooSlow",
    "Use",
    "build",
    "connect",
    "contacts_in",
    "copy_segment",
    "count_in",
    "count_meant",
    "count_tree",
    "counted_otherwise",
    "delete_segment",
    "describe",
    "done_otherwise",
    "fill_from",
    "forget_contact",
    "gather_deeds",
    "holds",
    "kept_of",
    "know_deed",
    "look_at_file",
    "make_segment",
    "page_of",
    "paste_in",
    "people_of",
    "profile_of",
    "put_in",
    "put_in_file",
    "recount",
    "rename_segment",
    "restore_segment",
    "save_segment",
    "segment_for",
    "segments_for",
    "segments_of",
    "take_out",
    "tells_use",
    "together",
    "tree_of",
    "undo_file",
    "used_by",
    "wait_for_others",
]
