"""Files of influence and of positions: tried, understood, brought in as a whole, taken back as a whole."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Issue, TieList
from .. import writing
from ..events import SurveyBroughtIn, SurveyTakenBack, SurveyTried
from ..files import joining, meaning, reading
from ..tasks import ask_anew
from .issues import name_issue

State = TieList.State


@transaction.atomic
def try_survey(
    *, actor: Actor, file: Path, filename: str, holds: str, source: str, on: date, is_attributed: bool = True
) -> TieList:
    """Read a file of who finds whom influential, or of who stands where, and say what would become of it.

    With `is_attributed` each row names those who have a say over it; otherwise those over whom it has a say.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: a file that holds neither (`Unreadable`); no source, a day to come (`Refused`).
    Tells: `SurveyTried`.
    """
    require(actor, policies.import_list)
    if holds not in {TieList.Holds.INFLUENCE, TieList.Holds.POSITIONS}:
        raise Refused(_("Say what is in the file."))
    if not source.strip():
        raise Refused(_("Say where the file comes from; it is the source of everything in it."))
    if on > localdate():
        raise Refused(_("This day is still to come. Write the day as of which the file speaks."))
    read = reading.read_survey(file, holds)
    listing = TieList(filename=Path(filename).name[:200], holds=holds, source=source.strip()[:300], on=on)
    listing.by_seat_id = actor.seat_id
    listing.content = {
        "shape": read.shape,
        "said": joining.kept(read.said),
        "unread": [list(each) for each in read.refused],
        "is_attributed": is_attributed,
        "values": meaning.values((each.value for each in read.said), holds),
        "issues": meaning.issues(each.what for each in read.said) if holds == TieList.Holds.POSITIONS else {},
    }
    _judge(listing)
    listing.save()
    record(SurveyTried(tie_list_id=listing.pk, statements=len(read.said)), by=actor, about=listing)
    return listing


@transaction.atomic
def understand_survey(
    *, actor: Actor, listing: TieList, values: Mapping[str, str], issues: Mapping[str, str]
) -> TieList:
    """Say what each value means, and which issue each title is; an empty choice leaves it out.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: a meaning that there is not, an issue that is not open, a file that is in already (`Refused`).
    Tells: `SurveyTried`.
    """
    require(actor, policies.import_list, listing)
    listing = _locked(listing, State.TRIED)
    known = {"", *meaning.choices_for(listing.holds)}
    here = {"", meaning.NEW, *map(str, Issue.objects.filter(closed_at=None).values_list("pk", flat=True))}
    if not set(values.values()) <= known or not set(issues.values()) <= here:
        raise Refused(_("One of the choices is not here any more. Look at them again."))
    content = listing.content
    content["values"] = {value: values.get(value, before) for value, before in content["values"].items()}
    content["issues"] = {title: issues.get(title, before) for title, before in content["issues"].items()}
    _judge(listing)
    listing.save()
    record(SurveyTried(tie_list_id=listing.pk, statements=len(content["said"])), by=actor, about=listing)
    return listing


@transaction.atomic
def bring_survey_in(*, actor: Actor, listing: TieList) -> TieList:
    """Write what a tried file says, as ratings of one's own seat or as positions; all of it, or nothing.

    Who: coordinators and stewards; influence only with a seat, since a rating is somebody's
    (`policies.import_list`, `policies.rate_influence`).
    Refuses: a file that is in already or of which nothing can come in; a matrix in which everybody is rated nought,
    which is most often an empty export (`Refused`).
    Tells: `SurveyBroughtIn`, and `IssueNamed` for each issue that is named for it.
    """
    require(actor, policies.import_list, listing)
    if listing.holds == TieList.Holds.INFLUENCE:
        require(actor, policies.rate_influence, listing)
    listing = _locked(listing, State.TRIED)
    joined = joining.join(listing, localdate())
    if not joined.count:
        raise Refused(_("Nothing of this file can come in."))
    if joined.ratings and not any(each.level for each in joined.ratings):
        raise Refused(_("Everybody is rated 0 here. Is this the right file? Nothing was written."))
    seat, at = Seat.objects.filter(pk=actor.seat_id).first(), now()
    new: dict[str, Issue] = {}
    if joined.ratings and seat is not None:
        assert listing.on is not None  # try_survey asks for it
        as_of = datetime.combine(listing.on, time(12), get_current_timezone())
        basis = f"{listing.source} ({listing.on.isoformat()})"[-300:]
        written = writing.write_sways(joined.ratings, basis=basis, seat=seat, at=min(as_of, at))
    else:
        new = {title: name_issue(actor=actor, title=title) for title in joined.new_issues}
        said = [replace(each, issue=each.issue or new[title].pk) for title, each in joined.positions]
        written = writing.write_positions(said, seat=seat, at=at)
    listing.content |= written.as_kept() | {"new_issues": [issue.pk for issue in new.values()], "said": []}
    listing.count_ties, listing.state, listing.brought_at = len(written.new), State.DONE, at
    listing.save()
    ask_anew()
    told = SurveyBroughtIn(tie_list_id=listing.pk, statements=len(written.new), issues=len(new))
    record(told, by=actor, about=listing)
    return listing


@transaction.atomic
def take_survey_back(*, actor: Actor, listing: TieList) -> TieList:
    """Take back what a file wrote; what it had replaced stands again, unless something newer does.

    An issue that was named for it goes too, if nothing else was written on it.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: a file that was not brought in (`Refused`).
    Tells: `SurveyTakenBack`.
    """
    require(actor, policies.import_list, listing)
    listing = _locked(listing, State.DONE)
    is_influence = listing.holds == TieList.Holds.INFLUENCE
    gone = (writing.take_sways_back if is_influence else writing.take_positions_back)(listing.content)
    Issue.objects.filter(pk__in=listing.content["new_issues"], positions=None, closed_at=None).delete()
    listing.state = State.UNDONE
    listing.save()
    ask_anew()
    record(SurveyTakenBack(tie_list_id=listing.pk, statements=gone), by=actor, about=listing)
    return listing


def _judge(listing: TieList) -> None:
    """Count what would come in, and note what cannot."""
    joined = joining.join(listing, localdate())
    listing.count_ties = joined.count
    refused = [*map(tuple, listing.content["unread"]), *joined.refused]
    listing.content["refused"] = [list(each) for each in sorted(set(refused))]  # a row of a matrix, once for a reason
    listing.content["new_issues"] = joined.new_issues
    listing.count_refused = len(refused)


def _locked(listing: TieList, state: str) -> TieList:
    found = TieList.objects.select_for_update(no_key=True).get(pk=listing.pk)
    if found.state != state or found.holds == TieList.Holds.TIES:
        raise Refused(_("This file has moved on meanwhile. Look at it again."))
    return found
