"""What a company has filled in, as it waits for its confirmation."""

import msgspec

from domain.language_needs.need import Company, Contact, Need


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """`language` is the one the form was filled in."""

    company: Company
    contact: Contact
    need: Need
    remark: str
    language: str
