"""A thousand answers come to a conversation that was worked out before: adding them, beside working all of it out again.

    python benchmarks/ongoing.py            a minute
    python benchmarks/ongoing.py --large    also 100k x 1,000

Both sides are ours, in one process, on the same answers: `OngoingGround.add` beside `common_ground` of the whole log.
The result is written to ``benchmarks/results/ongoing.md``.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
for place in (ROOT / "src", ROOT):
    if str(place) not in sys.path:
        sys.path.insert(0, str(place))

from benchmarks.beside import computer
from benchmarks.common_ground import SEED, SIZES, made_answers, real_answers
from benchmarks.common_ground_report import COUNTED_WITH
from manyhands.analysis.common_ground import OngoingGround, common_ground
from manyhands.analysis.responses import AnswerLog, Responses

RESULT = ROOT / "benchmarks" / "results" / "ongoing.md"
NEW, CHANGED = 700, 300
HEAD = (
    "conversation", "whole CPU s", "folding them in", "added, searched anew", "added, groups begun at those before",
    "whole / searched anew", "whole / begun at those before", "same as the whole",
)  # fmt: skip
EXPLAINED = f"""
{NEW} new answers and {CHANGED} changed ones come to a conversation already worked out: `OngoingGround.add` beside
`common_ground` of the whole log, in one process, each to groups, ranking and representative statements; CPU seconds, of
three runs the quickest. *Folding them in* is the part that takes them into the table of answers. Searched anew, the
groups are those of the whole computation (*same*: every person's group, every tally, every consensus); begun at those
before, they keep their number. What is left is mostly one pass over all answers, for the directions, and with few people
the search for groups, which does not grow with people. The machine was shared, so seconds vary by about a third. Made
conversations are three camps drawn at random; they are no claim about real people.
"""


def measure(name: str, answers: dict[str, np.ndarray]) -> str:
    """One row of the table."""
    before, batch = split(answers)
    log = AnswerLog.begin().add(before["person"], before["statement"], before["vote"], when=before["when"])
    begun = OngoingGround.begin(log, seed=SEED)
    added = (batch["person"], batch["statement"], batch["vote"])
    folding, _ = quickest(lambda: log.add(*added, when=batch["when"]))
    anew, found = quickest(lambda: told(begun.add(*added, when=batch["when"])))
    onwards, _ = quickest(lambda: told(begun.add(*added, when=batch["when"], search=False)))
    whole, expected = quickest(lambda: all_at_once(before, batch))
    cells = [
        name, f"{whole:.3f}", f"{folding:.3f}", f"{anew:.3f}", f"{onwards:.3f}",
        f"{whole / anew:.1f}x", f"{whole / onwards:.1f}x", "yes" if alike(found.ground, expected) else "NO",
    ]  # fmt: skip
    line = "| " + " | ".join(cells) + " |"
    print(line, flush=True)
    return line


def split(answers: dict[str, np.ndarray]) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """All but the last answers, and a batch of those last ones and of earlier ones turned round."""
    before = {name: column[:-NEW] for name, column in answers.items()}
    again = np.random.default_rng(SEED).choice(len(before["vote"]), size=CHANGED, replace=False)
    batch = {name: np.concatenate([column[-NEW:], column[again]]) for name, column in answers.items()}
    batch["vote"][NEW:] *= -1
    batch["when"] = len(answers["vote"]) + np.arange(NEW + CHANGED)
    return before, batch


def all_at_once(before: dict[str, np.ndarray], batch: dict[str, np.ndarray]):
    """Everything from the whole log, as if nothing had been worked out before."""
    columns = {name: np.concatenate([before[name], batch[name]]) for name in before}
    responses = Responses.from_answers(columns["person"], columns["statement"], columns["vote"], when=columns["when"])
    found = common_ground(responses, seed=SEED)
    assert found.rows()
    assert found.representative
    return found


def told(ongoing: OngoingGround) -> OngoingGround:
    """What a page needs of it, so that nothing is left for later."""
    assert ongoing.ground.rows()
    assert ongoing.ground.representative
    return ongoing


def quickest(work, runs: int = 3):
    """CPU seconds of the quickest run, and what it gave."""
    best, given = float("inf"), None
    for _ in range(runs):
        started = time.process_time()
        given = work()
        best = min(best, time.process_time() - started)
    return best, given


def alike(one, other) -> bool:
    """Is every person in the same group, and every tally and consensus equal?"""
    return (
        np.array_equal(one.found.of_person, other.found.of_person)  # both in natural order of the ids
        and all(np.array_equal(getattr(one.total, part), getattr(other.total, part)) for part in ("agree", "seen"))
        and bool(np.allclose(one.consensus, other.consensus, atol=0, rtol=1e-12, equal_nan=True))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true", help="also 100k x 1,000")
    args = parser.parse_args()
    lines = [measure(*real)] if (real := real_answers()) else []
    for size in SIZES:
        if size.people <= 100_000 and (args.large or not size.large):
            lines.append(measure(size.name, made_answers(size)))
    head = [
        "# Adding a thousand answers: measured",
        "",
        f"{time.strftime('%-d %B %Y')}. {computer(*COUNTED_WITH)}.",
        "",
    ]
    table = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD), *lines]
    RESULT.write_text("\n".join([*head, *table, EXPLAINED]), encoding="utf-8")


if __name__ == "__main__":
    main()
