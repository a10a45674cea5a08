"""What the person who looks after an installation needs on its first day."""

import argparse
import getpass
import secrets
import sys
from typing import TYPE_CHECKING

from .starting import load_house

if TYPE_CHECKING:
    from manyhands.foundation.accounts.models import Person


def add_commands(commands: argparse._SubParsersAction) -> None:
    """`secret`, `operator` and `prepare`."""
    secret = commands.add_parser("secret", help="print a new value for MANYHANDS_SECRET_KEY")
    secret.set_defaults(run=print_secret)
    operator = commands.add_parser("operator", help="make somebody an operator, who sees jobs and health")
    operator.add_argument("email")
    operator.add_argument("--password-from-input", action="store_true", help="read the password from standard input")
    operator.set_defaults(run=make_operator)
    prepare = commands.add_parser("prepare", help="bring the database and the static files up to date")
    prepare.set_defaults(run=prepare_house)


def print_secret(arguments: argparse.Namespace) -> int:
    print(secrets.token_urlsafe(48))
    return 0


def make_operator(arguments: argparse.Namespace) -> int:
    load_house()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from manyhands.foundation.accounts.models import Person

    try:
        validate_email(arguments.email)
        password = sys.stdin.readline().rstrip("\n") if arguments.password_from_input else getpass.getpass("Password: ")
        validate_password(password)
    except ValidationError as error:
        print(" ".join(error.messages), file=sys.stderr)
        return 2
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=arguments.email).first()
        person = person or Person.objects.create_user(arguments.email)
        person.set_password(password)
        person.is_operator = True
        person.save()
        _verify(person)
    print(f"{arguments.email} is an operator and signs in with that password.")
    return 0


def _verify(person: "Person") -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


def prepare_house(arguments: argparse.Namespace) -> int:
    load_house()
    prepare()
    print("The database and the static files are up to date.")
    return 0


def prepare(static: bool = True) -> None:
    """Bring everything up to date that must be so before the first request. Safe to repeat."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    if not settings.ENVIRONMENT.cache_url:
        call_command("createcachetable", verbosity=0)
    if static and settings.ENVIRONMENT.mode != "development":
        call_command("collectstatic", verbosity=0, interactive=False)
