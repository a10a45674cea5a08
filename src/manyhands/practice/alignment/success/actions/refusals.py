"""Why a deed of this part is not done."""


class Refused(Exception):
    """It cannot be done as asked; the sentence says why."""


class ChangedMeanwhile(Exception):
    """Somebody else was faster."""
