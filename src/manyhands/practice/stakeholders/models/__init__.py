"""What is kept of allies, what drives them, how they are tied, how we reach them, and lists that were brought in."""

from .coverage import (
    CoverageItem,
    CoverageList,
    CoverageSnapshot,
    Disclosure,
    GivenSector,
    InviteFinding,
    InviteWeights,
    SpeaksFor,
)
from .imports import Import, ImportRow, RowsToAdd, SavedMapping
from .matching import Merge, Pair
from .outreach import Contact, Input, InvitedContribution, MenuItem, Offer, Script
from .positions import Claim, Issue, Position, PowerFinding, Sway
from .profiles import ProfileEntry
from .stakeholders import STAGES, WEDGES, Particulars, Rating, Stakeholder
from .ties import LEVELS, NetworkDrawing, SavedView, Tie, TieList

__all__ = [
    "LEVELS",
    "STAGES",
    "WEDGES",
    "Claim",
    "Contact",
    "CoverageItem",
    "CoverageList",
    "CoverageSnapshot",
    "Disclosure",
    "GivenSector",
    "Import",
    "ImportRow",
    "Input",
    "InviteFinding",
    "InviteWeights",
    "InvitedContribution",
    "Issue",
    "MenuItem",
    "Merge",
    "NetworkDrawing",
    "Offer",
    "Pair",
    "Particulars",
    "Position",
    "PowerFinding",
    "ProfileEntry",
    "Rating",
    "RowsToAdd",
    "SavedMapping",
    "SavedView",
    "Script",
    "SpeaksFor",
    "Stakeholder",
    "Sway",
    "Tie",
    "TieList",
]
