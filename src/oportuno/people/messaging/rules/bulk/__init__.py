"""Mails by the million: what is the same for everybody is made once, what is each reader's is joined in."""

from oportuno.people.messaging.rules.bulk.dkim import Signer, dns_record, new_key
from oportuno.people.messaging.rules.bulk.merging import Merge, fields_in
from oportuno.people.messaging.rules.bulk.mime import Envelope, Press
from oportuno.people.messaging.rules.bulk.tracking import Tokens, addresses_in, read_token, token_of, tracked_html, tracked_text

__all__ = [
    "Envelope",
    "Merge",
    "Press",
    "Signer",
    "Tokens",
    "addresses_in",
    "dns_record",
    "fields_in",
    "new_key",
    "read_token",
    "token_of",
    "tracked_html",
    "tracked_text",
]
