"""Reading approval ballots: JSON in the layout of abcvoting's instances, or Pabulib's ``.pb``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manyhands.analysis.proportional.ballots import Ballots, approval_ballots
from manyhands.analysis.proportional.pabulib import is_pabulib, pabulib_ballots
from manyhands.analysis.tables import BadInput

#: The longest file this reads.
LARGEST_FILE = 256 * 1024**2


@dataclass(frozen=True, eq=False)
class BallotFile:
    """Ballots with what else the file said.

    Attributes
    ----------
    ballots : Ballots
    ids : dict
        The id of each candidate as the file writes it: a whole number in JSON without names.
    must_haves : tuple of str
        Named by a JSON file under ``must_have``.
    funded : frozenset of str or None
        What a ``.pb`` file says was really funded; None if it does not say.
    titles : dict
        Longer names of candidates, if any.
    """

    ballots: Ballots
    ids: Mapping[str, int | str]
    must_haves: tuple[str, ...] = ()
    funded: frozenset[str] | None = None
    titles: Mapping[str, str] | None = None


def read_ballots(path: str | Path, *, size: int | None = None, budget: str | None = None) -> BallotFile:
    """Read approval ballots.

    Parameters
    ----------
    path : path
        A ``.pb`` file of Pabulib, or JSON: ``profile`` (for each voter a list of what they approve),
        ``num_cand``, ``committeesize``, and if wanted ``candidates`` (names), ``voters``, ``voter_weights``,
        ``costs`` with ``budget``, ``must_have``. Candidates are numbers from 0, or names.
    size, budget : optional
        Instead of the number to choose, or the budget, that the file tells.

    Returns
    -------
    BallotFile

    Raises
    ------
    BadInput
        With one sentence that says what is wrong.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "goals.json")
    ...     _ = file.write_text('{"profile": [[0, 1], [2]], "num_cand": 3, "committeesize": 2}')
    ...     read_ballots(file).ballots
    Ballots(2 voters, 3 candidates, budget 2)
    """
    text = _text(Path(path))
    if is_pabulib(text):
        found = pabulib_ballots(text)
        ballots = found.ballots
        if size is not None:
            raise BadInput("A .pb file has costs, so give a budget instead of a number to choose.")
        if budget is not None:
            ballots = ballots.with_budget(budget)
        return BallotFile(ballots, {name: name for name in ballots.candidates}, (), found.funded, found.titles)
    return _from_json(text, size, budget)


def _text(path: Path) -> str:
    if path.is_dir():
        raise BadInput(f"{path.name} is a folder, not a file.")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput("The file is larger than 256 MB, which is the most that can be read.")
        content = path.read_bytes()
    except OSError as problem:
        raise BadInput(f"The file {path.name} cannot be opened: {problem.strerror or problem}.") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("The file is not text in UTF-8.") from None
    if not text.strip():
        raise BadInput("The file is empty.")
    return text


def _from_json(text: str, size: int | None, budget: str | None) -> BallotFile:
    try:
        given = json.loads(text)
    except (json.JSONDecodeError, RecursionError, ValueError):
        raise BadInput("The file is neither JSON nor a .pb file of Pabulib.") from None
    if not isinstance(given, dict) or "profile" not in given:
        raise BadInput("The JSON must be an object with a list of ballots under 'profile'.")
    profile = _list(given, "profile") or []
    names = _names(given, profile)
    place = {name: number for number, name in enumerate(names)}
    ballots = [
        [_name(each, names, place, voter) for each in _ballot(own, voter)] for voter, own in enumerate(profile, 1)
    ]
    if given.get("num_voters") not in (None, len(profile)):
        raise BadInput(f"The file speaks of {given['num_voters']} voters but has {len(profile)} ballots.")
    costs = _list(given, "costs")
    limit: Any = budget if costs is not None and budget is not None else given.get("budget")
    if costs is None:
        if budget is not None:
            raise BadInput("The file has no costs, so give a number to choose instead of a budget.")
        limit = size if size is not None else given.get("committeesize")
        if isinstance(limit, bool) or not isinstance(limit, int):
            raise BadInput("The file must tell under 'committeesize' how many to choose, as a whole number.")
    elif limit is None:
        raise BadInput("The file has costs, so it must tell the budget under 'budget'.")
    voters = _list(given, "voters")
    found = approval_ballots(
        ballots,
        limit,
        candidates=names,
        costs=costs,
        weights=_list(given, "voter_weights"),
        voters=None if voters is None else [str(each) for each in voters],
    )
    numbered = "candidates" not in given and all(name.isdigit() for name in names)
    ids: dict[str, int | str] = {name: int(name) if numbered else name for name in names}
    must = _list(given, "must_have") or []
    return BallotFile(found, ids, tuple(_name(each, names, place, None) for each in must))


def _list(given: Mapping[str, Any], key: str) -> list[Any] | None:
    value = given.get(key)
    if value is not None and not isinstance(value, list):
        raise BadInput(f"What stands under {key!r} must be a list.")
    return value


def _names(given: Mapping[str, Any], profile: Sequence[Any]) -> list[str]:
    """Names of all candidates, in the stated order."""
    listed, number = _list(given, "candidates"), given.get("num_cand")
    if number is not None and (isinstance(number, bool) or not isinstance(number, int) or not 0 < number <= 10**6):
        raise BadInput("What stands under 'num_cand' must be a whole number from 1 to 1,000,000.")
    if listed is not None:
        if number not in (None, len(listed)):
            raise BadInput(f"The file speaks of {number} candidates but names {len(listed)}.")
        return [str(each) for each in listed]
    if number is not None:
        return [str(at) for at in range(number)]
    seen = dict.fromkeys(str(each) for own in profile if isinstance(own, list) for each in own)
    return sorted(seen, key=int) if all(name.isdigit() for name in seen) else list(seen)


def _ballot(own: Any, voter: int) -> list[Any]:
    if not isinstance(own, list):
        raise BadInput(f"Ballot {voter} must be a list of candidates.")
    return own


def _name(each: Any, names: Sequence[str], place: Mapping[str, int], voter: int | None) -> str:
    """A candidate given as a number from 0 or by name."""
    where = "The list of must-haves" if voter is None else f"Ballot {voter}"
    if isinstance(each, int) and not isinstance(each, bool):
        if str(each) in place:
            return str(each)
        if 0 <= each < len(names):
            return names[each]
    elif isinstance(each, str) and each in place:
        return each
    raise BadInput(f"{where} names {str(each)[:40]!r}, which is not a candidate.")
