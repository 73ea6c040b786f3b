"""A tree as a person would say it: “vive en Bogotá y nunca abrió un boletín”."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from oportuno.kernel import formats
from oportuno.people.segments.queries.deeds import deeds
from oportuno.people.segments.queries.words import channel_name, days, name_of, purpose_name, stage_name, times
from oportuno.people.segments.rules.things import Thing, Things
from oportuno.people.segments.rules.tree import Group, Leaf, Node

Names = Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """What sentences need to name things: labels of own fields, names of segments by id, of personas and topics by key."""

    things: Things
    fields: Names
    segments: Names
    personas: Names
    topics: Names


def sentence_of(node: Node, known: Known, *, inside: bool = False) -> str:
    """A whole tree in one line; a group within another stands in brackets."""
    if isinstance(node, Leaf):
        return condition_in_words(node, known)
    if not node.of:
        return _("everybody")
    parts = [sentence_of(one, known, inside=True) for one in node.of]
    if node.match == "none":
        return _("none of this: %(parts)s") % {"parts": "; ".join(parts)}
    if len(parts) == 1:
        return parts[0]
    joined = (pgettext("between conditions", " and ") if node.match == "all" else pgettext("between conditions", " or ")).join(parts)
    return f"({joined})" if inside else joined


def condition_in_words(leaf: Leaf, known: Known) -> str:
    """ "lives in Bogotá". A condition that is not complete yet says only what it is about."""
    thing = known.things.get(leaf.what)
    if thing is None:
        return _("%(what)s, which is not known any more") % {"what": leaf.what}
    said = _SAID[thing.type](leaf, thing, known)
    return said if said else _("%(what)s …") % {"what": name_of(leaf.what, known.fields)}


def value_in_words(what: str, value: str, known: Known) -> str:
    """A value as people know it."""
    if what == "stage":
        return stage_name(value)
    if what == "kind":
        return {"person": _("a person"), "organisation": _("an organisation")}.get(value, value)
    if what == "language":
        return {"es-co": _("Spanish of Colombia"), "es-mx": _("Spanish of Mexico"), "en": _("English")}.get(value, value)
    if what == "country":
        return formats.country(value, formats.locale_of(get_language() or "es"))
    named = {"segment": known.segments, "persona": known.personas, "topic": known.topics}.get(what, {})
    return str(named.get(value, value))


def either(values: tuple[str, ...], what: str, known: Known) -> str:
    said = [value_in_words(what, one, known) for one in values[:8]]
    if len(values) > 8:
        said.append(_("%(n)s more") % {"n": len(values) - 8})
    if len(said) == 1:
        return said[0]
    between = pgettext("between values", " or ")
    return f"{', '.join(said[:-1])}{between}{said[-1]}"


def _text(leaf: Leaf, thing: Thing, known: Known) -> str:
    name = name_of(leaf.what, known.fields)
    if leaf.op == "filled":
        return _("has %(name)s") % {"name": name}
    if leaf.op == "empty":
        return _("has no %(name)s") % {"name": name}
    if not leaf.value:
        return ""
    value = either(leaf.value, leaf.what, known) if isinstance(leaf.value, tuple) else f"“{leaf.value}”"
    if leaf.what in OWN_WORDS and leaf.op in OWN_WORDS[leaf.what]:
        return OWN_WORDS[leaf.what][leaf.op]() % {"value": value}
    told = {
        "is": _("%(name)s is %(value)s"), "is_not": _("%(name)s is not %(value)s"), "contains": _("%(name)s contains %(value)s"),
        "lacks": _("%(name)s does not contain %(value)s"), "begins": _("%(name)s begins with %(value)s"),
    }[leaf.op]  # fmt: skip
    return told % {"name": name, "value": value}


OWN_WORDS: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "place": {"is": lambda: _("lives in %(value)s"), "is_not": lambda: _("does not live in %(value)s")},
    "country": {"is": lambda: _("is from %(value)s"), "is_not": lambda: _("is not from %(value)s")},
    "language": {"is": lambda: _("reads %(value)s"), "is_not": lambda: _("does not read %(value)s")},
    "kind": {"is": lambda: _("is %(value)s"), "is_not": lambda: _("is not %(value)s")},
    "stage": {"is": lambda: _("is in the stage %(value)s"), "is_not": lambda: _("is not in the stage %(value)s")},
    "persona": {"is": lambda: _("is like %(value)s"), "is_not": lambda: _("is not like %(value)s")},
    "source": {"is": lambda: _("came by %(value)s"), "is_not": lambda: _("did not come by %(value)s")},
    "company": {"is": lambda: _("works at %(value)s"), "is_not": lambda: _("does not work at %(value)s")},
}  # fmt: skip


def _tags(leaf: Leaf, thing: Thing, known: Known) -> str:
    if leaf.op in ("filled", "empty"):
        return _("has a tag") if leaf.op == "filled" else _("has no tag")
    if not leaf.value:
        return ""
    value = ", ".join(leaf.value) if leaf.op == "all" else either(leaf.value, "tags", known)
    told = {
        "any": _("is tagged %(value)s"), "none": _("is not tagged %(value)s"), "all": _("is tagged with all of these: %(value)s"),
    }  # fmt: skip
    return told[leaf.op] % {"value": value}


def _number(leaf: Leaf, thing: Thing, known: Known) -> str:
    name, locale = name_of(leaf.what, known.fields), formats.locale_of(get_language() or "es")
    if leaf.op in ("filled", "empty"):
        return _text(leaf, thing, known)
    if leaf.value is None:
        return ""
    values = [formats.number(one, locale, 0 if one == int(one) else 1) for one in (leaf.value if leaf.op == "between" else (leaf.value,))]
    told = {
        "equals": _("%(name)s is %(value)s"), "more": _("%(name)s is more than %(value)s"), "less": _("%(name)s is less than %(value)s"),
        "at_least": _("%(name)s is at least %(value)s"), "at_most": _("%(name)s is at most %(value)s"),
        "between": _("%(name)s is between %(value)s and %(last)s"),
    }[leaf.op]  # fmt: skip
    return told % {"name": name, "value": values[0], "last": values[-1]}


def _when(leaf: Leaf, thing: Thing, known: Known) -> str:
    if leaf.op in ("filled", "empty"):
        return _text(leaf, thing, known)
    if leaf.value is None:
        return ""
    name, locale = name_of(leaf.what, known.fields), formats.locale_of(get_language() or "es")
    if leaf.op in ("past", "ahead", "long_ago", "yearly"):
        told = {
            "past": _("%(name)s: in the last %(days)s"), "ahead": _("%(name)s: in the next %(days)s"), "long_ago": _("%(name)s: more than %(days)s ago"),
            "yearly": _("%(name)s: its day comes within %(days)s"),
        }[leaf.op]  # fmt: skip
        if leaf.op == "yearly" and leaf.value == 0:
            return _("%(name)s: its day is today") % {"name": name}
        return told % {"name": name, "days": days(leaf.value)}
    given = [formats.long_day(date.fromisoformat(one), locale) for one in (leaf.value if leaf.op == "between" else (leaf.value,))]
    told = {
        "on": _("%(name)s: on %(day)s"), "before": _("%(name)s: before %(day)s"), "after": _("%(name)s: after %(day)s"),
        "between": _("%(name)s: from %(day)s to %(last)s"),
    }[leaf.op]  # fmt: skip
    return told % {"name": name, "day": given[0], "last": given[-1]}


def _yesno(leaf: Leaf, thing: Thing, known: Known) -> str:
    if leaf.what == "account":
        return _("has an account in the market") if leaf.op in ("yes", "filled") else _("has no account in the market")
    if leaf.op in ("filled", "empty"):
        return _text(leaf, thing, known)
    said = pgettext("answer", "yes") if leaf.op == "yes" else pgettext("answer", "no")
    return _("%(name)s is %(value)s") % {"name": name_of(leaf.what, known.fields), "value": said}


def _consent(leaf: Leaf, thing: Thing, known: Known) -> str:
    _family, channel, purpose = leaf.what.split(":")
    told = {
        "given": _("agreed to %(purpose)s by %(channel)s"), "not_given": _("has not agreed to %(purpose)s by %(channel)s"),
        "pending": _("has yet to confirm %(purpose)s by %(channel)s"), "withdrawn": _("withdrew %(purpose)s by %(channel)s"),
        "unasked": _("was never asked about %(purpose)s by %(channel)s"),
    }  # fmt: skip
    return told[leaf.op] % {"purpose": purpose_name(purpose), "channel": channel_name(channel)}


def _topic(leaf: Leaf, thing: Thing, known: Known) -> str:
    if leaf.op in ("filled", "empty"):
        return _("chose topics of the bulletin") if leaf.op == "filled" else _("chose no topic of the bulletin")
    if not leaf.value:
        return ""
    told = _("wants to read about %(value)s") if leaf.op == "is" else _("does not want to read about %(value)s")
    return told % {"value": either(leaf.value, "topic", known)}


def _identity(leaf: Leaf, thing: Thing, known: Known) -> str:
    told = {
        "has": _("can be reached by %(kind)s"),
        "has_not": _("cannot be reached by %(kind)s"),
        "proved": _("proved that this is his: %(kind)s"),
    }
    return told[leaf.op] % {"kind": name_of(leaf.what)}


def _segment(leaf: Leaf, thing: Thing, known: Known) -> str:
    if not leaf.value:
        return ""
    told = _("is in the segment %(value)s") if leaf.op == "in" else _("is not in the segment %(value)s")
    return told % {"value": either(leaf.value, "segment", known)}


def _deed(leaf: Leaf, thing: Thing, known: Known) -> str:
    deed = deeds()[leaf.what.partition(":")[2]]
    if leaf.op != "never" and leaf.value is None:
        return ""
    offered = dict(deed.offered(get_language() or "es")) if deed.offered and leaf.about else {}
    words = {"did": deed.said, "times": times(leaf.value or 0), "days": days(leaf.days or 0)}
    if leaf.about:
        words["did"] = _("%(did)s about %(what)s") % {"did": deed.said, "what": offered.get(leaf.about, leaf.about)}
    if leaf.op == "never":
        return (_("never %(did)s in the last %(days)s") if leaf.days else _("never %(did)s")) % words
    if leaf.op == "at_least" and leaf.value == 1:
        return (_("%(did)s in the last %(days)s") if leaf.days else _("%(did)s sometime")) % words
    told = {
        ("at_least", False): _("%(did)s at least %(times)s"), ("at_least", True): _("%(did)s at least %(times)s in the last %(days)s"),
        ("at_most", False): _("%(did)s at most %(times)s"), ("at_most", True): _("%(did)s at most %(times)s in the last %(days)s"),
    }  # fmt: skip
    return told[leaf.op, leaf.days is not None] % words


def _share(leaf: Leaf, thing: Thing, known: Known) -> str:
    if leaf.value is None or leaf.of is None:
        return ""
    told = {
        "at_least": _("%(did)s: at least %(n)s of the last %(of)s"),
        "at_most": _("%(did)s: at most %(n)s of the last %(of)s"),
    }  # fmt: skip
    return told[leaf.op] % {"did": deeds()[leaf.what.partition(":")[2]].said, "n": leaf.value, "of": leaf.of}


def _rhythm(leaf: Leaf, thing: Thing, known: Known) -> str:
    if leaf.value is None:
        return ""
    factor = formats.number(leaf.value, formats.locale_of(get_language() or "es"), 0 if leaf.value == int(leaf.value) else 1)
    did = deeds()[leaf.what.partition(":")[2]].said
    return _("%(did)s more than once, and is silent for %(factor)s times as long as usual") % {"did": did, "factor": factor}


_SAID: Mapping[str, Callable[[Leaf, Thing, Known], str]] = {
    "text": _text, "choice": _text, "tags": _tags, "number": _number, "day": _when, "moment": _when, "yesno": _yesno, "consent": _consent,
    "topic": _topic, "identity": _identity, "segment": _segment, "deed": _deed, "share": _share, "rhythm": _rhythm,
}  # fmt: skip


def tree_in_words(root: Group, known: Known) -> str:
    """With a capital and a stop: for above a list of people."""
    said = sentence_of(root, known)
    first = 1 if said.startswith("(") else 0  # a group in brackets may come first
    return f"{said[:first]}{said[first : first + 1].upper()}{said[first + 1 :]}."
