"""Who is asking? Session and person are looked up for every page, so both come with one question that is written once.

Django's own session store and the library's own backend do everything else; see `access/written`. The library keeps a
row for each device that is signed in; by it the person is found together with the session. What came with the session
is held for this one request only, is given out once, and only for the person whose id the session itself names.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AnyBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import BigIntegerField, CharField, DateTimeField, QuerySet, Subquery
from django.utils.timezone import now

from manyhands.foundation.access.written import Blank, RowsOfWords
from manyhands.foundation.tenancy.scope import everywhere

from .models import Person


def _running() -> QuerySet[Session]:
    return Session.objects.filter(session_key=Blank("key", CharField()), expire_date__gt=Blank("now", DateTimeField()))


_session = RowsOfWords(_running)
_person = RowsOfWords(lambda: Person.objects.filter(pk=Blank("person", BigIntegerField()), is_active=True))
_person_with_session = RowsOfWords(
    lambda: Person.objects.filter(usersession__session_key=Blank("key", CharField()), is_active=True).annotate(
        session_data=Subquery(_running().values("session_data")),
        session_ends=Subquery(_running().values("expire_date")),
    )
)

_held: ContextVar[list[Person] | None] = ContextVar("held", default=None)


@contextmanager
def recognizing() -> Iterator[None]:
    """While this lasts, a person found together with a session need not be asked for again."""
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


class SessionStore(DatabaseSessions):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        asked = {"key": self.session_key, "now": now()}
        held = _held.get()
        found = _with_person(held, asked) if held is not None else None
        found = found or next(iter(_session.ask(**asked)), None)
        if found is None:
            self._session_key = None
        return found


def _with_person(held: list[Person], asked: dict[str, Any]) -> Session | None:
    """The session, if a person is signed in by it; the person is held."""
    # The next question looks for their seat in every coalition, so the fence is drawn once for both.
    with everywhere("which person has this session; neither is any coalition's"):
        person = next(iter(_person_with_session.ask(**asked)), None)
    if person is None or person.session_ends is None:
        return None
    held[:] = [person]
    return Session(session_key=asked["key"], session_data=person.session_data, expire_date=person.session_ends)


class AuthenticationBackend(AnyBackend):
    """Signs people in as the library does."""

    def get_user(self, user_id: Any) -> Person | None:
        held = _held.get()
        person = held.pop() if held else None
        if person is not None and person.pk == user_id:
            return person
        return next(iter(_person.ask(person=user_id)), None)
