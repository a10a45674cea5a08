"""The example coalition for the tests of the whole house."""

from tests.security.conftest import _played, example, rows

__all__ = ["_played", "example", "rows"]
