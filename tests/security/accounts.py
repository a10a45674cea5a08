"""Lea at the door: her password, the letters she gets, and what the house keeps of her coming in."""

import re

from django.core import mail

from manyhands.foundation.accounts.models import SecurityEvent
from manyhands.foundation.jobs.worker import run_waiting

PASSWORD = "three words together"
LOGIN = "/accounts/login/"


def letters() -> dict[str, list]:
    """Does the waiting work; the letters that went out by it, by subject."""
    mail.outbox.clear()
    run_waiting()
    found: dict[str, list] = {}
    for letter in mail.outbox:
        found.setdefault(letter.subject, []).append(letter)
    return found


def path_in(letter) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body).group(1)


def sign_in(client, password=PASSWORD, email="lea@example.org", **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def who(client) -> str | None:
    return client.session.get("_auth_user_id")


def kinds(person) -> list[str]:
    return list(SecurityEvent.objects.filter(person=person).order_by("id").values_list("kind", flat=True))
