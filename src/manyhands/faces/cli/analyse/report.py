"""A report on common ground as one page that needs nothing else: no script, no picture from elsewhere, prints well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from manyhands.analysis.bridging import Bridging
    from manyhands.analysis.common_ground import CommonGround, GroupAnswers, StatementGround
    from manyhands.analysis.responses import Responses

#: More points than this say no more, and make the page heavy.
MOST_POINTS = 3000
#: Colors that people who see few colors tell apart, each with a shape of its own.
LOOKS = [("#0b5d8a", "circle"), ("#b3541e", "square"), ("#4f7a28", "triangle"), ("#7b4fa3", "cross"), ("#8a6d0b", "circle")]  # fmt: skip

STYLE = """
:root { color-scheme: light dark; --ink: #1d2a30; --soft: #55646b; --paper: #fbfaf7; --line: #d8d5cc; --yes: #0b5d8a; --no: #b3541e; --pass: #c9c5b9 }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae4; --soft: #aab4b8; --paper: #14191c; --line: #3a4348; --yes: #6bb6e0; --no: #e59a68; --pass: #4a5358 } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
h1, h2 { line-height: 1.2 } p, td { max-width: 45rem } .fine { color: var(--soft); font-size: .875rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: start; vertical-align: top; padding: .5rem; border-bottom: 1px solid var(--line) } td.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
svg { max-width: 100%; height: auto } td .fine { white-space: nowrap } .bar { width: 7rem; height: .8rem; display: block }
.scroll { overflow-x: auto }
@media print { body { margin: 0; background: white; color: black } }
"""


#: Statements named as bridging best.
MOST_BRIDGES = 10


def to_publish(result: CommonGround, responses: Responses, seed: int) -> CommonGround:
    """The same with its small groups joined, since a report is meant for others than who holds the answers.

    Raises
    ------
    BadInput
        If even all groups together are too few people.
    """
    from manyhands.analysis.common_ground import common_ground
    from manyhands.analysis.common_ground.opinion_groups import SMALLEST_GROUP
    from manyhands.analysis.tables import BadInput

    if min(result.sizes) >= SMALLEST_GROUP:
        return result
    joined = common_ground(responses, seed=seed, smallest_group=SMALLEST_GROUP)
    if min(joined.sizes) < SMALLEST_GROUP:
        raise BadInput(
            f"The report is not written: its groups together have fewer than {SMALLEST_GROUP} people, so it would tell "
            "who answered what; --smallest-group 1 writes it all the same."
        )
    return joined


def report(
    result: CommonGround,
    responses: Responses,
    bridges: Bridging,
    *,
    title: str,
    texts: Mapping[str, str],
    taken_out: int = 0,
) -> str:
    """The whole page.

    Parameters
    ----------
    result : CommonGround
    responses : Responses
        What it was computed from.
    bridges : Bridging
        Of the same answers.
    title : str
        Shown at the top, such as the name of the file.
    texts : mapping of str to str
        What each statement says, by its id; may lack some or all.
    taken_out : int
        Statements that moderators took out, which the answers no longer hold.
    """
    rows = result.rows()
    ranked = [row for row in rows if row.rank is not None]
    thin = [row for row in rows if row.too_few_seen]
    parts = [
        f"<h1>Common ground: {escape(title)}</h1>",
        (
            f"<p>{len(responses.people):,} people gave {int(responses.votes.nnz):,} answers to {len(rows):,} statements. "
            f"{_taken_out(taken_out)}{_about_groups(result)}</p>"
        ),
        (
            f'<p class="fine">Method: {escape(result.method)}, worked out on {date.today():%d %B %Y}. A statement ranks high '
            "if every group agrees with it; a small group weighs as much as a large one. Shares are of those who answered; "
            "in brackets, between which shares they likely lie (95 % Wilson interval).</p>"
        ),
        *_map(result),
        *_ranking(result, ranked, texts),
        *_apart(result, texts),
        *_bridges(bridges, texts),
        *_divided(ranked, texts),
        *_thin(thin, texts),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Common ground: {escape(title)}</title><style>{STYLE}</style></head><body><main>"
        + "\n".join(parts)
        + "</main></body></html>\n"
    )


def _taken_out(statements: int) -> str:
    return f"Left out, because moderators took them out: {statements:,}. " if statements else ""


def _about_groups(result: CommonGround) -> str:
    sizes = ", ".join(f"{escape(n)} ({s:,})" for n, s in zip(result.groups, result.sizes, strict=True))
    how = "declared in the file" if result.found is None else "found from the answers"
    rest = f" {result.in_no_group:,} answered too little to be in any." if result.in_no_group else ""
    return f"Groups, {how}: {sizes}.{rest}"


def _map(result: CommonGround) -> Iterator[str]:
    """Where people stand, if the groups were found and are not too small to show."""
    found = result.found
    if found is None or len(result.groups) < 2 or min(result.sizes) < 5:
        return
    at, of = found.space.positions, found.of_person
    step = -(-len(at) // MOST_POINTS)
    low, high = at.min(axis=0), at.max(axis=0)
    wide = [max(float(h - lo), 1e-9) for lo, h in zip(low, high, strict=True)]
    yield "<h2>Who answers like whom</h2>"
    yield f'<svg viewBox="0 0 640 420" role="img" aria-label="{len(at):,} people by their answers, in {len(result.groups)} groups">'
    for person in range(0, len(at), step):
        if of[person] >= 0:
            x = 20 + 600 * float(at[person, 0] - low[0]) / wide[0]
            y = 400 - 380 * float(at[person, 1] - low[1]) / wide[1]
            yield _mark(int(of[person]), x, y)
    yield "</svg>"
    keys = "; ".join(f"{escape(name)}: {LOOKS[i % len(LOOKS)][1]}s" for i, name in enumerate(result.groups))
    share = f"{found.space.explained.sum():.0%}"
    some = f" Every {step}th person is drawn." if step > 1 else ""
    yield f'<p class="fine">{keys}. People near each other answered alike. The two axes have no name; they hold {share} of all that differs.{some}</p>'


def _mark(group: int, x: float, y: float) -> str:
    color, shape = LOOKS[group % len(LOOKS)]
    if shape == "square":
        return f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="{color}" opacity=".6"/>'
    if shape == "triangle":
        return f'<path d="M{x:.1f} {y - 4:.1f}l4 7h-8z" fill="{color}" opacity=".6"/>'
    if shape == "cross":
        return f'<path d="M{x - 3:.1f} {y - 3:.1f}l6 6m0-6l-6 6" stroke="{color}" stroke-width="2"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{color}" opacity=".6"/>'


def _ranking(result: CommonGround, ranked: list[StatementGround], texts: Mapping[str, str]) -> Iterator[str]:
    yield "<h2>What every group accepts, most first</h2>"
    if not ranked:
        yield "<p>Nothing can be ranked yet: of some group, too few people have answered each statement.</p>"
        return
    heads = "".join(f"<th>{escape(name)}</th>" for name in result.groups)
    yield f'<div class="scroll"><table><thead><tr><th></th><th>Statement</th><th>Score</th><th>All agree</th>{heads}</tr></thead><tbody>'
    for row in ranked:
        cells = "".join(
            f"<td>{_bar(each.agree, each.disagree, each.seen)}<span class='fine'>{_share(each)}</span></td>"
            for each in row.by_group
        )
        yield f'<tr><td class="n">{row.rank}</td><th>{_words(row.id, texts)}</th><td class="n">{row.consensus:.3f}</td><td>{_share(row)}</td>{cells}</tr>'
    yield "</tbody></table></div>"


def _share(each: StatementGround | GroupAnswers) -> str:
    """How many of how many agree, and between which shares that likely lies."""
    return f"{each.agree} of {each.seen} ({each.low:.0%} to {each.high:.0%})"


def _bridges(bridges: Bridging, texts: Mapping[str, str]) -> Iterator[str]:
    yield "<h2>Liked whatever side people are on</h2>"
    if not bridges.enough_raters:
        yield f"<p>Not enough yet to tell: fewer than 50 people answered ({bridges.raters:,}).</p>"
        return
    best = [row for row in bridges.rows()[:MOST_BRIDGES] if row.score is not None]
    items = "".join(f"<li>{_words(row.id, texts)} <span class='fine'>{row.score:.2f}</span></li>" for row in best)
    yield f"<ol>{items}</ol>" if best else "<p>No statement was answered by enough people.</p>"
    yield f'<p class="fine">How far a statement is liked once everyone\'s side is accounted for. Method: {escape(bridges.method)}.</p>'


def _bar(agree: int, disagree: int, seen: int) -> str:
    yes, no = 100 * agree / max(seen, 1), 100 * disagree / max(seen, 1)
    return (
        f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{yes:.0f} % agree, {no:.0f} % disagree">'
        f'<rect width="100" height="10" fill="var(--pass)"/><rect width="{yes:.1f}" height="10" fill="var(--yes)"/>'
        f'<rect x="{100 - no:.1f}" width="{no:.1f}" height="10" fill="var(--no)"/></svg>'
    )


def _apart(result: CommonGround, texts: Mapping[str, str]) -> Iterator[str]:
    if len(result.groups) < 2:
        return
    yield "<h2>What sets each group apart</h2>"
    for name, size, telling in zip(result.groups, result.sizes, result.representative, strict=True):
        yield f"<h3>{escape(name)}, {size:,} people</h3>"
        said = [
            f"<li>{'Agree' if each.answer > 0 else 'Disagree'} ({each.count} of {each.seen}): {_words(each.statement, texts)}</li>"
            for each in telling
        ]
        yield f"<ul>{''.join(said)}</ul>" if said else "<p>Nothing clearly.</p>"


def _divided(ranked: list[StatementGround], texts: Mapping[str, str]) -> Iterator[str]:
    for heading, chosen in (
        ("Where one group agrees and another does not", [row for row in ranked if row.divides]),
        ("Accepted by most, and clearly not by one group", [row for row in ranked if row.hidden_division]),
    ):
        if chosen:
            items = "".join(
                f"<li>{_words(row.id, texts)} <span class='fine'>least convinced: {escape(row.least_convinced)}</span></li>"
                for row in chosen
            )
            yield f"<h2>{heading}</h2><ul>{items}</ul>"


def _thin(thin: list[StatementGround], texts: Mapping[str, str]) -> Iterator[str]:
    if thin:
        yield "<h2>Seen by too few to rank</h2>"
        yield "<ul>" + "".join(f"<li>{_words(row.id, texts)}: {_share(row)} agree</li>" for row in thin) + "</ul>"


def _words(statement: str, texts: Mapping[str, str]) -> str:
    said = texts.get(statement, "")
    return f"{escape(said)} <span class='fine'>({escape(statement)})</span>" if said else escape(statement)
