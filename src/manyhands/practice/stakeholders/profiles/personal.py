"""What the allies know about a person: in the copy of their data, and erased when they ask."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.timezone import now

from manyhands.foundation.coalitions.models import Seat

from ..matching import personal as joined
from ..models import Contact, Input, Position, ProfileEntry, Rating, Script, Stakeholder, Tie

_OTHERS = (
    "also_known_as", "identifier", "sector", "street", "postal_code", "city", "region", "country", "website", "tags",
    "next_step", "next_step_on", "not_before", "never_because", "places", "people_reached", "extra",
)  # fmt: skip


def export(seat_ids: list[int]) -> dict[str, Any]:
    """Notes about the person, whoever may read them, and what the person wrote about others."""
    return {
        **held_about(_records(seat_ids)),
        "profile_entries_you_wrote": list(
            ProfileEntry.objects.filter(by_seat_id__in=seat_ids).values("stakeholder__name", "about", "text", "source")
        ),
        "contacts_you_logged": list(
            Contact.objects.filter(by_seat_id__in=seat_ids).values("stakeholder__name", "on", "how", "outcome", "text")
        ),
        "scripts_you_wrote": list(Script.objects.filter(written_by_id__in=seat_ids).values("name", "text")),
    }


def held_about(records: Iterable[Stakeholder]) -> dict[str, Any]:
    """Everything held about a person in these records, and in those that were joined with them."""
    found = joined.with_joined(records)
    return {
        "records_about_you": [_record(ally) for ally in found],
        "records_about_you_that_were_joined": joined.export(found),
    }


def erase(seat_ids: list[int]) -> None:
    """Forget what was noted about the person; the record leaves the list, and is gone when undo has run out."""
    records = joined.with_joined(_records(seat_ids))
    joined.forget(records)
    for ally in records:
        ProfileEntry.objects.filter(stakeholder=ally).delete()
        Contact.objects.filter(stakeholder=ally).update(text="")
        Input.objects.filter(stakeholder=ally).update(text="", became="", state=Input.State.HEARD)
        for name in ("also_known_as", "identifier", "street", "city", "region", "postal_code", "website", "email",
                     "phone", "about", "note", "tags", "stance", "stance_source", "next_step", "places"):  # fmt: skip
            setattr(ally, name, "")
        ally.stance_on = None
        ally.name, ally.extra, ally.removed_at = "Erased at their wish", {}, ally.removed_at or now()
        ally.version += 1
        ally.save()


def _records(seat_ids: list[int]) -> QuerySet[Stakeholder]:
    """Records of the person themselves: a person with the address they sign in with."""
    addresses = [
        email.lower() for email in Seat.objects.filter(pk__in=seat_ids).values_list("person__email", flat=True) if email
    ]
    people = Stakeholder.with_removed.filter(kind=Stakeholder.Kind.PERSON).exclude(email="")
    return people.annotate(address=Lower("email")).filter(address__in=addresses)


def _record(ally: Stakeholder) -> dict[str, Any]:
    entries = ProfileEntry.objects.filter(stakeholder=ally).order_by("id")
    inputs = Input.objects.filter(stakeholder=ally).order_by("id")
    return {
        "name": ally.name,
        "source": ally.source,
        "about": ally.about,
        "note": ally.note,
        "note_source": ally.note_source,
        "note_is_needed_for": ally.note_purpose,
        "note_written": ally.note_on,
        "note_is_kept_until": ally.note_until,
        "e-mail": ally.email,
        "phone": ally.phone,
        "where_they_stand": ally.stance,
        "how_we_know": ally.stance_source,
        "as_of": ally.stance_on,
        "stage": ally.stage,
        "interest": ally.interest if ally.raters else None,
        "influence": ally.influence if ally.raters else None,
        "notes": list(
            entries.values(
                "about", "text", "source", "said_on", "purpose", "readers", "expires_on", "has_consent", "replaced_at"
            )
        ),
        "contacts": list(
            Contact.objects.filter(stakeholder=ally).order_by("id").values("on", "how", "outcome", "text")
        ),
        "other_particulars": {name: value for name in _OTHERS if (value := getattr(ally, name))},
        "positions": list(
            Position.objects.filter(stakeholder=ally).values("issue__title", "wedge", "source", "on", "replaced_at")
        ),
        "ties": [
            {
                "with": (tie.other if tie.one_id == ally.pk else tie.one).name,
                "kind": tie.kind,
                "level": tie.level,
                "source": tie.source,
                "seen_on": tie.seen_on,
            }
            for tie in Tie.objects.filter(Q(one=ally) | Q(other=ally)).select_related("one", "other")
        ],
        "ratings": list(Rating.objects.filter(stakeholder=ally).values("interest", "influence", "basis", "rated_at")),
        "what_they_told_us": list(inputs.values("on", "text", "state", "became", "told_on")),
    }
