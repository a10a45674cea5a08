"""Commands load the house once, without looking for rubbish meanwhile, and look for it again afterwards."""

import json
import os
import subprocess
import sys

WATCHED = """
import gc, json
looked = []
gc.callbacks.append(lambda phase, info: looked.append(phase) if phase == "start" else None)
from manyhands.faces.cli.starting import load_house
load_house()
loading = len(looked)
from django.apps import apps
frozen, enabled = gc.get_freeze_count(), gc.isenabled()
load_house()
print(json.dumps([apps.ready, loading, frozen > 100_000, enabled, gc.get_freeze_count() == frozen]))
"""


def test_a_command_loads_the_house_once_and_python_looks_for_rubbish_only_afterwards():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "manyhands.config.settings"}
    said = subprocess.check_output([sys.executable, "-c", WATCHED], env=environment, text=True)
    ready, looked, frozen, enabled, once = json.loads(said)
    assert (ready, frozen, enabled, once) == (True, True, True, True)
    assert looked < 3  # what our own first lines bring; loading with a collector that looks makes it some hundred
