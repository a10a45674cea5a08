"""Whose voice is missing, and whom to invite next.

The whole method, with its sources and checks, is in ``docs/methods/coverage-and-invitations.md``.
"""

from manyhands.analysis.coverage.fit import PartnerFit, Side, partner_fit
from manyhands.analysis.coverage.grid import (
    Belonging,
    Coverage,
    Heard,
    Voices,
    coverage,
    coverage_grid,
    coverage_over_time,
)
from manyhands.analysis.coverage.invitations import Invitations, Pick, invite_next
from manyhands.analysis.coverage.strangers import Stranger, nobody_knows
from manyhands.analysis.coverage.value import Someone, Value, Wanted, Weights

__all__ = [
    "Belonging",
    "Coverage",
    "Heard",
    "Invitations",
    "PartnerFit",
    "Pick",
    "Side",
    "Someone",
    "Stranger",
    "Value",
    "Voices",
    "Wanted",
    "Weights",
    "coverage",
    "coverage_grid",
    "coverage_over_time",
    "invite_next",
    "nobody_knows",
    "partner_fit",
]
