"""The methods once more, as slowly and plainly as they can be written, to compare with."""

from math import prod, sqrt


def naive_ground(answers, group_of, groups):
    """Loop over ``{(person, statement): vote}``; per statement its consensus and counts by group."""
    statements = sorted({statement for _, statement in answers})
    found = {}
    for statement in statements:
        by_group = {}
        for group in groups:
            votes = [
                vote
                for (person, about), vote in answers.items()
                if about == statement and group_of.get(person) == group
            ]
            by_group[group] = (votes.count(1), votes.count(-1), votes.count(0), len(votes))
        found[statement] = {
            "by_group": by_group,
            "consensus": prod((agree + 1) / (seen + 2) for agree, _, _, seen in by_group.values()),
        }
    return found


def naive_silhouette(points, labels):
    """Mean of (b - a) / max(a, b) by its definition."""
    total = 0.0
    for at, (point, own) in enumerate(zip(points, labels, strict=True)):
        mean = {}
        for label in set(labels):
            others = [
                sqrt(sum((x - y) ** 2 for x, y in zip(point, points[there], strict=True)))
                for there, its in enumerate(labels)
                if its == label and there != at
            ]
            if others:
                mean[label] = sum(others) / len(others)
        if own not in mean:  # alone in its group
            continue
        nearest = min(value for label, value in mean.items() if label != own)
        total += (nearest - mean[own]) / max(nearest, mean[own])
    return total / len(points)
