"""Who is asking? Session and person are looked up for every page: both with one question, which is written once.

Django's own session store and the library's own backend do everything else; see `access/written`. A person who came
with the session is held for this one request only, is given out once, and only if the session itself names them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend as AnyBackend
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import BigIntegerField, CharField, DateTimeField
from django.utils.timezone import now

from manyhands.foundation.access.written import Blank, RowsOfWords
from manyhands.foundation.tenancy.scope import everywhere

from .models import Person, Session

_session = RowsOfWords(
    lambda: Session.objects.select_related("person").filter(
        session_key=Blank("key", CharField()), expire_date__gt=Blank("now", DateTimeField())
    )
)
_person = RowsOfWords(lambda: Person.objects.filter(pk=Blank("person", BigIntegerField()), is_active=True))

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
    """Django's sessions in the database, each with the person who is signed in."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast(Session, super().create_model_instance(data))  # of `get_model_class`
        session.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return session

    def _get_session_from_db(self) -> Session | None:
        # The next question looks for the person's seat in every coalition, so the fence is drawn once for both.
        with everywhere("whose session this is; neither belongs to a coalition"):
            found = next(iter(_session.ask(key=self.session_key, now=now())), None)
        held = _held.get()
        if found is None:
            self._session_key = None
        elif held is not None and found.person is not None and found.person.is_active:
            held[:] = [found.person]
        return found


class AuthenticationBackend(AnyBackend):
    """Signs people in as the library does."""

    def get_user(self, user_id: Any) -> Person | None:
        held = _held.get()
        person = held.pop() if held else None
        if person is not None and person.pk == user_id:
            return person
        return next(iter(_person.ask(person=user_id)), None)
