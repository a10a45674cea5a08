"""Which statements do people like who otherwise disagree?

The whole method, with its sources and checks, is in ``docs/methods/bridging.md``.
"""

from manyhands.analysis.bridging.fitting import Fit, fit
from manyhands.analysis.bridging.scoring import METHOD, Bridging, StatementBridge, bridging

__all__ = ["METHOD", "Bridging", "Fit", "StatementBridge", "bridging", "fit"]
