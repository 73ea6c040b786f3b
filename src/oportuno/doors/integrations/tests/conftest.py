from oportuno.people.audience.testing import open_sellers  # noqa: F401
from oportuno.people.messaging.testing import catcher  # noqa: F401
