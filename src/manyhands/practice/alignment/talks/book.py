"""How the one line about closed talks reads in the book."""

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.sentences import register_sentence

from . import events


def register() -> None:
    """Called once, when the room is set up."""
    register_sentence(events.TalkErased, _("Erased a closed talk of {posts} posts, as was said when it began."))
