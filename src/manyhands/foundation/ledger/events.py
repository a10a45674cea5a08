"""What a room can tell the rest of the house."""

from dataclasses import dataclass
from typing import ClassVar

#: Every kind of event, by the name it has in the book.
KINDS: dict[str, type["Event"]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Fields hold ids, counts and outcomes, never names or free text.

    A subclass is named for what happened and has one plain sentence as its docstring; its kind is
    ``<room>.<ClassName>``.
    """

    kind: ClassVar[str] = ""
    #: Lines of this kind are read by stewards only.
    for_stewards: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        cls.kind = f"{cls.__module__.split('.')[-2]}.{cls.__name__}"
        KINDS[cls.kind] = cls
