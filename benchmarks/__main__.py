"""`python -m benchmarks`: every measurement, one after the other; what they find is written to `results/`."""

import importlib
import pkgutil
import sys
from pathlib import Path

#: Started by another script, not a measurement of its own.
HELPERS = {
    "__main__",
    "beside",
    "common_ground_report",
    "floor_answers",
    "floor_site",
    "growth",
    "imports_peers",
    "round_load_client",
    "round_load_report",
    "round_load_site",
}


def scripts() -> list[str]:
    """The names of all measurements, in order."""
    found = (module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return sorted(name for name in found if name not in HELPERS)


def main() -> int:
    failed = []
    for name in scripts():
        print(f"== {name}", flush=True)
        sys.argv = [f"benchmarks.{name}"]  # each script reads its own arguments; here there are none
        try:
            if importlib.import_module(f"benchmarks.{name}").main():
                failed.append(name)
        except SystemExit as ended:
            if ended.code:
                print(ended.code, file=sys.stderr)
                failed.append(name)
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
