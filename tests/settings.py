"""The product's own settings, on a developer's machine, with the data of tests kept apart."""

import os

os.environ.setdefault("MANYHANDS_MODE", "development")
os.environ.setdefault("MANYHANDS_DATA_FOLDER", "var/tests")
os.environ.setdefault("MANYHANDS_LOG_LEVEL", "ERROR")

from manyhands.config.settings import *  # noqa: F403

# Collected files are for production; without the folder every request of every test would warn that it is missing.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
DRAWN_PARTS_ARE_COMPARED = True
