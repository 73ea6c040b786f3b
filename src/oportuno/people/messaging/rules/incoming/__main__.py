"""A mail on standard input, its verdict as JSON on standard output. Needs no settings, no database and no Django.

python -m oportuno.people.messaging.rules.incoming < bounce.eml
"""

from __future__ import annotations

import json
import sys

from oportuno.people.messaging.rules.incoming import classify

MOST = 50_000_000  # bytes that are read of what somebody pipes in

sys.stdout.buffer.write(json.dumps(classify(sys.stdin.buffer.read(MOST)).as_json(), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
