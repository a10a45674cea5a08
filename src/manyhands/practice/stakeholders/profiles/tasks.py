"""Notes end by themselves: what was written about people who never joined is kept for twelve months at most."""

from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import localdate, now

from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import job

from ..models import Contact, Input, ProfileEntry, Stakeholder
from . import rules


@every(hours=24, each_coalition=True)
@job(max_tries=3)
def erase_expired_notes(progress: Progress) -> None:
    """Erase notes whose time has run out, and what we wrote about people who never joined a year ago."""
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
    count += outsiders.filter(updated_at__date__lt=a_year_ago).exclude(note="").update(note="")
    return count
