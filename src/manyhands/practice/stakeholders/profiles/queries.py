"""What can be asked about what drives actors. Nobody is handed a row that they may not read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.models import Invitation, Organization, Seat
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting, register_awaiting

from .. import policies
from ..models import ProfileEntry, Stakeholder
from . import rules
from .questions import OF_US

About, Readers = ProfileEntry.About, ProfileEntry.Readers
SPEAKS = ("representative", "alternate")


def readable_by(actor: Actor, prefix: str = "") -> Q:
    """`policies.read_profile` as a condition of the database, so that nothing is fetched to be hidden.

    ``prefix`` leads from another table to the entries, such as ``profile__``.
    """
    own = Q(pk__in=[])
    if actor.organization_id is not None:
        own = Q(**{f"{prefix}stakeholder__member_id": actor.organization_id})
    note = Q(**{f"{prefix}about": About.NOTE})
    if actor.has_any("coordinator", "steward"):
        stewards = ~Q(**{f"{prefix}readers": Readers.OWN})
        return own | note | stewards if policies.see_allies.holds(actor) else own | note
    if policies.see_allies.holds(actor):
        return own | (~note & Q(**{f"{prefix}readers": Readers.MEMBERS}))
    return own


def visible_to(actor: Actor) -> QuerySet[ProfileEntry]:
    """Every entry that stands now and that this actor may read."""
    return _standing().filter(readable_by(actor))


def _standing() -> QuerySet[ProfileEntry]:
    today = localdate()
    kept = Q(expires_on=None) | Q(expires_on__gte=today)
    return ProfileEntry.objects.filter(kept, replaced_at=None, stakeholder__removed_at=None)


@dataclass(frozen=True)
class Group:
    """Everything of one kind that one actor's profile holds for this reader."""

    about: str
    label: Any
    entries: list[ProfileEntry]


@dataclass(frozen=True)
class Profile:
    """One actor's profile as one person reads it."""

    groups: list[Group]
    hidden: int

    @property
    def count(self) -> int:
        return sum(len(group.entries) for group in self.groups)

    @property
    def last_confirmed(self) -> date | None:
        """The latest day on which anything of what is shown was said or confirmed."""
        days = [entry.confirmed_on or entry.said_on for group in self.groups for entry in group.entries]
        return max(days, default=None)


def profile_of(stakeholder: Stakeholder, actor: Actor) -> Profile:
    """What drives an actor, grouped by kind, and how many entries this reader does not see. Two queries."""
    shown = list(visible_to(actor).filter(stakeholder=stakeholder).select_related("by_seat").order_by("about", "id"))
    everything = _standing().filter(stakeholder=stakeholder).count()
    for entry in shown:
        entry.stakeholder = stakeholder
        entry.is_due = rules.is_due(entry.said_on, entry.confirmed_on, localdate())  # type: ignore[attr-defined]
    is_own = stakeholder.member_id is not None and stakeholder.member_id == actor.organization_id
    groups = [
        Group(
            about.value,
            OF_US[about] if is_own else about.label,
            [entry for entry in shown if entry.about == about.value],
        )
        for about in About
    ]
    return Profile([group for group in groups if group.entries], everything - len(shown))


def history_of(stakeholder: Stakeholder, actor: Actor) -> list[ProfileEntry]:
    """What was said before and replaced or taken back, as far as this actor may read it, newest first."""
    rows = ProfileEntry.objects.filter(readable_by(actor), stakeholder=stakeholder, replaced_at__isnull=False)
    kept = Q(expires_on=None) | Q(expires_on__gte=localdate())
    return list(rows.filter(kept).select_related("by_seat").order_by("-replaced_at", "-id")[:50])


def own_record(actor: Actor) -> Stakeholder | None:
    """The record of the organization this actor sits for, if it has one yet."""
    if actor.organization_id is None:
        return None
    return Stakeholder.objects.filter(member_id=actor.organization_id).first()


def partners(actor: Actor) -> QuerySet[Stakeholder]:
    """Members and whoever has a profile, each with what this actor may read of it and when it was last confirmed."""
    mine = visible_to(actor).filter(stakeholder=OuterRef("pk"))
    confirmed = mine.annotate(day=Coalesce("confirmed_on", "said_on")).order_by("-day").values("day")[:1]
    shown = visible_to(actor).filter(about__in=[About.MOTIVE, About.GAIN, About.RED_LINE]).order_by("about", "id")
    return (
        Stakeholder.objects.filter(Q(member__isnull=False) | Exists(mine))
        .select_related("member")
        .annotate(last_confirmed=Subquery(confirmed))
        .prefetch_related(Prefetch("profile", queryset=shown, to_attr="shown"))
    )


def tags_of_motives(actor: Actor) -> QuerySet[ProfileEntry, str]:
    """The lines of words by which motives are told apart here; those that this actor may read."""
    return visible_to(actor).filter(about=About.MOTIVE).exclude(tags="").values_list("tags", flat=True)[:2000]


def motives(tags: Iterable[str]) -> list[tuple[str, str]]:
    """Each word of these lines once, for a select."""
    words = {word.casefold(): word for line in tags for word in rules.words_of(line)}
    return [(key, words[key]) for key in sorted(words)]


