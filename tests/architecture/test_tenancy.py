"""No coalition, no answer: for every model, also those not yet written."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command

from manyhands.foundation.tenancy.models import CoalitionOwned, OwnedManager
from manyhands.foundation.tenancy.scope import NoCoalition

from .house import MAY_LOOK_EVERYWHERE, SOURCE, modules

OWNED = [model for model in apps.get_models() if issubclass(model, CoalitionOwned)]


def test_every_model_has_an_owner():
    call_command("check", tags=["tenancy"], fail_level="ERROR")


def test_there_are_models_to_speak_of():
    assert len(OWNED) > 10


@pytest.mark.parametrize("model", OWNED, ids=lambda m: m._meta.label)
def test_asking_without_a_coalition_is_an_error_not_an_answer(model, db):
    with pytest.raises(NoCoalition):
        model.objects.first()
    assert isinstance(model._default_manager, OwnedManager), "related rows are found by this manager too"


@pytest.mark.parametrize("model", OWNED, ids=lambda m: m._meta.label)
def test_every_owned_row_asks_the_gate_before_it_is_saved(model):
    """Whoever overrides `save` or `claim` must still pass through it."""
    assert model.claim is CoalitionOwned.claim
    if model.save is not CoalitionOwned.save:
        import inspect

        assert "super().save(" in inspect.getsource(model.save), model


def test_only_the_foundation_looks_over_all_coalitions():
    for path in modules():
        place = "/".join(path.relative_to(SOURCE).parts[:2])
        if place not in MAY_LOOK_EVERYWHERE:
            found = re.search(r"\.all_coalitions|\beverywhere\(|_base_manager", path.read_text())
            assert not found, f"{path} says {found and found.group()}"


def test_raw_sql_stays_in_the_foundation():
    """The ordinary manager is the first fence; raw SQL jumps it."""
    for path in modules():
        parts = path.relative_to(SOURCE).parts
        if parts[0] in {"practice", "faces", "demo"}:
            assert not re.search(r"\.raw\(|cursor\(\)|\.extra\(", path.read_text()), path
