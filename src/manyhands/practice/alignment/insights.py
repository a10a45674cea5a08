"""What the analysis library says about a round: the only place in this room that asks it.

Nothing leaves here that may not be shown: counts under five are joined or left out before a finding is kept, so no
page, file or later version can give them away.
"""

import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manyhands.analysis.suppression import shown_statement
from manyhands.foundation.ui.charts import Scale

from .columns import Columns, agreed_with, as_numbers, number_of
from .declaring import EVERYONE, FEWEST_VOICES
from .declaring import METHOD as DECLARED
from .rules import ENOUGH_TO_WEIGH, FEWEST_PEOPLE, GROUPS_FROM_PEOPLE, GROUPS_FROM_STATEMENTS, Band, as_told
from .telling import INTERVAL_METHOD, told, unless_few
from .voices import MOST_COMPARED, one_voice_each, pairs

if TYPE_CHECKING:  # the numerical libraries load where they are used: a web process never needs them
    from manyhands.analysis.common_ground import CommonGround
    from manyhands.analysis.responses import Responses
    from manyhands.analysis.suppression import ShownStatement

    from .models import VisionRound

#: Of the search for groups; printed on the page, so that anyone gets the same picture.
SEED = 2026
MOST_MARKS = 1000
#: Groups this far apart on some statement otherwise disagree: the share that agrees, highest less lowest.
APART = 0.3
#: With more answers the order of cards goes without groups: a job that comes every quarter of an hour must be short.
MOST_WEIGHED = 5_000_000


class UnreadableAnswers(ValueError):
    """A file of answers cannot be used; the first argument is the sentence that says why."""


@dataclass(frozen=True)
class AnswerFile:
    """The answers of one file, the latest of each person to each statement."""

    people: list[str]
    statements: list[str]
    #: (person, statement, answer), the first two as positions in the lists above.
    answers: list[tuple[int, int, int]]
    groups: dict[str, str] = field(default_factory=dict)


def read_answers(content: bytes, *, groups_from: str | None = None) -> AnswerFile:
    """Read Polis's votes.csv or participants-votes.csv.

    Raises
    ------
    UnreadableAnswers
        With one sentence, and the row where there is one.
    """
    from manyhands.analysis.responses import BadInput, read_responses

    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        try:
            found = read_responses(Path(file.name), groups_from=groups_from)
        except BadInput as problem:
            raise UnreadableAnswers(str(problem)) from None
    cells = found.votes.tocoo()
    answers = sorted(zip(cells.row.tolist(), cells.col.tolist(), cells.data.tolist(), strict=True))
    people = found.people.tolist()
    named = zip(people, found.groups.tolist(), strict=True) if found.groups is not None else ()
    return AnswerFile(people, found.statements.tolist(), answers, {person: group for person, group in named if group})


def card_bands(answers: Columns) -> dict[int, int]:
    """What one more answer to each statement would teach, for the order of cards; see `rules.card_order`.

    Says nothing of a statement with fewer than ten answers. "May join" needs groups, so thirty people and seven
    statements, and is left out of very large rounds, where it would take long.
    """
    import numpy as np

    from manyhands.analysis.common_ground import common_ground
    from manyhands.analysis.common_ground.scores import wilson_interval
    from manyhands.analysis.responses import Responses

    people, statements, given = as_numbers(answers)
    ids, at = np.unique(statements, return_inverse=True)
    seen, agree = np.bincount(at, minlength=len(ids)), np.bincount(at[given == 1], minlength=len(ids))
    known = seen >= ENOUGH_TO_WEIGH
    if not known.any():
        return {}
    low, high = wilson_interval(agree[known], seen[known])
    found = {
        pk: int(Band.UNDECIDED if float(least) <= 0.5 <= float(most) else Band.KNOWN)
        for pk, least, most in zip(ids[known].tolist(), low, high, strict=True)
    }
    if len(ids) >= GROUPS_FROM_STATEMENTS and len(people) <= MOST_WEIGHED and number_of(people) >= GROUPS_FROM_PEOPLE:
        result = common_ground(
            Responses.from_answers(people, statements, given), seed=SEED, smallest_group=FEWEST_PEOPLE
        )
        if len(result.groups) > 1:
            joining = (int(row.id) for row in result.rows() if row.agreed_everywhere)
            found |= {pk: int(Band.MAY_JOIN) for pk in joining if found.get(pk) == Band.KNOWN}
    return found


