"""The sentence above the map: what it shows that somebody should act on."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..chart import short
from . import insights
from .queries import Network


def finding(network: Network) -> str:
    """Whom we would lose with whom; else what is not tied; else that nothing hangs on one."""
    if len(network.doors) < 3:
        return _("Too few ties to see a pattern yet")
    if network.members and not any(network.known[pk] for pk in network.members):
        return _("None of us is tied to anybody here yet")
    ways = insights.only_ways(network)
    if ways:
        name = network.nodes[ways[0].through].name
        lost = [network.nodes[pk].name for pk in ways[0].lost]
        words = {"one": short(name), "others": listed([short(other) for other in lost], most=2)}
        if network.nodes[ways[0].through].is_member:
            return _("%(one)s is our only way to %(others)s") % words
        return _("Only through %(one)s do we reach %(others)s") % words
    missing = insights.missing_links(network)
    if missing:
        one, other = (network.nodes[pk].name for pk in missing[0].called_after)
        return _("The circles of %(one)s and %(other)s hardly know each other") % {
            "one": short(one),
            "other": short(other),
        }
    return _("Nobody here hangs on one tie alone")


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names in a sentence, the rest as a number.

    >>> listed(["Port"]), listed(["Port", "Taxis"]), listed(["Port", "Taxis", "Chamber", "League"], most=2)
    ('Port', 'Port and Taxis', 'Port, Taxis and 2 more')
    """
    names = list(names)
    if len(names) > most:
        rest = len(names) - most
        more = ngettext("%(n)s more", "%(n)s more", rest) % {"n": rest}
        return _("%(names)s and %(last)s") % {"names": ", ".join(names[:most]), "last": more}
    if len(names) > 1:
        return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)
