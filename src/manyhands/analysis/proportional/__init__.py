"""Which goals, agenda items or projects leave no like-minded group out?

The whole method, with its sources and checks, is in ``docs/methods/proportional.md``.
"""

from manyhands.analysis.proportional.audit import Audit, LeftOut, audit
from manyhands.analysis.proportional.ballots import Ballots, approval_ballots
from manyhands.analysis.proportional.choosing import COMPLETIONS, METHODS, NAMES, Choice, Step, choose
from manyhands.analysis.proportional.equal_shares import Purchase, Shares, equal_shares
from manyhands.analysis.proportional.files import BallotFile, read_ballots
from manyhands.analysis.proportional.pav import Optimum, best_by_pav, pav_score, sequential_pav
from manyhands.analysis.proportional.phragmen import Load, phragmen
from manyhands.analysis.proportional.plain import plain_vote

__all__ = [
    "COMPLETIONS",
    "METHODS",
    "NAMES",
    "Audit",
    "BallotFile",
    "Ballots",
    "Choice",
    "LeftOut",
    "Load",
    "Optimum",
    "Purchase",
    "Shares",
    "Step",
    "approval_ballots",
    "audit",
    "best_by_pav",
    "choose",
    "equal_shares",
    "pav_score",
    "phragmen",
    "plain_vote",
    "read_ballots",
    "sequential_pav",
]