def find_common_ground_of(
    round: "VisionRound", answers: Columns, groups: Mapping[int, str], organization_of: Mapping[int, int]
) -> dict[str, Any]:
    """What may be shown of a round, counted as was said before the first answer: by person or by organization."""
    by_organization = round.counts_by == "organization"
    voices = one_voice_each(answers, organization_of) if by_organization else answers
    fewest = FEWEST_VOICES if round.declared_by else 0
    payload = find_common_ground(voices, groups, is_published=round.is_published, members_known_from=fewest)
    if not payload["is_enough"]:
        return payload
    payload["counts_by"] = round.counts_by
    if round.declared_by:
        payload |= {"declared_by": round.declared_by, "declared_method": DECLARED, "joined": round.groups_joined or []}
    if by_organization:
        payload["uncounted"] = as_told(len(set(as_numbers(answers)[0].tolist()) - organization_of.keys()))
    if round.shows_organizations:
        compared = one_voice_each(answers, organization_of)
        few = len(set(compared[0])) < MOST_COMPARED
        payload["pairs"] = [[p.one, p.other, p.shared, p.same] for p in pairs(compared)] if few else []
    return payload


def find_common_ground(
    answers: Columns, groups: Mapping[int, str], *, is_published: bool = False, members_known_from: int = 0
) -> dict[str, Any]:
    """What may be shown of a round's common ground.

    Parameters
    ----------
    answers
        Participant ids, statement ids and answers (1, 0, -1): three sequences of one length.
    groups
        Declared group of each participant who has one; empty where groups are to be found.
    is_published
        The answers are known to all anyway, so the exact score of each statement is given.
    members_known_from
        Everyone knows who is in which group. Then nothing is said of a statement that fewer than so many of some group
        have answered, and no map is drawn: with five known people, "they agree" or five marks tell of each of them.

    Returns
    -------
    dict
        Fit for JSON. ``is_enough`` false where fewer than five people answered; then there is nothing else.
    """
    columns = as_numbers(answers)
    people = number_of(columns[0])
    if people < FEWEST_PEOPLE:
        return {"is_enough": False, "method": ""}
    from manyhands.analysis.common_ground import common_ground, opinion_space

    responses, can_be_grouped = _gathered(columns, groups)
    result = common_ground(responses, seed=SEED, smallest_group=FEWEST_PEOPLE)
    space = None
    if can_be_grouped and not members_known_from:
        space = result.found.space if result.found else opinion_space(responses, seed=SEED)
    rows = unless_few(result.rows(), members_known_from)
    by_some_group: Any = result.leans_to_disagree.any(axis=0)
    refused = dict(zip(result.statements.tolist(), by_some_group.tolist(), strict=True))
    statements = [told(row, _shown(row), is_published, refused[row.id]) for row in rows]
    by_division = sorted((row for row in rows if not row.too_few_seen), key=lambda row: -row.division)
    hidden = {each["id"] for each in statements if each["hidden_division"]}
    return {
        "is_enough": True,
        "method": result.method,
        "seed": SEED,
        "people": people,
        "answers": int(responses.votes.nnz),
        "enough_agree": agreed_with(columns, FEWEST_PEOPLE),
        "declared": bool(groups),
        "grouped": can_be_grouped or bool(groups),
        "separation": _plain(result.found.separation, 2) if result.found and result.found.separation else None,
        "explained": [_plain(share, 2) for share in space.explained] if space else [],
        "groups": [
            {
                "name": name,
                "size": int(result.sizes[at]),
                "apart": [
                    {"statement": int(each.statement), "agrees": each.answer > 0}
                    for each in apart
                    if each.seen >= members_known_from
                ],
            }
            for at, (name, apart) in enumerate(zip(result.groups, result.representative, strict=True))
        ],
        "map": _map(result, responses, space.positions) if space and not members_known_from else [],
        "interval_method": INTERVAL_METHOD,
        "statements": statements,
        "parted": [int(row.id) for row in by_division if row.divides],
        "hidden_division": [int(row.id) for row in by_division if int(row.id) in hidden],
        **_bridges(responses, rows, len(result.groups)),
    }


