"""The formats we read: each file turns rows of one into plain records. A record says what the file says, nothing more.

Keys of a record, all optional; what the file does not mention is left alone:
    sku ref parent options has_variants
    title title_es title_en description description_es description_en kind brand gtin category attributes details tags
    pictures [[address, alt]]   files [[name, address]]
    active quote_only minimum unit lead_days condition tax link
    prices [{amount, compare, currency, starts, ends, how}]   stock {place: number}
"""

from oportuno.offer.catalogue.rules.formats.base import Plain, Reader
from oportuno.offer.catalogue.rules.formats.recognise import recognised

__all__ = ["Plain", "Reader", "recognised"]
