"""What stands in the address of a link: which link it is, and a seal that only this site can make.

Nothing secret is kept, so a leaked database opens no door and names nobody; sheets can be printed again.
"""

import hashlib
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from ..models import AnswerLink

SALT = "manyhands.alignment.answer_link"


@dataclass(frozen=True)
class Opened:
    """An address that is ours: its link, and for a personal one which of them."""

    link: AnswerLink
    number: int


def seal(link: AnswerLink, number: int = 0) -> str:
    """The secret part of an address; `number` counts personal links from 1, an open link has only 0."""
    return f"{link.pk}-{number}-{_mark(link.coalition_id, link.pk, number)}"


def opened(sealed: str) -> Opened | None:
    """The link an address names, in the coalition we are inside, or None for anything we did not seal."""
    parts = sealed.split("-")
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() and len(part) < 16 for part in parts[:2]):
        return None
    link = AnswerLink.objects.select_related("round__live").filter(pk=int(parts[0])).first()
    number = int(parts[1])
    if link is None or not constant_time_compare(parts[2], _mark(link.coalition_id, link.pk, number)):
        return None
    fits = 1 <= number <= link.most if link.kind == AnswerLink.Kind.PERSONAL else number == 0
    return Opened(link, number) if fits else None


def new_key() -> str:
    """What the browser of somebody with an open link holds, so that it finds its own answers again."""
    return get_random_string(32)


def key_of(opened: Opened, held: str = "") -> str:
    """The fingerprint under which the answers hang; "" for an open link whose visitor holds nothing yet."""
    if opened.link.kind == AnswerLink.Kind.PERSONAL:
        held = f"personal {opened.number}"
    return hashlib.sha256(f"{SALT}:{opened.link.pk}:{held}".encode()).hexdigest() if held else ""


def _mark(coalition_id: int, link_id: int, number: int) -> str:
    return salted_hmac(SALT, f"{coalition_id}:{link_id}:{number}", algorithm="sha256").hexdigest()[:20]
