"""The web server reads the program once and then parts into processes: what they share must be fit to be shared."""

import os
import subprocess
import sys

READ = """
import sys, threading
import manyhands.config.wsgi
from django.db import connections
heavy = {"numpy", "scipy", "igraph", "pyarrow"} & {*sys.modules}
print(connections["default"].connection, threading.active_count(), heavy)
"""


def test_nothing_is_open_when_the_processes_part(tmp_path):
    """A connection used by two processes mixes their answers up, and threads do not come along."""
    environment = {**os.environ, "MANYHANDS_MODE": "demo", "MANYHANDS_DATA_FOLDER": str(tmp_path)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    ran = subprocess.run([sys.executable, "-c", READ], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[-2] == "None 1 set()"
