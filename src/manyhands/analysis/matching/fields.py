"""What else tells organizations apart or together: an official number, a domain, an address, a place."""

from __future__ import annotations

import re

from manyhands.analysis.matching.names import folded
from manyhands.analysis.matching.vocabulary import FREE_MAIL, SHARED_ENDINGS, SHARED_SITES

_SIGNS = re.compile(r"[\W_]+")
_HOST = re.compile(r"(?:https?:)?(?://)?(?:[^/@\s]*@)?([^/:?#\s,;]+)")
_MAIL = re.compile(r"[^@\s,;<>\"]+@([^@\s,;<>\"]+\.[^@\s,;<>\".]+)")
_NOTHING = frozenset({"", "na", "none", "null", "unknown", "tbd", "0"})


def plain_identifier(identifier: str) -> str:
    """An official number without the signs people put in; "" if it says nothing.

    >>> plain_identifier("53-0196605") == plain_identifier("530196605"), plain_identifier("N/A")
    (True, '')
    """
    plain = _SIGNS.sub("", folded(identifier))
    return "" if plain in _NOTHING or not plain.strip("0") else plain


def plain_address(text: str) -> str:
    """An e-mail address, folded; "" if it is none.

    >>> plain_address(" Info@Clinic.example "), plain_address("www.clinic.example")
    ('info@clinic.example', '')
    """
    found = _MAIL.search(text)
    return folded(found.group(0)) if found else ""


def own_domain(text: str) -> str:
    """The registered domain of an e-mail or web address, if it can be an organization's own; else "".

    Parameters
    ----------
    text : str
        ``info@mail.clinic.org.uk``, ``https://www.clinic.org/about``, ``clinic.org``.

    Returns
    -------
    str
        ``clinic.org.uk``. Empty for mail providers, social networks, numbers and what is no domain.

    Examples
    --------
    >>> own_domain("info@mail.clinic.org.uk"), own_domain("HTTPS://www.Guild.example/about?x=1")
    ('clinic.org.uk', 'guild.example')
    >>> own_domain("parents.linden@gmail.com"), own_domain("https://facebook.com/linden"), own_domain("none")
    ('', '', '')
    """
    text = text.strip().lower()
    mail = _MAIL.search(text)
    host = mail.group(1) if mail else ""
    if not host:
        found = _HOST.match(text)
        host = found.group(1) if found else ""
    labels = [label for label in host.strip(".").split(".") if label]
    if len(labels) < 2 or labels[-1].isdigit():
        return ""
    shares = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SHARED_ENDINGS
    domain = ".".join(labels[-3:] if shares else labels[-2:])
    if domain in FREE_MAIL or domain in SHARED_SITES or host in SHARED_SITES:
        return ""
    return domain


def plain_place(place: str) -> str:
    """A place as it is compared: folded, without signs, an American postal code without its second half.

    >>> plain_place("05089-0455"), plain_place("St. Gallen"), plain_place("SAINT GALLEN")
    ('05089', 'saint gallen', 'saint gallen')
    """
    text = folded(place)
    if re.fullmatch(r"\d{5}-\d{4}", text):
        return text[:5]
    words = [word for word in _SIGNS.split(text) if word]
    return " ".join("saint" if word in {"st", "ste", "sankt"} else word for word in words)
