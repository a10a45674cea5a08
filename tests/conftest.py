"""The example coalition, played once for a whole run of the tests, whatever number of workers it has."""

from pathlib import Path

import pytest

from .living_house import Example, play_once, throw_away


def _everyones(tmp_path_factory: pytest.TempPathFactory, config: pytest.Config) -> Path:
    """A folder that all workers of this run see; each of them has its own inside of it."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if hasattr(config, "workerinput") else own) / "example"


@pytest.fixture(scope="session")
def example_once(tmp_path_factory, pytestconfig) -> Example:
    """To be copied, never lived in: `living_house(folder, example=…)`."""
    return play_once(_everyones(tmp_path_factory, pytestconfig))


def pytest_unconfigure(config: pytest.Config) -> None:
    """The one who started the workers outlives them, and takes the example away."""
    factory = getattr(config, "_tmp_path_factory", None)
    if factory is not None and not hasattr(config, "workerinput"):
        throw_away(_everyones(factory, config))
