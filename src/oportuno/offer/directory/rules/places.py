"""Codes of places, distances on earth, and plain words for looking names up."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass

EARTH_KM = 6371.0088  # mean radius (IUGG); the ellipsoid differs by at most 0.5 %
KM_PER_DEGREE = EARTH_KM * math.pi / 180


@dataclass(frozen=True)
class Point:
    """A point on earth, WGS 84 degrees. Raises ValueError for one that is not on it."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):  # false for NaN too
            raise ValueError("not on earth")


@dataclass(frozen=True)
class Box:
    """Degrees; west may be greater than east where the box crosses the date line."""

    south: float
    north: float
    west: float
    east: float


def path(code: str) -> list[str]:
    """A place and all it lies in, widest first: `CO-05-001` → CO, CO-05, CO-05-001."""
    parts = code.split("-")
    return ["-".join(parts[: n + 1]) for n in range(len(parts))]


def around(point: Point, km: float) -> Box:
    """A box that holds every place within `km`: what the index can answer before distances are computed."""
    up = km / KM_PER_DEGREE
    south, north = max(-90.0, point.latitude - up), min(90.0, point.latitude + up)
    widest = math.cos(math.radians(max(abs(south), abs(north))))
    if widest * KM_PER_DEGREE * 180 <= km:
        return Box(south, north, -180.0, 180.0)
    side = km / (KM_PER_DEGREE * widest)
    return Box(south, north, max(-180.0, point.longitude - side), min(180.0, point.longitude + side))


def distance_km(one: Point, other: Point) -> float:
    """Over the sphere (haversine)."""
    lat1, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def plain(text: str) -> str:
    """Small letters without accents: what names are looked up by. `Bogotá` → `bogota`."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())
