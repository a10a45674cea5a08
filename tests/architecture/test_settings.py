"""Every setting is typed, explained and safe when nothing is set."""

import os
import re
import subprocess
import sys

import pytest

from manyhands.config.environment import PREFIX, Environment

from .house import PROJECT, SOURCE, modules

PAGE = PROJECT / "docs" / "guide" / "settings.md"


@pytest.mark.parametrize("name", sorted(Environment.model_fields))
def test_every_setting_is_explained(name):
    field = Environment.model_fields[name]
    assert field.description, name
    assert field.description.endswith("."), name
    assert f"`{PREFIX}{name.upper()}`" in PAGE.read_text(), f"{name} is missing in {PAGE.name}; run `make docs`"


def test_the_page_explains_nothing_that_is_gone():
    written = set(re.findall(rf"`{PREFIX}([A-Z_]+)`", PAGE.read_text()))
    assert {name.lower() for name in written} <= set(Environment.model_fields)


def test_nothing_else_is_read_from_the_environment():
    # The command line sets up the environment before the settings read it.
    may = {"config/environment.py", "config/wsgi.py", "faces/cli/main.py", "faces/cli/demo.py"}
    for path in modules():
        if str(path.relative_to(SOURCE)) not in may:
            found = re.search(r"os\.environ(?!\.setdefault\(\"DJANGO)|getenv\(", path.read_text())
            assert not found or "environment of a child" in path.read_text(), path


GOOD = {
    "MANYHANDS_MODE": "production",
    "MANYHANDS_SECRET_KEY": "x" * 40,
    "MANYHANDS_ALLOWED_HOSTS": "allies.example.org",
    "MANYHANDS_SITE_ADDRESS": "https://allies.example.org",
}


def start(tmp_path, **changes: str) -> subprocess.CompletedProcess:
    settings = {k: v for k, v in {**GOOD, **changes}.items() if v != "(unset)"}
    # The environment of a child: only what the operator set.
    plain = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE.parent), "MANYHANDS_DATA_FOLDER": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-m", "manyhands", "check"],
        env={**plain, **settings},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"MANYHANDS_SECRET_KEY": "(unset)"}, "Set MANYHANDS_SECRET_KEY"),
        ({"MANYHANDS_SECRET_KEY": "short"}, "Set MANYHANDS_SECRET_KEY"),
        ({"MANYHANDS_DEBUG": "true"}, "Set MANYHANDS_DEBUG"),
        ({"MANYHANDS_ALLOWED_HOSTS": "(unset)"}, "Set MANYHANDS_ALLOWED_HOSTS"),
        ({"MANYHANDS_ALLOWED_HOSTS": "*"}, "Set MANYHANDS_ALLOWED_HOSTS"),
        ({"MANYHANDS_MODE": "(unset)", "MANYHANDS_SECRET_KEY": "(unset)"}, "Set MANYHANDS_SECRET_KEY"),
        ({"MANYHANDS_PORT": "a lot"}, "MANYHANDS_PORT is not usable"),
        ({"MANYHANDS_MODE": "sandbox"}, "MANYHANDS_MODE is not usable"),
    ],
)
def test_it_refuses_to_start_insecurely_and_says_what_to_set(tmp_path, changes, says):
    found = start(tmp_path, **changes)
    assert found.returncode != 0
    assert says in found.stderr
    assert "Traceback" not in found.stderr


def test_it_starts_when_everything_is_set(tmp_path):
    found = start(tmp_path)
    assert found.returncode == 0, found.stderr