def opinion_groups(answers: Columns, groups: Mapping[int, str]) -> tuple[list[str], dict[int, int]]:
    """The names of the groups that a finding shows, and in which of them each person is.

    The same answers always give the same groups. Whoever is in none is not in the second. For further counts of this
    room alone: who is in which group is never kept.
    """
    from manyhands.analysis.common_ground import common_ground

    responses, _ = _gathered(answers, groups)
    result = common_ground(responses, seed=SEED, smallest_group=FEWEST_PEOPLE)
    placed = zip(responses.people.tolist(), _groups_of_people(result, responses).tolist(), strict=True)
    return list(result.groups), {int(person): int(at) for person, at in placed if at >= 0}


def _gathered(answers: Columns, groups: Mapping[int, str]) -> tuple["Responses", bool]:
    """The answers with the groups that were declared, or all as one where there are too few to look for groups."""
    from manyhands.analysis.responses import Responses

    responses = Responses.from_answers(*as_numbers(answers))
    people = len(responses.people)
    can_be_grouped = people >= GROUPS_FROM_PEOPLE and len(responses.statements) >= GROUPS_FROM_STATEMENTS
    if groups:
        responses = responses.with_groups(groups)
    elif not can_be_grouped:
        responses = responses.with_groups(dict.fromkeys(responses.people.tolist(), EVERYONE))
    return responses, can_be_grouped


def _bridges(responses: "Responses", rows: Sequence[Any], groups: int) -> dict[str, Any]:
    """Statements that every group accepts although the groups otherwise disagree, those that bridge most first.

    Only their order leaves here, never the score: it is made of single answers.
    """
    divided = any(row.divides or row.division >= APART for row in rows if not row.too_few_seen)
    accepted = [row for row in rows if row.agreed_everywhere and not row.too_few_seen]
    if groups < 2 or not divided or not accepted:
        return {"bridging": [], "bridging_method": ""}
    from manyhands.analysis.bridging import bridging

    found = bridging(responses, seed=SEED)
    scores = {each.id: each.score for each in found.rows()} if found.enough_raters else {}
    order = sorted(accepted, key=lambda row: (-(scores.get(row.id) or 0.0), -row.consensus, int(row.id)))
    return {"bridging": [int(row.id) for row in order], "bridging_method": found.method if scores else ""}


def _shown(row: Any) -> "ShownStatement":
    return shown_statement([(group.agree, group.passed, group.disagree) for group in row.by_group], FEWEST_PEOPLE)


def _map(result: "CommonGround", responses: "Responses", positions: Any) -> list[list[float]]:
    """A mark for each person in a group: across, down (both in whole percent of the plot) and group, in no order.

    Whole percent, and none for small rounds: an exact place could be worked back into answers. A seeded sample where
    there are more people than a page can carry.
    """
    import numpy as np

    of_person = _groups_of_people(result, responses)
    shown = np.flatnonzero(of_person >= 0)
    if len(shown) < GROUPS_FROM_PEOPLE:
        return []
    if len(shown) > MOST_MARKS:
        shown = np.random.default_rng(SEED).choice(shown, MOST_MARKS, replace=False)
    points = positions[shown]
    low, high = points.min(axis=0), points.max(axis=0)
    across = Scale(float(low[0]), float(high[0]), room=5)
    down = Scale(float(low[1]), float(high[1]), room=9, upwards=True)
    marks = [
        [float(round(across(float(x)))), float(round(down(float(y)))), int(group)]
        for (x, y), group in zip(points, of_person[shown], strict=True)
    ]
    return sorted(marks)


def _groups_of_people(result: "CommonGround", responses: "Responses") -> Any:
    if result.found is not None:
        return result.found.of_person
    import numpy as np

    # Declared groups that were too small have been joined under both names; a name may hold a plus of its own.
    where = {part: at for at, name in enumerate(result.groups) for part in name.split(" + ")}
    where |= {name: at for at, name in enumerate(result.groups)}
    assert responses.groups is not None
    return np.array([where.get(str(name), -1) for name in responses.groups.tolist()])


def _plain(value: Any, digits: int = 4) -> float:
    """A number JSON can hold, rounded to what a page shows; what is not a number counts as nothing."""
    number = float(value)
    return round(number, digits) if math.isfinite(number) else 0.0
