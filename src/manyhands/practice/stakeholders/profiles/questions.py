"""The interview guide: a short list of questions of our own, what each answer is about, and how we say it of us."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import ProfileEntry

About = ProfileEntry.About


@dataclass(frozen=True)
class Question:
    """One question, where its answer belongs, and a word on how to ask it."""

    text: Any
    about: str
    hint: Any = ""


#: By key, in the order of a talk: first what they see, then what they need, then what they could do.
GUIDE: dict[str, Question] = {
    "see": Question(
        _("What do you see in your own daily work that has to do with this?"),
        About.MOTIVE,
        _("Let them tell a story. Write down their words, not yours."),
    ),
    "matters": Question(_("If it went well, what would change for the people you answer to?"), About.MOTIVE),
    "show": Question(
        _("What would you have to show your own board, members or voters?"),
        About.GAIN,
        _("A figure, a picture, a name on a door."),
    ),
    "done": Question(_("What do you want to get done yourselves in the next year?"), About.AGENDA),
    "never": Question(
        _("What could you never agree to?"), About.RED_LINE, _("Do not argue. Thank them for saying it now.")
    ),
    "cannot": Question(_("What can you not do, even if you wanted to?"), About.LIMITS, _("Time, money, rules.")),
    "bring": Question(_("What could you bring that nobody else here has?"), About.BRINGS),
    "from_us": Question(_("What would you want from us?"), About.WANTS),
    "whom": Question(_("Whom do you reach, and who listens to you?"), About.REACHES),
}

#: What each kind is called on the page of one's own organization.
OF_US: dict[str, Any] = {
    About.MOTIVE: _("Why we care"),
    About.GAIN: _("What we need to show our own people"),
    About.RED_LINE: _("What we cannot accept"),
    About.AGENDA: _("What we want to get done"),
    About.LIMITS: _("What we cannot do"),
    About.BRINGS: _("What we bring"),
    About.WANTS: _("What we want from the others"),
    About.DOES: _("What we do"),
    About.REACHES: _("Whom we reach"),
    About.NOTE: _("Note"),
}
