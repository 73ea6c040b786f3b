"""The server's settings, written at every start; `ALTER SYSTEM` still overrules them."""

from __future__ import annotations

import os
from pathlib import Path

FILE = "oportuno.conf"
INCLUDE = f"include '{FILE}'\n"
SMALL_SHARED_MEMORY = 256 * 2**20  # bytes; containers give /dev/shm 64 MB, too little for parallel queries

COMMON = {
    "listen_addresses": "''",  # reached by its socket alone; TCP would need TLS, which these programs lack
    "shared_preload_libraries": "'pg_stat_statements'",
    "wal_level": "replica",  # a standby and base backups work without a restart
    "max_wal_senders": "10",
    "shared_buffers": "256MB",
    "jit": "off",  # our queries are short: compiling costs more than it saves
    "random_page_cost": "1.1",
    "log_timezone": "'UTC'",
    "timezone": "'UTC'",
    "logging_collector": "off",
    "cluster_name": "'oportuno'",
}
DURABLE = {"max_connections": "200", "wal_compression": "on", "max_wal_size": "2GB"}
# Tests may lose everything in a crash of the machine, and make databases by the dozen.
THROW_AWAY = {
    "max_connections": "400",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "4GB",
    "autovacuum_naptime": "'5min'",
}


def settings_text(run: Path, *, durable: bool) -> str:
    """The contents of our settings file for a server whose socket lies in `run`."""
    chosen = {"unix_socket_directories": _quoted(str(run)), **COMMON, **(DURABLE if durable else THROW_AWAY)}
    if _shared_memory_is_small():
        chosen["dynamic_shared_memory_type"] = "mmap"
    return "".join(f"{name} = {value}\n" for name, value in chosen.items())


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _shared_memory_is_small() -> bool:
    try:
        room = os.statvfs("/dev/shm")  # noqa: S108  # asked for its size, not written in
    except OSError:
        return False
    return room.f_blocks * room.f_frsize < SMALL_SHARED_MEMORY
