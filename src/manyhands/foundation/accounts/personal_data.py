"""Every room's answer to "what do you know about me?" and "forget me". Rooms register; this room asks them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Export = Callable[[list[int]], Any]
Erase = Callable[[list[int]], None]
#: Where a person sits or sat: the coalition's id and name, and the ids of the seats there.
Seats = tuple[int, str, list[int]]
FindSeats = Callable[[int], list[Seats]]
ErasureCheck = Callable[[int], list[str]]


@dataclass(frozen=True)
class PersonalData:
    """What one room keeps about people, asked by the seats a person holds or held in one coalition."""

    room: str
    export: Export
    erase: Erase


REGISTER: dict[str, PersonalData] = {}
_finders: list[FindSeats] = []
_checks: list[ErasureCheck] = []


def register_personal_data(room: str, *, export: Export, erase: Erase) -> None:
    """Called once when a room is set up. Both functions run inside one coalition, with the person's seat ids there.

    ``export`` gives something JSON can hold. ``erase`` takes away what identifies the person and leaves every
    tally as it was.
    """
    REGISTER[room] = PersonalData(room, export, erase)


def register_seats(finder: FindSeats) -> None:
    """Called once by the room that knows seats: ``finder(person_id) -> [(coalition_id, name, [seat_id, …]), …]``.

    Seats that were left count too: what a person did there is still about them.
    """
    if finder not in _finders:
        _finders.append(finder)


def register_erasure_check(check: ErasureCheck) -> None:
    """Let a room say why a person cannot be erased yet: ``check(person_id) -> [sentence, …]``, empty when they can.

    A sentence says what to do first, such as "Make somebody else a coordinator of Clean Air for Kids".
    """
    if check not in _checks:
        _checks.append(check)


def seats_of(person_id: int) -> list[Seats]:
    """Every coalition where the person has or had a seat."""
    return [found for finder in _finders for found in finder(person_id)]


def reasons_to_stay(person_id: int) -> list[str]:
    """Why the person cannot be erased yet; empty when nothing stands in the way."""
    return [str(reason) for check in _checks for reason in check(person_id)]
