from oportuno.people.audience.testing import open_sellers  # noqa: F401
