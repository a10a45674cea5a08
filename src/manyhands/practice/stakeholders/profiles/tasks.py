"""Notes end by themselves: what was written about people who never joined is kept for twelve months at most.

So does what says that somebody is against us: after twelve months it has to be found out anew.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import localdate, now

from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import job

from ..models import Contact, Input, ProfileEntry, Stakeholder
from ..notes import NO_NOTE
from ..positions.rules import months_before
from ..rules import AGAINST
from . import rules


@every(hours=24, each_coalition=True)
@job(max_tries=3)
def erase_expired_notes(progress: Progress) -> None:
    """Erase notes whose time has run out, what we wrote a year ago about people who never joined or are against us."""
    progress.update(done=erase_what_ended(), of=None)


def erase_what_ended() -> int:
    """Erase everything in this coalition whose time has run out; gives how many rows were touched."""
    today = localdate()
    a_year_ago = today - timedelta(days=365)
    taken_back = now() - timedelta(days=rules.UNDO_DAYS)
    ended = Q(expires_on__lt=today) | Q(expires_on__isnull=False, replaced_at__lt=taken_back)
    count, _each = ProfileEntry.objects.filter(ended).delete()
    outsiders = Stakeholder.with_removed.filter(kind=Stakeholder.Kind.PERSON, member=None)
    people = Q(stakeholder__in=outsiders.values("pk"))
    count += Contact.objects.filter(people, on__lt=a_year_ago).exclude(text="").update(text="")
    # Whoever was told what became of it has had their answer; the count of what was heard stays.
    count += Input.objects.filter(people, told_on__lt=a_year_ago).exclude(text="").update(text="")
    against = Stakeholder.with_removed.filter(stance__in=AGAINST, stance_on__lt=months_before(today, 12))
    count += against.update(stance="", stance_source="", stance_on=None, updated_at=now())
    count += outsiders.filter(note_until__lt=today).update(note="", **NO_NOTE, updated_at=now())
    return count
