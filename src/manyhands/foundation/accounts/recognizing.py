"""Who is asking? Session and person are looked up for every page, so both questions are written once.

Django's own session store and the library's own backend do everything else; see `access/written.py`.
"""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AnyBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import BigIntegerField, CharField, DateTimeField
from django.utils.timezone import now

from manyhands.foundation.access.written import Blank, RowsOfWords

from .models import Person

_session = RowsOfWords(
    lambda: Session.objects.filter(session_key=Blank("key", CharField()), expire_date__gt=Blank("now", DateTimeField()))
)
_person = RowsOfWords(lambda: Person.objects.filter(pk=Blank("person", BigIntegerField()), is_active=True))


class SessionStore(DatabaseSessions):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(_session.ask(key=self.session_key, now=now())), None)
        if found is None:
            self._session_key = None
        return found


class AuthenticationBackend(AnyBackend):
    """Signs people in as the library does."""

    def get_user(self, user_id: Any) -> Person | None:
        return next(iter(_person.ask(person=user_id)), None)
