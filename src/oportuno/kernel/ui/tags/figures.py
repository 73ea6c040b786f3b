"""Figures: stat tiles and charts drawn on the server, each with a table that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from oportuno.kernel import formats
from oportuno.kernel.money import Money
from oportuno.kernel.ui import charts

from . import register
from .texts import here

COLOURS = 6
Items = Sequence[Any]  # dicts or objects with label, value, and perhaps href


def _of(item: Any, name: str, default: Any = "") -> Any:
    return item.get(name, default) if isinstance(item, Mapping) else getattr(item, name, default)


def shown(value: Any, form: str = "") -> str:
    """A value in words: Money by itself; else by `form`: "percent", "short", a currency code for minor units, or a number."""
    if isinstance(value, Money):
        return formats.money(value, here())
    if value is None:
        return "–"
    if form == "percent":
        return formats.percent(value, here(), 1 if 0 < abs(value) < 0.1 else 0)
    if form == "short":
        return formats.short_number(value, here())
    if len(form) == 3 and form.isupper():
        return formats.money(Money(int(value), form), here())
    return formats.number(value, here())


def tick(value: float, form: str) -> str:
    """A value beside an axis: as short as it can be said."""
    if form == "percent":
        return formats.percent(value, here())
    if len(form) == 3 and form.isupper():
        return formats.short_number(Money(int(value), form).decimal, here())
    return formats.short_number(value, here())


def size_of(value: Any) -> float:
    return float(value.decimal if isinstance(value, Money) else value or 0)


@register.inclusion_tag("ui/charts/stat.html")
def stat(
    label: object,
    value: Any,
    trend: float | None = None,
    of: object = "",
    href: str = "",
    points: Sequence[float] = (),
    good: str = "up",
    form: str = "",
    icon: str = "",
) -> dict[str, Any]:
    """`{% stat _("New contacts") 128 trend=0.12 of=_("than last month") href=url points=weeks %}`; `good` is "up" or "down"."""
    direction = "" if trend is None else "flat" if abs(trend) < 0.0005 else "up" if trend > 0 else "down"
    state = "neutral" if direction in ("", "flat") else "good" if direction == good else "bad"
    change = "" if trend is None else shown(abs(trend), "percent")
    words = value if isinstance(value, str) else shown(value, form)
    context = {"label": label, "value": words, "change": change, "direction": direction, "state": state, "of": of}
    return {**context, "href": href, "spark": charts.spark(points) if len(points) > 1 else "", "icon": icon}


@register.inclusion_tag("ui/charts/sparkline.html")
def sparkline(points: Sequence[float], label: object = "") -> dict[str, Any]:
    """`{% sparkline weeks _("Visits, 12 weeks") %}`: the shape of a few numbers, beside their words."""
    return {"spark": charts.spark(points) if len(points) > 1 else "", "label": label}


@register.inclusion_tag("ui/charts/bars.html")
def bar_chart(items: Items, title: object, form: str = "", note: object = "") -> dict[str, Any]:
    """`{% bar_chart items title=_("Visits by city") %}`: lying bars; items have label, value, and may have href."""
    most = max([size_of(_of(item, "value")) for item in items] or [0]) or 1
    rows = [
        {
            "label": _of(item, "label"),
            "href": _of(item, "href"),
            "shown": shown(_of(item, "value"), form),
            "width": round(100 * size_of(_of(item, "value")) / most, 2),
        }
        for item in items
    ]
    return {"title": title, "note": note, "rows": rows}


@register.inclusion_tag("ui/charts/lines.html")
def line_chart(
    labels: Sequence[Any], series: Items, title: object, form: str = "", note: object = "", filled: bool = True
) -> dict[str, Any]:
    """`{% line_chart labels series title=_("Visits and contacts") %}`: series have name and values; None leaves a hole's ends joined."""
    every = [size_of(value) for one in series for value in _of(one, "values") if value is not None]
    ground = charts.scale(every)
    drawn = []
    for index, one in enumerate(series):
        values = [None if value is None else size_of(value) for value in _of(one, "values")]
        places = charts.points(values, ground)
        fill = charts.area(places, 100 - ground.share(0)) if filled and index == 0 else ""
        drawn.append(
            {"name": _of(one, "name"), "path": charts.path(places), "area": fill, "colour": index % COLOURS + 1, "last": places[-1:]}
        )
    return {"title": title, "note": note, "series": drawn, **_axes(labels, series, ground, form)}


