"""How fast a cost grows with the size of what is worked out: the exponent of a power law through the sizes measured."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from statistics import linear_regression

#: Times between the smallest and the largest size, below which a shared machine's noise is as large as any growth.
LEAST_RANGE = 10


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Slope of the straight line through the logarithms; 1 is in step with the size, 2 with its square.

    >>> round(exponent([10, 100, 1000], [3, 300, 30_000]), 6)
    2.0
    """
    return linear_regression([log(size) for size in sizes], [log(cost) for cost in costs]).slope


def growth(of: dict[str, Sequence[tuple[int, float]]], unit: str) -> str:
    """One sentence for the text under a table: who grows how fast, over which sizes, and in the last step alone.

    The last step is told because at small sizes much of the cost is the same whatever the size, which flatters the whole.

    >>> growth({"ours": [(10, 2.0), (100, 3.0), (1000, 30.0)], "theirs": [(10, 1.0), (20, 2.0)]}, "answers")
    'Growth of CPU seconds over the made sizes: ours as answers to the power 0.59 (10 to 1,000; the last step alone 1.00); theirs not told, as the sizes are less than tenfold apart.'
    """
    said = []
    for name, points in of.items():
        ordered = sorted(points)
        sizes, costs = [size for size, _ in ordered], [cost for _, cost in ordered]
        if sizes and sizes[-1] >= LEAST_RANGE * sizes[0]:
            whole, last = exponent(sizes, costs), exponent(sizes[-2:], costs[-2:])
            reach = f"{sizes[0]:,} to {sizes[-1]:,}; the last step alone {last:.2f}"
            said.append(f"{name} as {unit} to the power {whole:.2f} ({reach})")
        elif sizes:
            said.append(f"{name} not told, as the sizes are less than tenfold apart")
    return f"Growth of CPU seconds over the made sizes: {'; '.join(said)}."
