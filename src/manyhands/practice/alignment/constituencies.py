"""Which group each organization is in, by what the house knows of it, and writing that down when a round closes."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.practice.stakeholders.models import SpeaksFor, Stakeholder

from .declaring import ALONE, FOUND, UNKNOWN, WAYS, Declared, Voice, declared, label_of
from .models import Participant, Response, VisionRound
from .rules import StatementState

#: Ways that rest on an organization's own word, each by the kind of list it chose from.
OWN_WORD = ("places", "voices")
WRITTEN_AT_ONCE = 1000


#: What a record among the allies knows of a member.
RECORDED = ("sector", "city", "region", "country")


def labels(way: str) -> dict[int, str]:
    """The group of every organization by its id. One query; nothing here is secret.

    A sector is the organization's own; where it gave none, and for all else, what its record among the allies says.
    """
    return _labels(_known(), way)


def _known(*beside: QuerySet[Any]) -> dict[int, dict[str, list[str]]]:
    """What the house knows of each organization, by way; the query answers the questions ``beside`` as well."""
    own = Organization.objects.values_list("pk", "sector")
    recorded = Stakeholder.objects.filter(member__isnull=False).values_list("member_id", *RECORDED)
    said = SpeaksFor.objects.filter(item__listing__is_chosen=True, item__listing__kind__in=OWN_WORD)
    said = said.values_list("organization_id", "item__listing__kind", "item__name")
    ask_together(own, recorded, said, *beside)
    known: dict[int, dict[str, list[str]]] = {pk: {"sector": [sector] if sector.strip() else []} for pk, sector in own}
    for pk, *words in recorded:
        for way, word in zip(RECORDED, words, strict=True):
            known[pk][way] = known[pk].get(way) or [word]
    for pk, way, name in said:
        known[pk].setdefault(way, []).append(name)
    return known


def _labels(known: dict[int, dict[str, list[str]]], way: str) -> dict[int, str]:
    return {pk: label_of(words.get(way, [])) for pk, words in known.items()}


@dataclass(frozen=True)
class Offered:
    """One way to declare groups, and what it would give among those who may be asked today."""

    way: str
    name: str
    groups: int
    organizations: int
    unknown: int

    @property
    def words(self) -> str:
        if self.way == FOUND:
            return self.name[:1].upper() + self.name[1:]
        found = ngettext("%(n)d group", "%(n)d groups", self.groups) % {"n": self.groups}
        counts = {"n": self.unknown, "of": self.organizations}
        missing = _("not known of %(n)d of %(of)d organizations") % counts if self.unknown else ""
        told = "; ".join(filter(None, [found, missing]))
        return f"{self.name[:1].upper()}{self.name[1:]} ({told})"


def offers() -> list[Offered]:
    """Every way, with how many groups it would make: a round closes once, so nobody should learn it then.

    One query.
    """
    voting = voting_organizations().values_list("pk", flat=True)
    everything, members = _known(voting), set(voting)
    found = []
    for way, name in WAYS:
        own = [each for pk, each in _labels(everything, way).items() if pk in members] if way != FOUND else []
        known = {each.casefold() for each in own if each != UNKNOWN}
        found.append(Offered(way, str(name), len(known), len(own), own.count(UNKNOWN)))
    return found


@transaction.atomic
def write_down(round: VisionRound) -> None:
    """Write beside everyone who answered in which declared group they are counted; does so once, at the close.

    Kept with the participant and not looked up again: what an organization is called or where it is may change later,
    and people may leave, and a second set of groups beside the first would tell how those answered who moved.
    """
    locked = VisionRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    if locked.groups_by == FOUND or locked.groups_joined is not None:
        return
    found, members = _groups_of(locked)
    locked.groups_joined = round.groups_joined = found.joined
    locked.save(update_fields=["groups_joined"])
    by_group: dict[str, list[int]] = defaultdict(list)
    for voice, group in found.of_voice.items():
        by_group[group] += members[voice]
    for group, people in by_group.items():
        for start in range(0, len(people), WRITTEN_AT_ONCE):
            some = people[start : start + WRITTEN_AT_ONCE]
            Participant.objects.filter(pk__in=some).update(declared_group=group)


def _groups_of(round: VisionRound) -> tuple[Declared, dict[int, list[int]]]:
    """The groups, and the participants behind each voice: one, or all who answered for an organization."""
    answered = Response.objects.filter(statement__round=round, statement__state=StatementState.LIVE)
    people = Participant.objects.filter(round=round, pk__in=answered.values("participant"))
    known, by_organization = labels(round.groups_by), round.counts_by == "organization"
    voices: dict[int, Voice] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for pk, organization in people.values_list("pk", "seat__organization_id"):
        if by_organization and organization is None:
            continue  # has no voice in this round
        voice = organization if by_organization else pk
        voices[voice] = Voice(ALONE if organization is None else known[organization], organization)
        members[voice].append(pk)
    return declared(voices), members