@register.inclusion_tag("ui/charts/columns.html")
def column_chart(
    labels: Sequence[Any], values: Sequence[Any], title: object, form: str = "", note: object = "", name: object = ""
) -> dict[str, Any]:
    """`{% column_chart labels values title=_("Orders by week") %}`: standing columns, over time."""
    ground = charts.scale([size_of(value) for value in values])
    slot, zero = 100 / max(len(values), 1), 100 - ground.share(0)
    columns = []
    for index, value in enumerate(values):
        top = 100 - ground.share(size_of(value))
        columns.append(
            {
                "x": round(index * slot + slot * 0.16, 2),
                "y": round(min(top, zero), 2),
                "width": round(slot * 0.68, 2),
                "height": round(abs(zero - top), 2),
            }
        )
    return {"title": title, "note": note, "columns": columns, **_axes(labels, [{"name": name or title, "values": values}], ground, form)}


def _axes(labels: Sequence[Any], series: Items, ground: charts.Scale, form: str) -> dict[str, Any]:
    """What lines and columns share: ticks, labels that fit, strips to point at, and the table."""
    table = [{"label": label, "cells": [shown(_of(one, "values")[index], form) for one in series]} for index, label in enumerate(labels)]
    words = [f"{row['label']}: {' · '.join(row['cells'])}" for row in table]
    width = 100 / max(len(labels), 1)
    strips = [{"x": round(index * width, 2), "width": round(width, 2), "words": one} for index, one in enumerate(words)]
    ticks = [{"words": tick(value, form), "y": round(100 - ground.share(value), 2)} for value in ground.ticks]
    every = -(-len(labels) // 6) or 1  # at most six words under the chart
    return {"ticks": ticks, "labels": labels[::every], "strips": strips, "table": table, "names": [_of(one, "name") for one in series]}


@register.inclusion_tag("ui/charts/funnel.html")
def funnel_chart(steps: Items, title: object, note: object = "") -> dict[str, Any]:
    """`{% funnel_chart steps title=_("From visit to order") %}`: steps have label, value, and may have href; rates are of the step before."""
    values = [size_of(_of(step, "value")) for step in steps]
    most, rows = (max(values) if values else 0) or 1, []
    for index, step in enumerate(steps):
        before = values[index - 1] if index else 0
        width = round(100 * values[index] / most, 2)
        row = {
            "label": _of(step, "label"),
            "href": _of(step, "href"),
            "shown": shown(_of(step, "value")),
            "width": width,
            "x": round((100 - width) / 2, 2),
        }
        rows.append({**row, "rate": shown(values[index] / before, "percent") if before else ""})
    return {"title": title, "note": note, "rows": rows}


@register.inclusion_tag("ui/charts/donut.html")
def donut_chart(parts: Items, title: object, whole: object = "", form: str = "", note: object = "") -> dict[str, Any]:
    """`{% donut_chart parts title=_("Where contacts come from") whole=_("contacts") %}`: at most six parts, each with label and value."""
    values = [size_of(_of(part, "value")) for part in parts]
    rows = [
        {
            "label": _of(part, "label"),
            "href": _of(part, "href"),
            "shown": shown(_of(part, "value"), form),
            "share": shown(share, "percent"),
            "length": length,
            "start": start,
            "colour": index % COLOURS + 1,
        }
        for index, (part, share, (length, start)) in enumerate(zip(parts, charts.shares(values), charts.arcs(values), strict=True))
    ]
    return {"title": title, "note": note, "rows": rows, "total": tick(sum(values), form), "whole": whole}
