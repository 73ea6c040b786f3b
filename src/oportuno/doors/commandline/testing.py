"""What tests need that Python packages do not bring: a browser, a database of their own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator

import click

from oportuno.kernel.embedded import Cluster, test_cluster_home
from oportuno.kernel.errors import Refusal

from .schema_state import PACKAGE

CHECKOUT = PACKAGE.parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NOT_FOR_TESTS = ("DATABASE_URL", "DATABASE_OWNER_URL", "OPORTUNO_MODE", "OPORTUNO_DEBUG", "PORT", "SECRET_KEY")


@contextlib.contextmanager
def test_environment() -> Iterator[dict[str, str]]:
    """The test cluster runs meanwhile; the operator's settings are kept out."""
    cluster = Cluster(test_cluster_home(), durable=False)
    kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_TESTS}
    with cluster.in_use():
        yield {**kept, "OPORTUNO_TEST_CLUSTER": str(cluster.home), "OPORTUNO_PROCESS": "test"}


def ensure_browser() -> None:
    if any(map(shutil.which, BROWSERS)):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Refusal("The tests need a browser: type “sudo apt-get install chromium”, then start again.")
    click.echo("Installing Chromium for the tests (half a minute) …", err=True)
    for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "chromium"]):
        _apt_get(arguments)


def _apt_get(arguments: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", *arguments], env=environment, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Refusal(f"Chromium could not be installed: {said[-1] if said else 'no reason given'}")
