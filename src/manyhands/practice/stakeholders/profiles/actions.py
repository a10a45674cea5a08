"""What a person can do about what drives an actor: one function, one deed."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.ledger.spine import record

from .. import policies
from ..actions import ChangedMeanwhile, Refused, _locked
from ..models import ProfileEntry, Stakeholder
from . import rules
from .events import MemberListed, ProfileConfirmed, ProfilePutBack, ProfileTakenBack, ProfileWritten
from .queries import visible_to
from .questions import GUIDE

About, Readers = ProfileEntry.About, ProfileEntry.Readers


@transaction.atomic
def write_entry(
    *,
    actor: Actor,
    stakeholder: Stakeholder,
    about: str,
    text: str,
    source: str = "",
    readers: str = Readers.STEWARDS,
    said_on: date | None = None,
    tags: str = "",
    purpose: str = "",
    expires_on: date | None = None,
    replaces: ProfileEntry | None = None,
) -> ProfileEntry:
    """Write down one thing that drives an actor, with its source and who may read it.

    Where an actor has one at a time, such as what it needs to show its own people, the new one replaces the old, which
    is kept. Of motives and red lines there may be several; ``replaces`` names the one that is said anew.

    Who: everyone who works here (`policies.write_profile`).
    Refuses: no words; no source about somebody else; what only the organization itself may read, written by others; a
    note or anything about a person who never joined without a purpose; replacing what others said of themselves
    (`Refused`); an entry that was replaced meanwhile (`ChangedMeanwhile`).
    Tells: `ProfileWritten`.
    """
    require(actor, policies.write_profile, stakeholder, *([replaces] if replaces else []))
    ally = _locked(stakeholder)
    entry = ProfileEntry(
        stakeholder=ally,
        about=about,
        text=text.strip(),
        source=source.strip() or _own_word(actor, ally),
        readers=readers,
        said_on=said_on or localdate(),
        tags=", ".join(rules.words_of(tags)),
        purpose=purpose.strip(),
        expires_on=expires_on,
    )
    _write_checked(actor, entry, replaces)
    record(ProfileWritten(stakeholder_id=ally.pk, kind_of_entry=about), by=actor, about=entry)
    return entry


@transaction.atomic
def record_interview(
    *,
    actor: Actor,
    stakeholder: Stakeholder,
    answers: Mapping[str, str],
    source: str,
    has_consent: bool,
    readers: str = Readers.STEWARDS,
    said_on: date | None = None,
    purpose: str = "",
) -> list[ProfileEntry]:
    """Keep the answers of a talk along the interview guide: ``answers`` by the key of the question.

    Who: everyone who works here (`policies.write_profile`).
    Refuses: a talk without their consent, without a source, or without a single answer; a question the guide does not
    have; and whatever `write_entry` refuses (`Refused`).
    Tells: `ProfileWritten`, once for all answers.
    """
    require(actor, policies.write_profile, stakeholder)
    if not has_consent:
        raise Refused(_("Ask first whether we may keep what they say. Without a yes we keep nothing."))
    said = {key: text.strip() for key, text in answers.items() if text.strip()}
    if unknown := set(said) - set(GUIDE):
        raise Refused(_("The guide has no question “%(key)s”.") % {"key": sorted(unknown)[0]})
    if not said:
        raise Refused(_("There is no answer yet. Write down at least one."))
    ally, written = _locked(stakeholder), []
    for key, question in GUIDE.items():
        if key in said:
            entry = ProfileEntry(
                stakeholder=ally,
                about=question.about,
                text=said[key],
                source=source.strip() or _own_word(actor, ally),
                readers=readers,
                said_on=said_on or localdate(),
                question=str(question.text),
                has_consent=True,
                purpose=purpose.strip(),
            )
            _write_checked(actor, entry, None)
            written.append(entry)
    told = ProfileWritten(stakeholder_id=ally.pk, kind_of_entry="interview", entries=len(written))
    record(told, by=actor, about=ally)
    return written


@transaction.atomic
def confirm_entry(*, actor: Actor, entry: ProfileEntry) -> ProfileEntry:
    """Say that something is still so; it is asked for again in a year.

    Who: those who sit for the organization; for actors without a seat coordinators and stewards
    (`policies.confirm_profile`).
    Refuses: an entry that was replaced or taken back (`ChangedMeanwhile`).
    Tells: `ProfileConfirmed`.
    """
    require(actor, policies.confirm_profile, entry)
    entry = _current(entry)
    entry.confirmed_on = localdate()
    entry.save(update_fields=["confirmed_on"])
    record(ProfileConfirmed(stakeholder_id=entry.stakeholder_id, entries=1), by=actor, about=entry)
    return entry


@transaction.atomic
def confirm_all(*, actor: Actor, stakeholder: Stakeholder) -> int:
    """Say of everything in a profile that one may read that it is still so.

    Who: as `confirm_entry` (`policies.confirm_profile`).
    Refuses: nothing; where there is nothing to read nothing is confirmed.
    Tells: `ProfileConfirmed`, once for all of it.
    """
    require(actor, policies.confirm_profile, stakeholder)
    readable = visible_to(actor).filter(stakeholder=stakeholder).values("pk")
    count = ProfileEntry.objects.filter(pk__in=readable).update(confirmed_on=localdate())
    if count:
        record(ProfileConfirmed(stakeholder_id=stakeholder.pk, entries=count), by=actor, about=stakeholder)
    return count


@transaction.atomic
def take_back_entry(*, actor: Actor, entry: ProfileEntry) -> ProfileEntry:
    """Take back what was written; nobody reads it any more. A note is erased after two weeks.

    Who: those who sit for the organization; for actors without a seat coordinators and stewards
    (`policies.confirm_profile`).
    Refuses: an entry that was replaced or taken back already (`ChangedMeanwhile`).
    Tells: `ProfileTakenBack`.
    """
    require(actor, policies.confirm_profile, entry)
    entry = _current(entry)
    entry.replaced_at = now()
    entry.save(update_fields=["replaced_at"])
    record(ProfileTakenBack(stakeholder_id=entry.stakeholder_id, kind_of_entry=entry.about), by=actor, about=entry)
    return entry


@transaction.atomic
def put_back_entry(*, actor: Actor, entry: ProfileEntry) -> ProfileEntry:
    """Put back what was taken back.

    Who: as `take_back_entry` (`policies.confirm_profile`).
    Refuses: where another stands in its place by now (`ChangedMeanwhile`). One that stands is left as it is.
    Tells: `ProfilePutBack`.
    """
    require(actor, policies.confirm_profile, entry)
    _locked(entry.stakeholder)
    entry = ProfileEntry.objects.select_related("stakeholder").get(pk=entry.pk)
    if entry.replaced_at is not None:
        if entry.about in rules.SINGLE and _standing(entry.stakeholder, entry.about).exists():
            raise ChangedMeanwhile(entry.pk)
        entry.replaced_at = None
        entry.save(update_fields=["replaced_at"])
        record(ProfilePutBack(stakeholder_id=entry.stakeholder_id, kind_of_entry=entry.about), by=actor, about=entry)
    return entry


@transaction.atomic
def introduce_member(
    *, actor: Actor, organization: Organization, said: Mapping[str, tuple[str, str]], tags: str = ""
) -> Stakeholder:
    """A member says for the first time what drives it: ``{"motive": ("Our children cough.", "members")}``.

    ``tags`` are the words of the motive by which it is found and compared.

    Who: those who sit for the organization (`policies.speak_for_oneself`).
    Refuses: nothing said at all, and whatever `write_entry` refuses (`Refused`).
    Tells: `ProfileWritten`, once for all of it; `MemberListed` when it had no record.
    """
    require(actor, policies.speak_for_oneself, organization)
    told = {about: (text.strip(), readers) for about, (text, readers) in said.items() if text.strip()}
    if not told:
        raise Refused(_("There are no words yet. One sentence is enough."))
    ally = _locked(list_member(actor=actor, organization=organization))
    for about, (text, readers) in told.items():
        entry = ProfileEntry(stakeholder=ally, about=about, text=text, readers=readers, said_on=localdate())
        entry.source, entry.has_consent = _own_word(actor, ally), True
        entry.tags = ", ".join(rules.words_of(tags)) if about == About.MOTIVE else ""
        _write_checked(actor, entry, None)
    event = ProfileWritten(stakeholder_id=ally.pk, kind_of_entry="introduction", entries=len(told))
    record(event, by=actor, about=ally)
    return ally


@transaction.atomic
def list_member(*, actor: Actor, organization: Organization) -> Stakeholder:
    """The record that a member organization has among the allies; it is found by its name, or written now.

    Who: everyone who works here (`policies.write_profile`).
    Refuses: nothing; a member that has a record keeps it.
    Tells: `MemberListed`, unless it had a record.
    """
    require(actor, policies.write_profile, organization)
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)  # two who open the page at once
    known = Stakeholder.with_removed.filter(member=organization).first()
    if known is not None:
        return known
    name = organization.name.strip()
    free = Stakeholder.objects.filter(kind=Stakeholder.Kind.ORGANIZATION, member=None, name__iexact=name)
    ally = free.select_for_update(no_key=True).order_by("pk").first() or Stakeholder(
        name=name, sector=organization.sector, about=organization.about, website=organization.website,
        source=_("Member of the coalition"), stage="committed",
    )  # fmt: skip
    ally.member = organization
    ally.updated_at = now()
    ally.version += 1 if ally.pk else 0
    ally.save()
    record(MemberListed(stakeholder_id=ally.pk, organization_id=organization.pk), by=actor, about=ally)
    return ally


def _write_checked(actor: Actor, entry: ProfileEntry, replaces: ProfileEntry | None) -> None:
    """Refuse what may not be written, put the old one aside, and save."""
    ally = entry.stakeholder
    if not entry.text:
        raise Refused(_("There are no words yet. One sentence is enough."))
    if not entry.source:
        raise Refused(_("Say how we know. Others will ask, and they will too."))
    if entry.about not in About.values or entry.readers not in Readers.values:
        raise Refused(_("Choose one of what is offered."))
    is_own = ally.member_id is not None and ally.member_id == actor.organization_id
    if entry.readers == Readers.OWN and not is_own:
        raise Refused(_("Only an organization itself may keep something to itself."))
    if rules.needs_end(entry.about, ally.kind, ally.member_id is not None):
        if not entry.purpose:
            raise Refused(_("About a person who never joined, and in notes, we say what we need it for."))
        entry.expires_on = rules.end_of(localdate(), entry.expires_on)
    else:
        entry.expires_on = None
    if entry.said_on > localdate():
        raise Refused(_("That day is still to come."))
    if is_own:
        entry.confirmed_on = localdate()
    entry.by_seat_id = actor.seat_id
    for old in _to_replace(ally, entry.about, replaces):
        if not (policies.confirm_profile.holds(actor, old) or old.by_seat_id == actor.seat_id is not None):
            raise Refused(_("That stands in somebody else’s words already. Ask them to say it anew."))
        old.replaced_at = now()
        old.save(update_fields=["replaced_at"])
    entry.save()


def _to_replace(ally: Stakeholder, about: str, replaces: ProfileEntry | None) -> list[ProfileEntry]:
    if replaces is None:
        return list(_standing(ally, about)) if about in rules.SINGLE else []
    old = _current(replaces)
    if (old.stakeholder_id, old.about) != (ally.pk, about):
        raise Refused(_("That was about something else."))
    return [old]


def _standing(ally: Stakeholder, about: str) -> QuerySet[ProfileEntry]:
    return ProfileEntry.objects.select_related("stakeholder").filter(stakeholder=ally, about=about, replaced_at=None)


def _current(entry: ProfileEntry) -> ProfileEntry:
    found = ProfileEntry.objects.select_for_update(of=("self",), no_key=True).select_related("stakeholder")
    current = found.filter(pk=entry.pk, replaced_at=None).first()
    if current is None:
        raise ChangedMeanwhile(entry.pk)
    return current


def _own_word(actor: Actor, ally: Stakeholder) -> str:
    """Those who speak for themselves need no other source."""
    is_own = ally.member_id is not None and ally.member_id == actor.organization_id
    return _("Their own word here") if is_own else ""
