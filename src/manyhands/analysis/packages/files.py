"""Reading a negotiation from JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from manyhands.analysis.packages.adjusted_winner import Division, adjusted_winner
from manyhands.analysis.packages.negotiation import Negotiation, Terms, negotiation
from manyhands.analysis.tables import BadInput

#: The longest file this reads.
LARGEST_FILE = 16 * 1024**2


def read_negotiation(path: str | Path) -> Negotiation | Division:
    """Read a negotiation; or divide items between two parties, if the file has items instead of issues.

    Parameters
    ----------
    path : path
        JSON: ``issues``, a list of ``{"name", "options"}``; ``parties``, a list of ``{"name", "points",
        "walk_away", "red_lines"}``, with ``points`` by issue and option and ``red_lines`` as options by issue;
        and if wanted ``points_total``, a number or ``"any"``. Or ``items``, a list of names, and two
        ``parties`` with ``points`` by item.

    Returns
    -------
    Negotiation or Division

    Raises
    ------
    BadInput
        With one sentence that says what is wrong.
    """
    given = _object(_read(Path(path)), "The file")
    parties = _named(given, "parties")
    if "items" in given:
        if "issues" in given:
            raise BadInput("The file has both issues and items; it must have one of them.")
        wanted = [str(item) for item in _list(given, "items")]
        if len(set(wanted)) < len(wanted):
            raise BadInput("Two items have the same name.")
        told = {name: _object(party.get("points"), f"What {name} gives") for name, party in parties.items()}
        for name, own in told.items():
            odd = sorted(set(own) ^ set(wanted))
            if odd:
                raise BadInput(f"{name} must give points to every item and nothing else; see {odd[0][:60]!r}.")
        return adjusted_winner({name: {item: own[item] for item in wanted} for name, own in told.items()})
    issues = {name: [str(each) for each in _list(issue, "options")] for name, issue in _named(given, "issues").items()}
    total = given.get("points_total", 100)
    terms = {name: _terms(name, party) for name, party in parties.items()}
    return negotiation(issues, terms, points_total=None if total == "any" else total)


def _terms(name: str, party: Mapping[str, Any]) -> Terms:
    points = _object(party.get("points"), f"What {name} gives")
    lines = party.get("red_lines")
    red = {} if lines is None else _object(lines, f"The red lines of {name}")
    for options in red.values():
        if not isinstance(options, list):
            raise BadInput(f"The red lines of {name} must be lists of options by issue.")
    return Terms(
        {issue: _object(own, f"What {name} gives to {issue[:60]!r}") for issue, own in points.items()},
        party.get("walk_away"),
        {issue: [str(each) for each in options] for issue, options in red.items()},
    )


def _read(path: Path) -> Any:
    if path.is_dir():
        raise BadInput(f"{path.name} is a folder, not a file.")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput("The file is larger than 16 MB, which is the most that can be read.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise BadInput(f"The file {path.name} cannot be opened: {problem.strerror or problem}.") from None
    except UnicodeDecodeError:
        raise BadInput("The file is not text in UTF-8.") from None
    if not text.strip():
        raise BadInput("The file is empty.")
    try:
        return json.loads(text, object_pairs_hook=_once)
    except BadInput:
        raise
    except (ValueError, RecursionError):
        raise BadInput("The file is not JSON, or is cut short.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names all differ; a name that came twice would silently lose the first."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise BadInput(f"The file names {max(names, key=names.count)[:60]!r} twice in one object.")
    return found


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadInput(f"{what} must be a JSON object, with names and what belongs to them.")
    return value


def _list(given: Mapping[str, Any], key: str) -> list[Any]:
    value = given.get(key)
    if not isinstance(value, list):
        raise BadInput(f"There must be a list under {key!r}.")
    return value


def _named(given: Mapping[str, Any], key: str) -> dict[str, dict[str, Any]]:
    """Objects of a list by their name."""
    found: dict[str, dict[str, Any]] = {}
    for each in _list(given, key):
        own = _object(each, f"Each of the {key}")
        name = str(own.get("name", "")).strip()
        if not name:
            raise BadInput(f"One of the {key} has no name.")
        if name in found:
            raise BadInput(f"Two of the {key} are called {name[:60]!r}.")
        found[name] = own
    return found