# --- what awaits people ---


def awaiting(actor: Actor) -> Iterable[Awaiting]:
    """What an organization has not said yet, and what nobody has confirmed for a year. At most two queries."""
    if actor.seat_id is None:
        return
    yield from _OWN(actor)
    yield from _OTHERS(actor)


def register_desk() -> None:
    """Put both on people's desks."""
    register_awaiting(_OWN, _may_own_wait)
    register_awaiting(_OTHERS, lambda actor, _moment: [_due_of_others(actor)])


def _speaks(actor: Actor) -> bool:
    return actor.organization_id is not None and actor.has_any(*SPEAKS)


def _may_own_wait(actor: Actor, _moment: Any) -> list[QuerySet]:
    """Whoever was invited may have something to say first; everyone else only what is a year old."""
    if not _speaks(actor):
        return []
    return [Invitation.objects.filter(accepted_by_id=actor.seat_id), _own_entries(actor).filter(_due())]


def _own_entries(actor: Actor) -> QuerySet[ProfileEntry]:
    return _standing().filter(stakeholder__member_id=actor.organization_id)


def _due() -> Q:
    before = localdate() - rules.CONFIRM_AFTER
    return Q(confirmed_on__lte=before) | Q(confirmed_on=None, said_on__lte=before)


def _said_by_own(actor: Actor) -> QuerySet[Any, dict[str, Any]]:
    """One row: how much is a year old, which of the first questions are answered, whether this seat was invited."""
    if not _speaks(actor):
        return Seat.objects.none().values("pk")
    own = _own_entries(actor).order_by()
    due = own.filter(_due()).values("stakeholder__member_id").annotate(n=Count("pk")).values("n")
    return Seat.objects.filter(pk=actor.seat_id).values(
        due=Coalesce(Subquery(due), 0),
        invited=Exists(Invitation.objects.filter(accepted_by_id=actor.seat_id)),
        **{f"said_{at}": Exists(own.filter(about=about)) for at, about in enumerate(rules.FIRST_ASKED)},
    )


def _own_waiting(actor: Actor, rows: list[dict[str, Any]]) -> Iterable[Awaiting]:
    if not rows:
        return
    (said,) = rows
    url = address_of("stakeholders:what_drives_us", slug_of(actor.coalition_id))
    is_missing = not all(said[f"said_{at}"] for at, _about in enumerate(rules.FIRST_ASKED))
    # Whoever founded the coalition has other things to begin with; they find the page under "More".
    if is_missing and said["invited"]:
        yield Awaiting(
            kind=_("Your first step here"),
            title=_("Say what drives your organization"),
            text=_("Why you care, what you need to show your own people, and what you cannot do. Five minutes."),
            url=url,
            action=_("Tell the others"),
            due=_first_of_all(),
        )
    elif said["due"]:
        yield Awaiting(
            kind=_("Once a year"),
            title=_("Is this still what drives you?"),
            text=ngettext(
                "%(n)s thing you said is older than a year.",
                "%(n)s things you said are older than a year.",
                said["due"],
            )
            % {"n": said["due"]},
            url=url,
            action=_("Look and confirm"),
        )


def _due_of_others(actor: Actor) -> QuerySet[ProfileEntry]:
    """Of actors without a seat: whoever looks after them is asked, and stewards where nobody does."""
    if not actor.has_any("coordinator", "steward") and not policies.reach_out.holds(actor):
        return ProfileEntry.objects.none()
    whose = Q(stakeholder__looked_after_by_id=actor.seat_id)
    if actor.has_any("coordinator", "steward"):
        whose |= Q(stakeholder__looked_after_by=None)
    return visible_to(actor).filter(_due(), whose, stakeholder__member=None)


def _allies_due(actor: Actor) -> QuerySet[Any, Any]:
    due = _due_of_others(actor).values("stakeholder_id", name=F("stakeholder__name")).annotate(n=Count("pk"))
    return due.order_by("name")[:3]


def _others_waiting(actor: Actor, rows: list[dict[str, Any]]) -> Iterable[Awaiting]:
    slug = slug_of(actor.coalition_id)
    for row in rows:
        yield Awaiting(
            kind=_("Once a year"),
            title=_("Is this still what drives %(name)s?") % {"name": row["name"]},
            text=ngettext("%(n)s note is older than a year.", "%(n)s notes are older than a year.", row["n"])
            % {"n": row["n"]},
            url=address_of("stakeholders:ally_profile", slug, row["stakeholder_id"]),
            action=_("Look at it"),
        )


_OWN = Waits(lambda actor, _moment: _said_by_own(actor), _own_waiting)
_OTHERS = Waits(lambda actor, _moment: _allies_due(actor), _others_waiting)


def _first_of_all() -> datetime:
    """Before everything else that is due: the desk sorts by day."""
    return datetime.combine(date(2000, 1, 1), time(), UTC)


def own_organization(actor: Actor) -> Organization | None:
    """The organization this actor sits for."""
    return Organization.objects.filter(pk=actor.organization_id).first() if actor.organization_id else None
