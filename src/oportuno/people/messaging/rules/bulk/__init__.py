"""Mails by the million: what is the same for everybody is made once, what is each reader's is joined in."""

from oportuno.people.messaging.rules.bulk.dkim import Signer, dns_record, new_key
from oportuno.people.messaging.rules.bulk.merging import Merge, fields_in
from oportuno.people.messaging.rules.bulk.mime import Envelope, Press

__all__ = ["Envelope", "Merge", "Press", "Signer", "dns_record", "fields_in", "new_key"]
