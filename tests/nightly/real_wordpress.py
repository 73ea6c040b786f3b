"""A real WordPress: Debian's, with a MariaDB and PHP's own server, all private to a folder and to this process.

It asks nobody outside, runs no clockwork of its own, and lets application passwords in over http.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGES = ("wordpress", "mariadb-server", "php-cli", "php-mysql", "php-xml", "php-gd")
TREE = Path("/usr/share/wordpress")
CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:%(socket)s');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('WP_ENVIRONMENT_TYPE', 'local');
define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_DEBUG', false);
define('WP_HOME', '%(address)s'); define('WP_SITEURL', '%(address)s');
foreach (['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT','NONCE_SALT'] as $k)
    define($k, 'x' . $k);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """
define('WP_INSTALLING', true);
require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Prueba', 'ana', 'ana@example.com', true, '', 'una rosa es una rosa');
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $p) wp_delete_post($p->ID, true);
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
flush_rewrite_rules(false);
list($password) = WP_Application_Passwords::create_new_application_password(1, ['name' => 'oportuno']);
echo json_encode(['password' => $password]);
"""
TAKE = Path(__file__).with_name("take.php")


class NotHere(Exception):
    """Its packages are not installed, and cannot be."""


@dataclass
class Wordpress:
    """One that runs. `password` is an application password of the user `ana`."""

    site: Path
    address: str
    password: str = ""
    user: str = "ana"

    def php(self, code: str, *arguments: str) -> str:
        """What a program says that runs inside of it."""
        done = subprocess.run(
            ["php", "-d", "display_errors=stderr", "-r", code, "--", *arguments], cwd=self.site, capture_output=True, text=True, timeout=120
        )
        if done.returncode:
            raise AssertionError(f"{done.stderr}\n{done.stdout}")
        return done.stdout

    def take(self, file: Path) -> dict[str, Any]:
        """Let it take an export file, as its importer does: what came in, and what its own parser makes of the blocks."""
        told: dict[str, Any] = json.loads(self.php(TAKE.read_text().removeprefix("<?php"), str(file)))
        return told

    def export(self, file: Path) -> Path:
        """Its own export of all that it holds."""
        code = "require 'wp-load.php'; require_once ABSPATH . 'wp-admin/includes/export.php'; wp_set_current_user(1); export_wp();"
        file.write_text(self.php(code), encoding="utf-8")
        return file

    def empty(self) -> None:
        """As on its first day."""
        self.php(
            "require 'wp-load.php'; wp_set_current_user(1);"
            "foreach (get_posts(['post_type' => ['post','page','attachment','nav_menu_item'], 'post_status' => 'any', 'numberposts' => -1]) as $p)"
            " wp_delete_post($p->ID, true);"
            "foreach (['category', 'post_tag'] as $t) foreach (get_terms(['taxonomy' => $t, 'hide_empty' => false]) as $one)"
            " if ($one->slug != 'uncategorized') wp_delete_term($one->term_id, $t);"
        )


def installed() -> None:
    """Its packages, installed where that may be done. Raises NotHere."""
    missing = [one for one in PACKAGES if subprocess.run(["dpkg", "-s", one], capture_output=True).returncode]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NotHere(f"apt-get install {' '.join(missing)} would be needed, which only root may do")
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    if done.returncode:
        raise NotHere(f"{' '.join(command)}: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Wordpress]:
    """One of its own below `folder`, gone afterwards."""
    installed()
    with _database(folder) as sock, contextlib.ExitStack() as stack:
        port = _free_port()
        found = Wordpress(folder / "site", f"http://127.0.0.1:{port}")
        shutil.copytree(
            TREE, found.site, symlinks=False, ignore=shutil.ignore_patterns(".htaccess", "plugins"), ignore_dangling_symlinks=True
        )
        (found.site / "wp-config.php").write_text(CONFIG % {"socket": sock, "address": found.address})
        found.password = json.loads(found.php(INSTALL).splitlines()[-1])["password"]
        server = subprocess.Popen(
            ["php", "-S", f"127.0.0.1:{port}", "-t", str(found.site)],
            start_new_session=True, env={**os.environ, "PHP_CLI_SERVER_WORKERS": "3"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        stack.callback(_stop_all, server)
        _wait(lambda: urllib.request.urlopen(f"{found.address}/?rest_route=/", timeout=10).status == 200)
        yield found


@contextlib.contextmanager
def _database(folder: Path) -> Iterator[Path]:
    data, sock = folder / "mariadb", folder / "m.sock"
    user = [f"--user={os.environ.get('USER') or 'root'}"] if os.geteuid() == 0 else []
    subprocess.run(
        ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db", *user],
        check=True, capture_output=True,
    )  # fmt: skip
    server = subprocess.Popen(
        ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={sock}", f"--pid-file={folder / 'm.pid'}", "--skip-networking", *user],
        stdout=subprocess.DEVNULL, stderr=(folder / "mariadb.log").open("w"),
    )  # fmt: skip
    try:
        ask = ["mariadb", "--no-defaults", f"--socket={sock}", "-uroot", "-e"]
        _wait(lambda: subprocess.run([*ask, "CREATE DATABASE IF NOT EXISTS wordpress"], capture_output=True).returncode == 0)
        yield sock
    finally:
        _stop(server)


def _wait(is_there: Any) -> None:
    """Until it answers; a minute at most."""
    end = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError, urllib.error.URLError):
            if is_there():
                return
        if time.monotonic() > end:
            raise AssertionError("it did not start within a minute")
        time.sleep(0.2)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _stop_all(server: subprocess.Popen[bytes]) -> None:
    """PHP's server leaves its workers behind when it is told to end."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGTERM)
    _stop(server)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
