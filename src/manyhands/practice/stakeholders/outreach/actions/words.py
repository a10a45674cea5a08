"""Words to begin with, and the menu of what people could do for us."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import ChangedMeanwhile, Refused
from ...models import Contact, InvitedContribution, MenuItem, Offer, Script
from ..events import MenuRetired, MenuWritten, ScriptRetired, ScriptWritten


@transaction.atomic
def write_script(*, actor: Actor, name: str, text: str, motive: str = "", script: Script | None = None) -> Script:
    """Write words to begin with, or change them. Words that were used stay as they were, with their answers: changed
    ones begin to count anew.

    Who: everyone who works here (`policies.write_scripts`).
    Refuses: no name or no words (`Refused`); words that were put away meanwhile (`ChangedMeanwhile`).
    Tells: `ScriptWritten`.
    """
    require(actor, policies.write_scripts, *([script] if script else []))
    if not name.strip() or not text.strip():
        raise Refused(_("Words need a name by which they are found, and a text."))
    wanted = Script(written_by_id=actor.seat_id)
    if script is not None:
        known = Script.objects.select_for_update(of=("self",), no_key=True).get(pk=script.pk)
        if known.retired_at:
            raise ChangedMeanwhile(known.pk)
        if known.text != text.strip() and Contact.objects.filter(script=known).exists():
            known.retired_at = now()
            known.save(update_fields=["retired_at"])
        else:
            wanted = known
    wanted.name, wanted.motive, wanted.text = name.strip(), motive.strip(), text.strip()
    wanted.save()
    record(ScriptWritten(script_id=wanted.pk), by=actor, about=wanted)
    return wanted


@transaction.atomic
def retire_script(*, actor: Actor, script: Script, is_retired: bool = True) -> Script:
    """Put words away, or take them out again. What they achieved stays on record.

    Who: everyone who works here (`policies.write_scripts`).
    Refuses: nothing.
    Tells: `ScriptRetired`.
    """
    require(actor, policies.write_scripts, script)
    script.retired_at = now() if is_retired else None
    script.save(update_fields=["retired_at"])
    record(ScriptRetired(script_id=script.pk, is_retired=is_retired), by=actor, about=script)
    return script


@transaction.atomic
def write_menu_item(
    *, actor: Actor, text: str, kind: str = MenuItem.Kind.HOURS, item: MenuItem | None = None
) -> MenuItem:
    """Write on the menu one concrete thing that somebody could do for us, or change it before anybody was asked.

    Who: everyone who works here (`policies.write_scripts`).
    Refuses: no words; a kind there is not; changing what stands on an invitation or an offer (`Refused`).
    Tells: `MenuWritten`.
    """
    require(actor, policies.write_scripts, *([item] if item else []))
    if not text.strip() or kind not in MenuItem.Kind.values:
        raise Refused(_("Say in a few words what somebody could do, and of what kind it is."))
    wanted = item or MenuItem(written_by_id=actor.seat_id)
    same_words = (wanted.text, wanted.kind) == (text.strip(), kind)
    if item is not None and not same_words and _was_asked(item):
        raise Refused(_("People were asked with these words. Take it off the menu and write a new one."))
    wanted.text, wanted.kind = text.strip(), kind
    wanted.save()
    record(MenuWritten(menu_item_id=wanted.pk), by=actor, about=wanted)
    return wanted


@transaction.atomic
def retire_menu_item(*, actor: Actor, item: MenuItem, is_retired: bool = True) -> MenuItem:
    """Take something off the menu, or put it back. Invitations that name it stay as they are.

    Who: everyone who works here (`policies.write_scripts`).
    Refuses: nothing.
    Tells: `MenuRetired`.
    """
    require(actor, policies.write_scripts, item)
    item.retired_at = now() if is_retired else None
    item.save(update_fields=["retired_at"])
    record(MenuRetired(menu_item_id=item.pk, is_retired=is_retired), by=actor, about=item)
    return item


def _was_asked(item: MenuItem) -> bool:
    return InvitedContribution.objects.filter(item=item).exists() or Offer.objects.filter(item=item).exists()
