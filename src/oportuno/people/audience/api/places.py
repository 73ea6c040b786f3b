"""Places on pages of contacts that higher apps fill."""

from oportuno.kernel.slots import slot

BESIDE_CONTACT = slot("beside a contact", "/desk/…/contactos/<id>/, right column", takes="contact")
WITH_CHOSEN = slot("with chosen contacts", "/desk/…/contactos/, inside the form of those that are ticked", takes="nothing")
