"""One organization as it stands in a list, and the same made ready to be compared."""

from __future__ import annotations

from dataclasses import dataclass

from manyhands.analysis.matching.fields import own_domain, plain_address, plain_identifier, plain_place
from manyhands.analysis.matching.names import Name, taken_apart


@dataclass(frozen=True, slots=True)
class Record:
    """One organization as it stands in a list; everything but the name may be blank.

    Attributes
    ----------
    name : str
    identifier : str
        Official number: EIN, VAT number, register number.
    domain : str
        E-mail or web address.
    place : str
        City or postal code.
    """

    name: str
    identifier: str = ""
    domain: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record, ready to be compared; what says nothing is "".

    Attributes
    ----------
    name : Name
    identifier, address, domain, place : str
        ``address`` is a whole e-mail address, ``domain`` only one that can be the organization's own.
    """

    name: Name
    identifier: str
    address: str
    domain: str
    place: str


def prepared(record: Record) -> Prepared:
    """Make a record ready.

    >>> prepared(Record("The Clinic, Inc.", "53-01", "mail@gmail.com", "05089-0455"))
    ... # doctest: +ELLIPSIS
    Prepared(name=Name(plain='the clinic inc', ...), identifier='5301', address='mail@gmail.com',
             domain='', place='05089')
    """
    return Prepared(
        taken_apart(record.name),
        plain_identifier(record.identifier) if record.identifier else "",
        plain_address(record.domain) if record.domain else "",
        own_domain(record.domain) if record.domain else "",
        plain_place(record.place) if record.place else "",
    )
