"""What this part tells the rest of the house."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class CoverageListChosen(Event):
    """The coalition chose a list to measure itself against."""

    list_id: int
    kind_of_list: str


@dataclass(frozen=True, kw_only=True)
class CoverageDeclared(Event):
    """A member said which sectors, places and groups it speaks for."""

    organization_id: int
    count: int


@dataclass(frozen=True, kw_only=True)
class SectorGiven(Event):
    """Allies of whom nobody had said to which sector they belong were all given one."""

    stakeholder_id: int  # the first of them
    count: int


@dataclass(frozen=True, kw_only=True)
class SectorTakenBack(Event):
    """A sector that many allies were given at once was taken back, but for those that somebody had changed since."""

    given_id: int
    count: int
    left_as_changed: int


@dataclass(frozen=True, kw_only=True)
class InterestDisclosed(Event):
    """An interest or a legal limit of a partner was disclosed."""

    disclosure_id: int
    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class DisclosureEnded(Event):
    """A disclosed interest or limit no longer holds."""

    disclosure_id: int
    stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class InviteWeightsSet(Event):
    """What counts how much when we look for whom to invite was set anew."""

    a_month: int
