"""Where something comes from: the page behind a name such as ``alignment.Statement:12``, told by the room that owns it.

A decision keeps the name of the statement it grew from; common ground knows its page. Neither imports the other: the
second resolves, the first shows the link.

    register_source("alignment.Statement", lambda request, pk: Source(_("Statement 3"), "/c/…"))
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

#: A row of any room: "alignment.Statement:12".
NAMED = re.compile(r"^([a-z_]{1,40}\.[A-Za-z]{1,30}):([0-9]{1,18})\Z")


@dataclass(frozen=True)
class Source:
    """What something grew from: its page, what is known of it in one sentence, and the page with the evidence."""

    label: Any
    url: str
    finding: Any = ""
    evidence: Any = ""
    evidence_url: str = ""


Resolver = Callable[[HttpRequest, int], Source | None]
#: Who resolves which kind of row.
RESOLVERS: dict[str, Resolver] = {}


def register_source(kind: str, resolver: Resolver) -> None:
    """Let a room say where its rows are found; called once per kind, when a room is set up.

    ``resolver(request, pk)`` gives nothing for a row that is gone or that this person may not see.
    """
    RESOLVERS[kind] = resolver


def source_of(request: HttpRequest, name: str) -> Source | None:
    """The page behind a name, or nothing where no room knows it or this person may not see it."""
    named = NAMED.match(name)
    resolver = RESOLVERS.get(named[1]) if named else None
    return resolver(request, int(named[2])) if named and resolver else None
