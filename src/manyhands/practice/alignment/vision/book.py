"""How lines about live rounds, overlaps and visions read in the book."""

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from ..live import events as live
from ..models import LiveRound, Vision
from . import events


def register() -> None:
    """Called once, when the room is set up."""
    named = _("the vision, version %s")
    register_titles("vision_id", _numbered, "shown", otherwise=_("a vision"), form=str(named))
    for event, template, url in [
        (live.LiveRoundBegun, _("Began {round_id} live, in one room."), _round),
        (live.LiveRoundTurned, lambda facts: str(TURNED.get(facts["phase"], "")).format(**facts), _round),
        (events.OverlapsGathered, _("Put together what is alike in {round_id}: {overlaps}."), _overlaps),
        (events.OverlapCounted, lambda facts: str(COUNTED[facts["is_true"]]).format(**facts), _overlaps),
        (events.VisionBegun, _("Began to write {vision_id}."), _vision),
        (events.VisionChanged, _("Wrote on {vision_id}."), _vision),
        (events.VisionAdopted, _("Wrote down that {vision_id} was adopted, from {contributions} statements."), _vision),
    ]:
        register_sentence(event, template, url)


TURNED = {
    LiveRound.Phase.SILENT.value: _("Went back to writing in silence in {round_id}."),
    LiveRound.Phase.SHOW.value: _("Ended the silence in {round_id}; everyone reads."),
    LiveRound.Phase.RESPOND.value: _("Let everyone in the room answer {round_id}."),
    LiveRound.Phase.OVERLAPS.value: _("Showed the room what is alike in {round_id}."),
    LiveRound.Phase.OVER.value: _("Ended the live part of {round_id}."),
}
COUNTED = {
    True: _("Counted a shared sentence of {round_id}: found true."),
    False: _("Counted a shared sentence of {round_id}: not found true as it stands."),
}


def _numbered() -> QuerySet[Vision]:
    return Vision.objects.annotate(shown=Cast("number", CharField()))


def _round(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:round", slug, entry.facts["round_id"])


def _overlaps(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:overlaps", slug, entry.facts["round_id"])


def _vision(entry: LedgerEntry, slug: str) -> str:
    return address_of("alignment:vision", slug, entry.facts["vision_id"])
