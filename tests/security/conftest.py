"""The example coalition, played once for each test that walks the whole house; and somebody with an account."""

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from manyhands.foundation.accounts.models import Person
from manyhands.foundation.tenancy.scope import inside

from .accounts import PASSWORD


@pytest.fixture(scope="module")
def _played(django_db_setup, django_db_blocker):
    """Played once for a file of tests, in a transaction around all of theirs, and taken back at its end."""
    from manyhands.demo.story import play

    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
        try:
            yield play()
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@pytest.fixture
def example(_played, db):
    """The invented coalition with every kind of row in it."""
    return _played


@pytest.fixture
def rows(example):
    """One row of each kind of thing the example holds, by the name that addresses use: ``rows["proposal"]``."""
    from django.apps import apps

    from manyhands.foundation.jobs.models import JobRun
    from manyhands.foundation.tenancy.models import CoalitionOwned

    found = {}
    with inside(example.pk):
        for model in apps.get_models():
            if issubclass(model, CoalitionOwned):
                row = model.objects.order_by("pk").first()
                if row is not None:
                    name = "".join(f"_{c.lower()}" if c.isupper() else c for c in model.__name__).lstrip("_")
                    found[name] = row
    found["run"] = JobRun.objects.filter(coalition_id=example.pk).first()
    return found


@pytest.fixture
def lea(db) -> Person:
    person = Person.objects.create_user("lea@example.org", PASSWORD, name="Lea")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person
