"""``manyhands analyse proportional``: a choice that leaves no like-minded group out, from a file of ballots."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from .saying import listed, refusing, say, whole_number

if TYPE_CHECKING:
    from manyhands.analysis.proportional import BallotFile, Choice

_METHODS = ("equal-shares", "pav", "seq-pav", "phragmen", "plain")
_COMPLETIONS = ("phragmen", "pav", "utilitarian", "none")
_LAYOUT = """\
FILE is a .pb file of Pabulib, or JSON such as

  {"profile": [[0, 1], [0, 2], [2]], "num_cand": 3, "committeesize": 2}

"profile" has one list for each voter: the candidates they approve, as numbers from 0 or as names.
If wanted: "candidates" (names), "voters" (names), "voter_weights", "must_have", and "costs" with
"budget" instead of "committeesize". The order of candidates decides ties.
"""


def add_command(analyses: Any) -> None:
    """Add ``proportional`` to the analyses."""
    parser = analyses.add_parser(
        "proportional",
        help="choose goals or projects so that no like-minded group is left out",
        description="Choose goals or projects so that no like-minded group is left out.\n\n" + _LAYOUT,
        epilog="What the methods do and where they come from is in docs/methods/proportional.md.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="ballots (.json or .pb)")
    parser.add_argument("--method", choices=_METHODS, default="equal-shares", help="how to choose (equal-shares)")
    parser.add_argument(
        "--completion",
        choices=_COMPLETIONS,
        default="phragmen",
        help="what fills up where Equal Shares stops early (phragmen)",
    )
    parser.add_argument("--size", metavar="N", type=whole_number, help="how many to choose, instead of what FILE says")
    parser.add_argument("--budget", metavar="SUM", help="how much may be spent, instead of what FILE says")
    parser.add_argument("--must-have", metavar="ID", action="append", default=[], help="in, whatever the ballots say")
    parser.add_argument(
        "--order", metavar="IDS", default="", help="which candidate goes first in a tie, with commas between"
    )
    parser.add_argument(
        "--satisfaction",
        choices=("count", "cost"),
        help="Equal Shares: what a candidate is worth to a supporter (count; with costs: cost)",
    )
    parser.add_argument(
        "--count-empty", action="store_true", help="let voters who approve nothing hold a share that lowers the others'"
    )
    parser.add_argument("--json", action="store_true", help="write JSON instead of plain words")
    parser.set_defaults(run=proportional_command)


@refusing
def proportional_command(args: argparse.Namespace) -> int:
    """Read, choose, print."""
    # Imported here so that `manyhands --help` does not wait for NumPy.
    from manyhands.analysis.proportional import choose, read_ballots

    file = read_ballots(args.file, size=args.size, budget=args.budget)
    order = [name.strip() for name in args.order.split(",") if name.strip()]
    ballots = file.ballots.in_order(order) if order else file.ballots
    must_haves = [*file.must_haves, *args.must_have]
    by_money = None if args.satisfaction is None else args.satisfaction == "cost"
    settings: dict[str, Any] = {"must_haves": must_haves, "by_money": by_money, "count_empty": args.count_empty}
    found = choose(ballots, args.method, completion=args.completion, **settings)
    plain = found if args.method == "plain" else choose(ballots, "plain", **settings)
    return say(_as_json(found, plain, file) if args.json else _in_words(found, plain, file))


def _as_json(found: Choice, plain: Choice, file: BallotFile) -> dict[str, Any]:
    """What scripts read. Candidates as the file writes them; voters by name, or numbers from 1."""
    names = found.ballots.candidates

    def ids(positions: Any) -> list[int | str]:
        return [file.ids[names[at]] for at in positions]

    taken = set(found.positions)
    answer: dict[str, Any] = {
        "method": found.method,
        "chosen": ids(found.positions),
        "left_out": ids(at for at in range(len(names)) if at not in taken),
        "steps": [
            {
                "candidate": file.ids[names[step.candidate]],
                "because": step.because,
                "price": None if step.price is None else _number(step.price),
                "price_exact": None if step.price is None else str(step.price),
            }
            for step in found.steps
        ],
        "voters": len(found.ballots.voters),
        "budget": _number(found.ballots.budget),
        "spent": _number(found.spent),
        "score": _number(found.score),
        "score_exact": str(found.score),
        "served": list(found.served),
        "audit": _audit(found, file),
        "plain_vote": {"chosen": ids(plain.positions), "audit": _audit(plain, file)},
    }
    if found.proved is not None:
        answer["proved"] = found.proved
    if file.funded is not None:
        answer["really_funded"] = [file.ids[name] for name in names if name in file.funded]
    return answer


def _audit(found: Choice, file: BallotFile) -> dict[str, Any]:
    of, ballots = found.audit, found.ballots
    left = of.left_out
    return {
        "jr": of.jr,
        "ejr": of.ejr,
        "complete": of.complete,
        "left_out_group": None
        if left is None
        else {
            "agree_on": [file.ids[ballots.candidates[at]] for at in left.agree_on],
            "owed": left.owed,
            "most_served": left.most_served,
            "size": left.people,
            "members": "suppressed" if left.members is None else [ballots.voters[at] for at in left.members],
        },
    }


def _in_words(found: Choice, plain: Choice, file: BallotFile) -> str:
    """A page of plain words: what is chosen and why, whom it serves, who is left out."""
    ballots = found.ballots
    lines = [
        f"{len(found.positions)} of {len(ballots.candidates)} chosen by {len(ballots.voters):,} voters",
        f"Method: {found.method}.",
    ]
    if not ballots.all_cost_the_same or ballots.costs[0] != 1:
        lines.append(f"Spent {_plainly(found.spent)} of {_plainly(ballots.budget)}.")
    if found.proved is False:
        lines.append("The search was cut off: there may be a choice with a higher score.")
    lines.append("")
    for step in found.steps:
        name = ballots.candidates[step.candidate]
        title = (file.titles or {}).get(name, "")
        support = ballots.support(step.candidate)
        lines.append(
            f"  {name}{': ' + title if title else ''} (wanted by {_plainly(support)}, {_because(step.because)})"
        )
    if not found.steps:
        lines.append("  Nothing: no candidate can be paid for by those who want it.")
    lines += ["", f"Left out: {listed(found.left_out)}."]
    counts = [found.served.count(number) for number in range(max(found.served, default=0) + 1)]
    told = [f"{number} of the chosen: {many:,} voters" for number, many in enumerate(counts) if many]
    lines += ["How many each voter is served by:", *(f"  {each}" for each in told), ""]
    lines += _about_audit(found, "")
    if plain.method != found.method:
        lines.append(f"The plain vote would choose: {listed(plain.chosen)}.")
        lines += _about_audit(plain, "With the plain vote: ")
    return "\n".join(lines)


def _because(word: str) -> str:
    return {"must have": "must be in", "bought": "paid for by those who want it", "completed": "fills up"}.get(
        word, "by the method"
    )


def _about_audit(found: Choice, before: str) -> list[str]:
    left, ballots = found.audit.left_out, found.ballots
    if left is None:
        if found.audit.complete:
            return [before + "No like-minded group that is large enough is left with less than it is owed."]
        return [before + "No group left out was found, but there were too many to look at all."]
    who = "Too few voters to be named here" if left.people is None else f"{left.people:,} voters"
    names = [ballots.candidates[at] for at in left.agree_on]
    served = "none" if left.most_served == 0 else f"no more than {left.most_served}"
    more = "" if found.audit.complete else " There may be a larger group."
    could = f"they could pay for {left.owed}, and each of them wants {served} of what is chosen.{more}"
    lines = [f"{before}{who} who all want {listed(names)} are left out: {could}"]
    if left.members is not None and not before:
        lines.append(f"  They are: {listed([ballots.voters[at] for at in left.members])}.")
    return lines


def _number(value: Any) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _plainly(value: Any) -> str:
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.2f}"
