from oportuno.people.segments.testing import known_deeds  # noqa: F401
