"""What an agenda says in words: the finding, and which like-minded group a way of choosing leaves out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..findings import group_label, in_words
from ..rules import short
from .models import KeptAgenda

Payload = Mapping[str, Any]
Texts = Mapping[int, tuple[str, str]]
LONGEST_QUOTE = 90
#: Statements that a sentence quotes before it says how many more there are.
MOST_QUOTED = 3


def rules_in_words() -> dict[str, tuple[str, str]]:
    """The name of each way of choosing, and its rule in a sentence."""
    names = dict(KeptAgenda.WAYS)
    return {
        "plain": (str(names["plain"]), _("What most agree with, one after the other.")),
        "equal-shares": (
            str(names["equal-shares"]),
            _("Everyone holds an equal part of the places, and pays only for what they agree with."),
        ),
        "pav": (
            str(names["pav"]),
            _("The second thing you agree with counts half, the third a third, so that more of us find something."),
        ),
        "phragmen": (
            str(names["phragmen"]),
            _("Everyone saves up at the same speed; something is taken once those who want it can pay."),
        ),
    }


def headline(payload: Payload) -> str:
    """The finding in one sentence."""
    plain, *others = payload["ways"]
    size = {"n": in_words(payload["size"])}
    left = plain["left_out"]
    if left is not None and left["people"]:
        fair = next((row for row in others if row["fair"]), None)
        found = {**size, "who": _people(left["people"], payload)}
        sentence = (
            _("A plain list of %(n)s leaves %(who)s with nothing.")
            if left["most_served"] == 0
            else _("A plain list of %(n)s gives %(who)s less than their part.")
        ) % found
        if fair is None:
            return sentence
        return _("%(sentence)s %(way)s does not.") % {
            "sentence": sentence,
            "way": rules_in_words()[fair["way"]][0],
        }
    if left is not None:
        return _("A plain list of %(n)s leaves out a group too small to name.") % size
    if len({frozenset(row["chosen"]) for row in payload["ways"]}) == 1:
        return _("Whichever way we choose %(n)s, it is the same %(n)s.") % size
    if plain["fair"]:
        return _("A plain list of %(n)s leaves no like-minded group out.") % size
    return _("Four ways to choose %(n)s, side by side") % size


def audit_in_words(row: Payload, payload: Payload, texts: Texts) -> str:
    """Which like-minded group this choice leaves with less than its part, and what gives it a place."""
    if row["fair"]:
        return _("No like-minded group is left with less than its part.")
    left = row["left_out"]
    if left is None:
        return _("We looked at very many groups and found none that is left out; there may be one all the same.")
    if not left["people"]:
        return _("A like-minded group is left with less than its part. It is too small for us to say more.")
    said = {"who": _people(left["people"], payload), "what": quoted(left["agree_on"], texts), "owed": left["owed"]}
    sentences = [
        ngettext(
            "%(who)s agree on %(what)s. They are enough for %(owed)d place.",
            "%(who)s agree on %(what)s. They are enough for %(owed)d places.",
            left["owed"],
        )
        % said
    ]
    sentences[0] = sentences[0][:1].upper() + sentences[0][1:]
    if left["most_served"]:
        sentences.append(
            ngettext(
                "None of them agrees with more than %(n)d of these.",
                "None of them agrees with more than %(n)d of these.",
                left["most_served"],
            )
            % {"n": left["most_served"]}
        )
    else:
        sentences.append(_("None of them agrees with anything on this list."))
    if left["mostly"]:
        if declared_by := payload.get("declared_by", ""):
            named = group_label(left["mostly"], declared_by)
            sentences.append(_("Most of them are in the group “%(name)s”.") % {"name": named})
        else:
            sentences.append(_("Most of them are in group %(name)s.") % {"name": left["mostly"]})
    sentences += _what_helps(row, left, payload, texts)
    return " ".join(sentences)


def _what_helps(row: Payload, left: Payload, payload: Payload, texts: Texts) -> list[str]:
    """Which other ways give them a place, and by which statement."""
    names = rules_in_words()
    by_choice: dict[tuple[int, ...], list[str]] = {}
    for other in payload["ways"]:
        more = [pk for pk in left["gets"][other["way"]] if pk not in row["chosen"] and pk in texts]
        if other["way"] != row["way"] and other["fair"] and more:
            by_choice.setdefault(tuple(more), []).append(names[other["way"]][0])
    return [
        ngettext("%(ways)s gives a place to %(what)s.", "%(ways)s give a place to %(what)s.", len(ways_))
        % {"ways": listed(ways_), "what": quoted(list(more), texts)}
        for more, ways_ in by_choice.items()
    ]


def _people(told: int, payload: Payload) -> str:
    if payload["counts_by"] == "organization":
        return _("at least %(n)d organizations") % {"n": told}
    return _("at least %(n)d of us") % {"n": told}


def quoted(statement_ids: list[int], texts: Texts) -> str:
    known = [texts[pk] for pk in statement_ids if pk in texts]
    words = [_("“%(text)s”") % {"text": short(text, LONGEST_QUOTE).rstrip(".")} for _number, text in known]
    more = len(words) - MOST_QUOTED
    if more > 0:
        others = ngettext("%(n)d more statement", "%(n)d more statements", more) % {"n": more}
        words = [*words[:MOST_QUOTED], others]
    return listed(words)


def listed(words: list[str]) -> str:
    """
    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    if len(words) < 2:
        return "".join(words)
    return _("%(all)s and %(last)s") % {"all": ", ".join(words[:-1]), "last": words[-1]}
