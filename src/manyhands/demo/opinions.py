"""What was asked, and how an invented hundred and twenty answered, from a fixed seed."""

import random
from collections.abc import Mapping

QUESTION = "What should the way to school look like in 2030?"
SECOND_QUESTION = "What must be true before we close a main road?"

#: Statement, and how likely each of three invented groups (walkers, drivers, traders) is to agree.
STATEMENTS: list[tuple[str, tuple[float, float, float]]] = [
    ("Put a trained crossing guard at every school before closing its street.", (0.94, 0.91, 0.88)),
    ("Let deliveries through until 7:50 and after 8:30, so shops can stock their shelves.", (0.84, 0.86, 0.92)),
    ("Publish the air readings of every school gate each week, in plain words.", (0.92, 0.81, 0.79)),
    ("Any family with a disabled child keeps door-to-door access, always.", (0.90, 0.93, 0.78)),
    ("Close every school street by 2028, also on main roads.", (0.84, 0.28, 0.18)),
    ("Children should help to choose what their street looks like.", (0.88, 0.74, 0.72)),
    ("Parents who drive are part of the problem and should be told so.", (0.52, 0.08, 0.22)),
    ("Electric school buses come before anything else.", (0.46, 0.66, 0.48)),
    ("Start with streets where most families already walk.", (0.80, 0.82, 0.76)),
    ("Count shop visits before and after, and share the figures with the traders.", (0.83, 0.77, 0.95)),
    ("Fine drivers who let the engine run at the gate.", (0.86, 0.42, 0.38)),
    ("Reward schools whose families walk, with money for trips.", (0.61, 0.55, 0.52)),
    ("Free bus passes for every child under twelve.", (0.87, 0.83, 0.71)),
    ("Trucks to the port must not pass a school between 7:30 and 8:30.", (0.93, 0.78, 0.44)),
    ("Nothing should be closed until the ring road is finished.", (0.09, 0.58, 0.55)),
    ("Evening meetings shut out families who work at night.", (0.72, 0.69, 0.62)),
    ("We should ask before we close, street by street.", (0.71, 0.92, 0.93)),
    ("Trees or screens at every gate beside a main road.", (0.89, 0.85, 0.74)),
    ("The city should pay for guards, not the parents.", (0.90, 0.88, 0.80)),
    ("Bicycle training belongs in year 4 everywhere.", (0.85, 0.71, 0.66)),
    ("If mornings at the market fall by a tenth, a street opens again.", (0.35, 0.72, 0.96)),
    ("Measure for a whole year before the next step.", (0.22, 0.61, 0.66)),
    ("A walking bus needs two grown-ups whom the school has checked.", (0.91, 0.89, 0.85)),
    ("Weekend markets should have the street on Saturdays.", (0.64, 0.31, 0.94)),
]

SIZES = (58, 41, 23)


def answers(seed: int = 2026, nearer: Mapping[int, float] | None = None) -> list[list[int | None]]:
    """One row for each invented person, one cell for each statement: 1 agree, -1 disagree, 0 pass, None not seen.

    ``nearer`` moves the groups towards agreement on some statements, by their place: 0 not at all, 1 wholly.
    """
    chance = random.Random(seed)  # noqa: S311  (an example, not a secret)
    rows = []
    for group, size in enumerate(SIZES):
        for _ in range(size):
            row: list[int | None] = []
            for at, (_text, agree) in enumerate(STATEMENTS):
                seen, drawn = chance.random() < 0.88, chance.random()
                likely = agree[group] + (1 - agree[group]) * (nearer or {}).get(at, 0)
                if not seen:
                    row.append(None)
                elif drawn < likely:
                    row.append(1)
                else:
                    row.append(0 if chance.random() < 0.35 else -1)
            rows.append(row)
    return rows
