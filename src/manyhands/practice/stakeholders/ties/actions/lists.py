"""Files of ties: tried first, brought in as a whole, taken back as a whole."""

from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Stakeholder, Tie, TieList
from .. import drawing_up, files, joining, writing
from ..events import TieListDiscarded, TieListTried, TiesBroughtIn, TiesTakenBack


@transaction.atomic
def try_ties(
    *,
    actor: Actor,
    file: Path,
    filename: str,
    source: str,
    second: Path | None = None,
    is_turned: bool = False,
    kind: str = Tie.Kind.WORKS_WITH,
    adds_actors: bool = True,
) -> TieList:
    """Read a file of ties, or a map with its actors, and say what would become of each row; writes none of it.

    A map may come as two files: elements and connections, in either order. With `is_turned`, each row names those who
    fund, inform or move it, instead of those whom it funds, informs or moves.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: a file that holds no ties and no actors (`Unreadable`), an unknown kind, no source (`Refused`).
    Tells: `TieListTried`.
    """
    require(actor, policies.import_list)
    if kind not in Tie.Kind.values:
        raise Refused(_("There is no such kind of tie."))
    if not source.strip():
        raise Refused(_("Say where the file comes from; it is kept with every tie."))
    read = files.read_ties([file, second] if second is not None else file, kind, is_turned=is_turned)
    joined = joining.join(read, adds_actors=adds_actors, source=source, today=localdate())
    content = files.kept(read)
    content["refused"] = sorted([*content["refused"], *_told(joined, read.shape)])
    content["out"] = {
        "ties": [row for row, _why in joined.refused],
        "actors": [row for row, _why in joined.refused_actors],
    }
    content["counts"] = _counts(joined)
    listing = TieList(
        filename=Path(filename).name[:200],
        source=source.strip()[:300],
        kind=kind,
        adds_actors=adds_actors,
        content=content,
        count_ties=len(joined.ties),
        count_actors=len(joined.added),
        count_refused=len(content["refused"]),
        by_seat_id=actor.seat_id,
    )
    listing.save()
    record(
        TieListTried(tie_list_id=listing.pk, ties=listing.count_ties, refused=listing.count_refused),
        by=actor,
        about=listing,
    )
    return listing


@transaction.atomic
def bring_ties_in(*, actor: Actor, listing: TieList) -> TieList:
    """Write the ties of a file that was tried, and the allies they name; all of it, or nothing.

    What changed since the trial is looked at again: a tie that somebody wrote meanwhile is left alone.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: a file that was brought in or taken back already, and one without a single tie to write (`Refused`).
    Tells: `TiesBroughtIn`.
    """
    require(actor, policies.import_list, listing)
    listing = TieList.objects.select_for_update(no_key=True).get(pk=listing.pk)
    if listing.state != TieList.State.TRIED:
        raise Refused(_("This file has been brought in already."))
    joined = joining.join(
        files.Read(ties=files.ties_again(listing.content), actors=files.actors_again(listing.content)),
        adds_actors=listing.adds_actors,
        source=listing.source,
        today=localdate(),
    )
    if joined.is_empty:
        raise Refused(_("Nothing of this file can come in."))
    added = writing.add_actors(joined.added, listing)
    allies, kept_allies = writing.change_allies(joined.changed_allies)
    rows = Stakeholder.objects.in_bulk(
        {pk for pair in joined.ties for name in pair[:2] if (pk := joined.known.get(name))}
    )
    of = {**{name: rows[pk] for name, pk in joined.known.items() if pk in rows}, **added}
    # The seat itself, not its number: each row would ask for it again to see whose it is.
    seat = Seat.objects.filter(pk=actor.seat_id).first()
    ties = []
    for one, other, tie in joined.ties:
        tie.one, tie.other, tie.from_list, tie.claimed_by = of[one], of[other], listing, seat
        ties.append(tie)
    writing.add_ties(ties)
    changed, kept_ties = writing.change_ties(joined.changed_ties)
    listing.state, listing.count_ties, listing.count_actors = TieList.State.DONE, len(ties), len(added)
    listing.content = {
        **listing.content,
        "counts": _counts(joined),
        "added": [row.pk for row in added.values()],
        "changed_allies": kept_allies,
        "changed_ties": kept_ties,
        "ties": [],
        "actors": [],
    }
    listing.brought_at = now()
    listing.save()
    drawing_up.ask_for_a_drawing()
    record(
        TiesBroughtIn(tie_list_id=listing.pk, ties=len(ties), added=len(added), changed=allies + changed),
        by=actor,
        about=listing,
    )
    return listing


@transaction.atomic
def take_ties_back(*, actor: Actor, listing: TieList) -> TieList:
    """Take back a file of ties: its ties never were, allies that came with it go off the list, changes are undone.

    Ties and allies that somebody has worked on since are kept.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: a file that was not brought in (`Refused`).
    Tells: `TiesTakenBack`.
    """
    require(actor, policies.import_list, listing)
    listing = TieList.objects.select_for_update(no_key=True).get(pk=listing.pk)
    if listing.state != TieList.State.DONE:
        raise Refused(_("This file has not been brought in."))
    untouched = Tie.objects.filter(from_list=listing, ended_on=None, version=1)
    # Ended on the day it began, so that it shows on the map of no day.
    ended = untouched.update(ended_on=Coalesce("since", "seen_on"), version=F("version") + 1)
    restored = writing.take_changes_back(listing.content)
    removed = writing.take_actors_off(listing.content.get("added", []))
    listing.state = TieList.State.UNDONE
    listing.save()
    drawing_up.ask_for_a_drawing()
    record(
        TiesTakenBack(tie_list_id=listing.pk, ties=ended, removed=removed, restored=restored),
        by=actor,
        about=listing,
    )
    return listing


@transaction.atomic
def discard_tie_list(*, actor: Actor, listing: TieList) -> None:
    """Throw away a file of ties before anything of it was brought in.

    Who: coordinators and stewards (`policies.import_list`).
    Refuses: a file that was brought in (`Refused`).
    Tells: `TieListDiscarded`.
    """
    require(actor, policies.import_list, listing)
    if listing.state != TieList.State.TRIED:
        raise Refused(_("This file has been brought in. Take it back instead."))
    record(TieListDiscarded(tie_list_id=listing.pk), by=actor, about=listing)
    listing.delete()


def _told(joined: joining.Joined, shape: str) -> list[list[int | str]]:
    """Rows that cannot come in, with the half of a map they stand in: both halves have a row of that number."""
    if shape != "map":
        return [[row, why] for row, why in [*joined.refused, *joined.refused_actors]]
    halves = ((_("Actors"), joined.refused_actors), (_("Ties"), joined.refused))
    return [[row, f"{half}: {why}"] for half, rows in halves for row, why in rows]


def _counts(joined: joining.Joined) -> dict[str, int]:
    """What the page says beside the new ties and the new allies."""
    return {
        "changed_ties": len(joined.changed_ties),
        "changed_allies": len(joined.changed_allies),
        "same": joined.same,
    }
