"""For an operator at the console: help somebody who lost phone, passkeys and recovery codes."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from manyhands.foundation.accounts.models import SecurityEvent
from manyhands.foundation.accounts.security import write_down
from manyhands.foundation.accounts.tasks import person_at


class Command(BaseCommand):
    help = (
        "Takes every second step away from one account, after you made sure by another way that the person is who they "
        "say. They come in with a link or their password, and get a letter about it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address they sign in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = person_at(email.strip().lower())
        if person is None:
            raise CommandError(f"Nobody signs in with {email}. Look at the spelling.")
        with transaction.atomic():
            if not Authenticator.objects.filter(user=person).delete()[0]:
                raise CommandError(f"The account of {email} has no second step, so nothing was changed.")
            write_down(person, SecurityEvent.Kind.FACTOR_REMOVED)
        self.stdout.write(f"The account of {email} has no second step any more. A letter tells them so.")
