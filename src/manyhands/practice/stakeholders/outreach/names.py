"""Names that are called out: where they come from, and whether one like it is on the list already."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from ..models import Stakeholder
from ..rules import folded, match_key

#: From here on two names are shown to a person as perhaps the same.
ALIKE = 90
#: Names are compared one by one only among so many, those that share a word first.
MOST_COMPARED = 2000


def same_name(name: str) -> Stakeholder | None:
    """The ally of exactly this name, signs and accents left aside, wherever it is."""
    key = match_key(name)
    begin = key.rpartition("|")[0] + "|"
    return Stakeholder.objects.filter(match_key__startswith=begin).order_by("pk").first()


def looks_like(name: str) -> Stakeholder | None:
    """The ally whose name is nearly this one: a letter more, or the words in another order."""
    wanted = folded(name)
    found = Stakeholder.objects.none()
    for word in sorted(wanted.split(), key=len, reverse=True)[:3]:
        if len(word) >= 4:
            found = found | Stakeholder.objects.filter(search_text__contains=word[:-1])
    known = list(found.order_by("pk").values_list("pk", "name")[:MOST_COMPARED])
    names = [folded(one) for _pk, one in known]
    best = process.extractOne(wanted, names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return Stakeholder.objects.get(pk=known[best[2]][0]) if best else None


def source_of_today() -> str:
    """What is written as the source of names called out today."""
    return _("Brainstorm of %(day)s") % {"day": localdate().isoformat()}
