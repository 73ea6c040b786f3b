"""A real mail server for tests: Debian's Dovecot, as a process of its own, unpacked where nothing is installed.

It speaks IMAP and POP3, with TLS from the first byte and after STARTTLS, by a certificate of an authority of our own.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from oportuno.kernel.clock import now

PACKAGES = ("dovecot-core", "dovecot-imapd", "dovecot-pop3d")
LIBRARIES = ("libexttextcat-2.0-0", "liblua5.4-0", "libsodium23", "libstemmer0d", "libunwind8", "libwrap0", "libtirpc3", "libcap2")
KEPT = Path(tempfile.gettempdir()) / "oportuno-dovecot"
BUILT_FOR, LIES_AT = b"/usr/lib/dovecot", b"/tmp/opo-dovecot"
"""Where its programs look for each other, and a link to where they lie: a name of the same length, written into them."""
TLS = "ssl = yes\nssl_cert = <{chain}\nssl_key = <{chain}\nssl_dh ="
CONFIG = """
base_dir = {run}
state_dir = {run}/state
log_path = {run}/log
protocols = imap pop3
listen = 127.0.0.1
{tls}
disable_plaintext_auth = no
libexec_dir = {root}/usr/lib/dovecot
mail_plugin_dir = {root}/usr/lib/dovecot/modules
import_environment = LD_LIBRARY_PATH={libraries} TZ
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{run}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={run}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop}
  }}
  inet_listener pop3s {{
    port = {pops}
    ssl = yes
  }}
}}
auth_failure_delay = 0
mail_max_userip_connections = 100
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


class NotHere(Exception):
    """No Dovecot, and no way to fetch it."""


def unpacked() -> Path:
    """The folder below which Dovecot's files lie: "/" where it is installed. Fetched once, without installing anything."""
    if Path("/usr/lib/dovecot/imap").exists():
        return Path("/")
    if (KEPT / "usr/lib/dovecot/imap").exists():
        return KEPT
    if not shutil.which("apt-get"):
        raise NotHere("Dovecot is not installed, and there is no apt-get to fetch it")
    with tempfile.TemporaryDirectory() as name:
        done = subprocess.run(["apt-get", "download", "-q", *PACKAGES, *LIBRARIES], cwd=name, capture_output=True, text=True)
        if done.returncode:
            raise NotHere(f"Dovecot cannot be fetched: {done.stderr.strip().splitlines()[-1]}")
        part = Path(name) / "root"
        for file in sorted(Path(name).glob("*.deb")):
            subprocess.run(["dpkg", "-x", str(file), str(part)], check=True)
        for file in part.rglob("*"):
            if file.is_file() and not file.is_symlink() and BUILT_FOR in (built := file.read_bytes()):
                file.write_bytes(built.replace(BUILT_FOR, LIES_AT))
        part.chmod(0o755)
        shutil.copytree(part, KEPT, symlinks=True, dirs_exist_ok=True)
    return KEPT


@dataclass
class MailServer:
    """`password` opens every account; a letter is put into one with `deliver`."""

    folder: Path
    tls: bool = True
    password: str = "unarosaesunarosa"
    imap: int = 0
    pop: int = 0
    imaps: int = 0
    pops: int = 0
    authority: Path = Path()
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    count: int = 0

    def start(self) -> None:
        root, run = unpacked(), self.folder
        if root == KEPT and not Path(LIES_AT.decode()).exists():
            Path(LIES_AT.decode()).symlink_to(KEPT / "usr/lib/dovecot")
        self.imap, self.pop, self.imaps, self.pops = (free_port() for _ in range(4))
        user = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        group = "nogroup" if os.geteuid() == 0 else str(os.getegid())
        libraries = f"{root}/usr/lib/dovecot:{root}/usr/lib/x86_64-linux-gnu:{root}/lib/x86_64-linux-gnu"
        (run / "mail").mkdir()
        self.authority, chain = certificates(run, "127.0.0.1")
        (run / "conf").write_text(
            CONFIG.format(
                run=run,
                root=str(root).rstrip("/"),
                user=user,
                group=group,
                imap=self.imap,
                pop=self.pop,
                imaps=self.imaps if self.tls else 0,
                pops=self.pops if self.tls else 0,
                password=self.password,
                libraries=libraries,
                tls=TLS.format(chain=chain) if self.tls else "ssl = no",
            )
        )
        if os.geteuid() == 0:
            shutil.chown(run / "mail", "nobody", "nogroup")
            for above in (run, *run.parents):
                if str(above).startswith(tempfile.gettempdir() + "/"):
                    above.chmod(above.stat().st_mode | 0o755)
        environment = {**os.environ, "LD_LIBRARY_PATH": libraries}
        below = str(root).rstrip("/")
        # by hand what the server does first: it looks for doveconf where it would be installed
        asked = [f"{below}/usr/bin/doveconf", "-f", "service=master", "-c", str(run / "conf"), "-m", "master", "-e"]
        self._run([*asked, f"{below}/usr/sbin/dovecot", "-F", "-c", str(run / "conf")], environment)
        for port in (self.imap, self.pop, *((self.imaps, self.pops) if self.tls else ())):
            wait_for(port)

    def deliver(self, to: str, raw: bytes) -> None:
        box = self.folder / "mail" / to
        for name in ("", "new", "cur", "tmp"):
            (box / name).mkdir(parents=True, exist_ok=True)
        self.count += 1
        file = box / "new" / f"{int(time.time())}.M{self.count:06d}P1.here"
        file.write_bytes(raw)
        if os.geteuid() == 0:
            for one in (box, *box.rglob("*")):
                shutil.chown(one, "nobody", "nogroup")

    def files(self, to: str) -> list[str]:
        """What lies there, with its flags."""
        return sorted(one.name for one in (self.folder / "mail" / to).rglob("*.here*") if one.is_file())

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            process.wait(timeout=10)

    def _run(self, command: list[str], environment: dict[str, str]) -> None:
        self.processes.append(
            subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=(self.folder / "errors").open("ab"))
        )


def certificates(folder: Path, host: str) -> tuple[Path, Path]:
    """An authority of our own, and key and certificate of the host in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pruebas")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1)).not_valid_after(now() + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "authority.pem").write_bytes(pem)
    (folder / "chain.pem").write_bytes(secret + pem)
    return folder / "authority.pem", folder / "chain.pem"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise NotHere(f"the mail server does not listen at {port}")
