"""A name server that speaks DNS over UDP, as a process of its own: python name_server.py FILE. FILE holds {"name": ["txt", …]} as JSON, or

{"name": "other.name"} for a CNAME, and

is read anew for every question; a name that is not in it does not exist, one with null is not answered. Prints its port.
"""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


def _quoted(text: str) -> str:
    """A TXT record holds strings of 255 octets; a longer text is several of them."""
    return " ".join(f'"{text[at : at + 255]}"' for at in range(0, len(text), 255))


def main() -> None:
    """Serve until the process is ended."""
    asked = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asked.bind(("127.0.0.1", 0))
    print(asked.getsockname()[1], flush=True)
    while True:
        packet, visitor = asked.recvfrom(4096)
        question = dns.message.from_wire(packet)
        name = str(question.question[0].name).rstrip(".")
        known = json.loads(Path(sys.argv[1]).read_text())
        if name in known and known[name] is None:
            continue
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        if name not in known:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif isinstance(known[name], str):
            if question.question[0].rdtype == dns.rdatatype.CNAME:
                answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "CNAME", f"{known[name]}."))
        elif known[name] and question.question[0].rdtype == dns.rdatatype.TXT:
            answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *(_quoted(text) for text in known[name])))
        asked.sendto(answer.to_wire(), visitor)


if __name__ == "__main__":
    main()
