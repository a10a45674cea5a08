"""Why a deed was refused, in sentences that pages show as they are."""

from django.utils.translation import gettext_lazy as _

from manyhands.practice.governance.asking import Asking


class Refusal(Exception):
    """Something about the proposal does not allow the deed now."""

    sentence = _("This cannot be done now.")

    def __init__(self, sentence: object = "") -> None:
        super().__init__(str(sentence or self.sentence))


class NotNow(Refusal):
    """The proposal is not in a phase in which this can be done."""

    sentence = _("This proposal went on while you were reading it. Look at where it stands now.")


class ChangedMeanwhile(Refusal):
    """Somebody wrote a newer version while this one was being written."""

    sentence = _("Somebody changed the text while you were writing. Compare with the newer version, then save again.")


class JoinedForOthers(Refusal):
    """The organization is here for other goals only."""

    sentence = _("Your organization joined for other goals only, so its name is not used for this one.")


class NotEveryoneAsked(Refusal):
    """A goal would go on although an active member was never asked; `asking` says who."""

    def __init__(self, asking: Asking) -> None:
        super().__init__(asking.sentence())
        self.asking = asking


class TooFewStand(Refusal):
    """A goal would go on although fewer than two organizations stand for it, or would be left with fewer."""

    sentence = _("A goal needs two organizations that stand for it before it is decided.")


class NotEligible(Refusal):
    """The organization was not a member with a vote when the decide phase opened."""

    sentence = _("Your organization had no vote here when the decide phase opened.")


class NothingToSay(Refusal):
    """A deed that needs words came without any."""

    sentence = _("Say it in a few words, so that others can deal with it.")


class NoNotice(Refusal):
    """The closing day comes sooner than the rule allows."""

    sentence = _("Members must hear of it earlier than that.")


class StancesMissing(Refusal):
    """The closing day has not come, and not everyone has taken a stance."""

    sentence = _("It can be closed on its closing day, or as soon as everyone has a stance.")
