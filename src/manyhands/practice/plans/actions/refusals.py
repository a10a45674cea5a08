"""Why a deed was refused, in sentences that pages show as they are."""

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something about the plan does not allow the deed now."""

    sentence = _("This cannot be done now.")

    def __init__(self, sentence: object = "") -> None:
        super().__init__(str(sentence or self.sentence))


class NotNow(Refusal):
    """The task or the goal is not where this deed would find it."""

    sentence = _("This task went on while you were reading. Look at where it stands now.")


class TakenAlready(Refusal):
    """Somebody is accountable already, or has been asked."""

    sentence = _("Somebody else was faster: this task has someone accountable now.")


class NotYours(Refusal):
    """The row belongs to another goal than the one named."""

    sentence = _("That objective belongs to another goal.")


class AlreadyCorrected(Refusal):
    """The measurement has a newer version; that is the one to correct."""

    sentence = _("That measurement was corrected already. Correct the newer one.")
