from pathlib import Path

import pytest

from oportuno.people.audience.testing import open_sellers  # noqa: F401
from oportuno.people.messaging.testing import catcher  # noqa: F401

from .mailboxes import bare, mail, server  # noqa: F401
from .texting import process, texts  # noqa: F401

CASES = Path(__file__).resolve().parents[6] / "shared" / "cases"


@pytest.fixture
def cases() -> Path:
    """Real files that nobody here wrote."""
    if not CASES.is_dir():
        pytest.skip(f"the folder of real files is not beside the checkout: {CASES}")
    return CASES
