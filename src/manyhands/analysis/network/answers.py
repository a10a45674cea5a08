"""How much of what could have been said was said: who rated their ties, of those who could."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

METHOD = "response coverage 1"


@dataclass(frozen=True)
class ResponseCoverage:
    """Answers given, of those that could have been.

    Attributes
    ----------
    answers, of_answers : int
        Sides of ties that were rated, and that could have been.
    raters, of_raters : int
        Those who rated at least one of theirs, and those who had one to rate.
    silent : tuple of str
        Those who had one to rate and rated none, in the order given.
    """

    answers: int
    of_answers: int
    raters: int
    of_raters: int
    silent: tuple[str, ...]
    method: str = METHOD

    @property
    def share(self) -> float | None:
        """Answers over possible answers, 0 to 1; None if nobody had anything to rate."""
        return self.answers / self.of_answers if self.of_answers else None


def response_coverage(could: Iterable[tuple[str, str]], given: Iterable[tuple[str, str]]) -> ResponseCoverage:
    """Who rated, of those who could.

    A missing answer is not an answer of 0: a figure of ties that rests on half of the answers says so.

    Parameters
    ----------
    could : iterable of (str, str)
        Who could have rated the tie to whom. A pair named twice counts once.
    given : iterable of (str, str)
        The ratings there are, whatever they say; those of pairs that nobody asked for do not count.

    Returns
    -------
    ResponseCoverage

    Examples
    --------
    The clinic rated one of its two ties, the union none of its own:

    >>> found = response_coverage([("clinic", "union"), ("clinic", "port"), ("union", "clinic")], [("clinic", "port")])
    >>> round(found.share, 3), (found.raters, found.of_raters), found.silent
    (0.333, (1, 2), ('union',))
    """
    possible = dict.fromkeys(could)
    there = set(given) & possible.keys()
    everyone = dict.fromkeys(rater for rater, _rated in possible)
    spoke = {rater for rater, _rated in there}
    silent = tuple(rater for rater in everyone if rater not in spoke)
    return ResponseCoverage(len(there), len(possible), len(spoke), len(everyone), silent)
