"""Who holds power, who wants what, and how sure we can be: ratings of actors, and MACTOR.

The whole method, with its sources and checks, is in ``docs/methods/mactor.md``; that of ratings on one axis in
``docs/methods/interest-influence.md``.
"""

from manyhands.analysis.actors.agreement import Agreement, agreement
from manyhands.analysis.actors.mactor import METHOD, ActorForces, Mactor, ObjectiveForces, mactor, mactor_of
from manyhands.analysis.actors.matrices import (
    INFLUENCE_RANGE,
    POSITION_RANGE,
    RatedMatrix,
    combined,
    rated,
    read_matrix,
)
from manyhands.analysis.actors.ratings import ONE_TO_FIVE, Accord, Corner, Rated, Scale, corner, r_wg, rated_by
from manyhands.analysis.actors.roles import Role, roles
from manyhands.analysis.actors.salience import Salience, salience, salience_by_raters
from manyhands.analysis.actors.sensitivity import ActorRange, RatingEffect, Sensitivity, sensitivity

__all__ = [
    "INFLUENCE_RANGE",
    "METHOD",
    "ONE_TO_FIVE",
    "POSITION_RANGE",
    "Accord",
    "ActorForces",
    "ActorRange",
    "Agreement",
    "Corner",
    "Mactor",
    "ObjectiveForces",
    "Rated",
    "RatedMatrix",
    "RatingEffect",
    "Role",
    "Salience",
    "Scale",
    "Sensitivity",
    "agreement",
    "combined",
    "corner",
    "mactor",
    "mactor_of",
    "r_wg",
    "rated",
    "rated_by",
    "read_matrix",
    "roles",
    "salience",
    "salience_by_raters",
    "sensitivity",
]
