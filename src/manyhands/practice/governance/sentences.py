"""What the pages of governance say about counts and rules, in whole sentences."""

from fractions import Fraction

from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from .models import DecisionRule, Proposal
from .queries import Raised
from .rules import Base, Method, Outcome, Verdict, write_share

# fmt: off
NUMBERS = [
    lazy("none"), lazy("one"), lazy("two"), lazy("three"), lazy("four"), lazy("five"),
    lazy("six"), lazy("seven"), lazy("eight"), lazy("nine"), lazy("ten"), lazy("eleven"),
    lazy("twelve"), lazy("thirteen"), lazy("fourteen"), lazy("fifteen"), lazy("sixteen"), lazy("seventeen"),
    lazy("eighteen"), lazy("nineteen"), lazy("twenty"),
]
# fmt: on


def in_words(number: int) -> str:
    """Small numbers as words, larger ones as figures."""
    return str(NUMBERS[number]) if 0 <= number < len(NUMBERS) else str(number)


def capital(sentence: str) -> str:
    """The sentence with a capital letter at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def heading(hands: list[Raised], verdict: Verdict) -> str:
    """How many have a stance, and whether that is enough: "Nine of fourteen have a stance. It counts."."""
    have = sum(hand.stance is not None for hand in hands)
    spoken = _("%(have)s of %(of)s have a stance.") % {"have": capital(in_words(have)), "of": in_words(len(hands))}
    if not verdict.to_quorum:
        return f"{spoken} {_('It counts.')}"
    more = ngettext(
        "%(n)s more vote is needed for it to count.", "%(n)s more votes are needed for it to count.", verdict.to_quorum
    )
    if all(hand.votes == 1 for hand in hands):
        more = ngettext("%(n)s more, and it counts.", "%(n)s more, and it counts.", verdict.to_quorum)
    return f"{spoken} {capital(more % {'n': in_words(verdict.to_quorum)})}"


def counts(hands: list[Raised]) -> str:
    """ "Seven for, one against, one stands aside, five not yet."."""
    found = dict.fromkeys(("for", "against", "block", "aside", ""), 0)
    for hand in hands:
        found[hand.stance.choice if hand.stance else ""] += 1
    parts = [
        (found["for"], ngettext("%(n)s for", "%(n)s for", found["for"])),
        (found["against"], ngettext("%(n)s against", "%(n)s against", found["against"])),
        (found["block"], ngettext("%(n)s blocks", "%(n)s block", found["block"])),
        (found["aside"], ngettext("%(n)s stands aside", "%(n)s stand aside", found["aside"])),
        (found[""], ngettext("%(n)s not yet", "%(n)s not yet", found[""])),
    ]
    said = ", ".join(words % {"n": in_words(n)} for n, words in parts if n)
    return capital(said) + "."


def what_rule_asks(rule: DecisionRule, verdict: Verdict) -> str:
    """What the rule asks for here, in figures of this proposal."""
    quorum = ngettext("%(n)s stance", "%(n)s stances", verdict.quorum) % {"n": in_words(verdict.quorum)}
    asked = {"rule": rule.name, "quorum": quorum, "share": share(rule)}
    if rule.method == Method.CONSENT:
        return _("%(rule)s asks for %(quorum)s and nobody who blocks.") % asked
    if rule.blocks_stop:
        return _("%(rule)s asks for %(quorum)s, and %(share)s must be in favor; a block would stop it.") % asked
    return _("%(rule)s asks for %(quorum)s, and %(share)s must be in favor; a block counts as against.") % asked


def share(rule: DecisionRule) -> str:
    """ "two thirds of the votes for or against"."""
    names = {
        Fraction(1, 2): _("half"),
        Fraction(2, 3): _("two thirds"),
        Fraction(3, 4): _("three quarters"),
        Fraction(1): _("all"),
    }
    amount = names.get(rule.threshold) or write_share(rule.threshold)
    of = {
        Base.FOR_OR_AGAINST: _("of the votes for or against"),
        Base.STANCES: _("of all stances, those aside included"),
        Base.ELIGIBLE: _("of all votes, given or not,"),
    }[Base(rule.base)]
    if rule.must_exceed:
        return _("more than %(share)s %(of)s") % {"share": amount, "of": of}
    return f"{amount} {of}"


def as_it_stands(verdict: Verdict, dissents: int) -> tuple[str, str]:
    """What would happen if it were closed now: the part said loudly, and the rest."""
    if verdict.outcome is Outcome.NO_QUORUM:
        return _("As it stands, nothing is decided:"), _("too few have a stance.")
    if verdict.blocked:
        return _("As it stands, it is not adopted:"), _("a block stops it until it is talked through.")
    if verdict.outcome is Outcome.NOT_ADOPTED:
        short = verdict.needed - verdict.in_favor
        more = ngettext("%(n)s vote in favor is missing.", "%(n)s votes in favor are missing.", short)
        return _("As it stands, it is not adopted:"), more % {"n": in_words(short)}
    if dissents:
        beside = ngettext("with %(n)s dissent on record.", "with %(n)s dissents on record.", dissents)
        return _("As it stands, it is adopted"), beside % {"n": in_words(dissents)}
    return _("As it stands, it is adopted"), _("without dissent.")


def outcome(proposal: Proposal) -> str:
    """ "Adopted with dissent on 27 November 2026"."""
    said = {
        "adopted": _("Adopted on %(day)s"),
        "adopted with dissent": _("Adopted with dissent on %(day)s"),
        "not adopted": _("Not adopted on %(day)s"),
        "no quorum": _("Not decided on %(day)s: too few stances"),
    }[proposal.state]
    return said % {"day": date_format(localtime(proposal.decided_at), "j F Y")}


def time_left(proposal: Proposal) -> str:
    """ "Six days left", or that the time is over."""
    left = proposal.closing - now()
    if left.total_seconds() <= 0:
        return _("Its time is over; it can be closed.")
    if left.days:
        return capital(ngettext("%(n)s day left.", "%(n)s days left.", left.days) % {"n": in_words(left.days)})
    hours = max(1, left.seconds // 3600)
    return capital(ngettext("%(n)s hour left.", "%(n)s hours left.", hours) % {"n": in_words(hours)})


def rule_explained(rule: DecisionRule) -> list[str]:
    """The whole rule in plain sentences, for the page "How we decide"."""
    quorum = _("At least %(share)s of all votes must be given, in any direction; otherwise nothing is decided.")
    said = [quorum % {"share": _plain(rule.quorum)}]
    if rule.method == Method.CONSENT:
        said.append(_("It is adopted if someone is for it and nobody blocks it. Being against does not stop it."))
    else:
        said.append(_("It is adopted if %(share)s are in favor.") % {"share": share(rule)})
        said.append(
            _("One block stops it, and it must be talked through.")
            if rule.blocks_stop
            else _("A block counts as against; it does not stop a proposal alone.")
        )
    days = ngettext(
        "Members hear of it %(n)d day before it closes.",
        "Members hear of it %(n)d days before it closes.",
        rule.notice_days,
    )
    said.append(days % {"n": rule.notice_days})
    said.append(_("Whoever was against keeps their words beside the decision, with an answer."))
    return said


def _plain(amount: Fraction) -> str:
    names = {Fraction(1, 2): _("half"), Fraction(2, 3): _("two thirds"), Fraction(3, 4): _("three quarters")}
    return names.get(amount) or write_share(amount)
