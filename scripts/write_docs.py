"""Writes the pages that come from the code: settings, rooms, who may do what, and what is proven.

python scripts/write_docs.py            write them
python scripts/write_docs.py --check    only say whether they are current (exit 1 if not)
"""

import os
import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "manyhands"
os.environ.setdefault("MANYHANDS_MODE", "development")
os.environ.setdefault("MANYHANDS_DATA_FOLDER", str(PROJECT / "var" / "tests"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manyhands.config.settings")
sys.path.insert(0, str(SOURCE.parent))

NOTE = "<!-- Written from the code by `make docs`. Change the code, not this page. -->\n\n"


def settings_page() -> str:
    from manyhands.config.environment import PREFIX, Environment

    lines = [
        "# Settings\n",
        "Everything an operator can change is an environment variable. Nothing needs to be set to try Manyhands on",
        "one machine with `./manyhands demo`. A server that others reach runs in `production` mode and refuses to",
        "start until what protects it is set; the sentence it prints says what that is.\n",
        "| Variable | If not set | What it is for |",
        "| --- | --- | --- |",
    ]
    for name, field in Environment.model_fields.items():
        default = "" if field.default in ("", None) else f"`{field.default}`"
        lines.append(f"| `{PREFIX}{name.upper()}` | {default or '(empty)'} | {field.description} |")
    return NOTE + "\n".join(lines) + "\n"


def permissions_page() -> str:
    import django

    django.setup()
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # every room's policies are known once its pages are
    from manyhands.foundation.access.rules import REGISTRY

    lines = [
        "# Who may do what\n",
        "Each sentence is one permission. The page of the same name in a coalition shows which roles give it.\n",
    ]
    for room in sorted({name.split(".")[0] for name in REGISTRY}):
        lines += [f"## {room.capitalize()}\n"]
        lines += [f"- {REGISTRY[name].meaning}" for name in sorted(REGISTRY) if name.split(".")[0] == room]
        lines.append("")
    return NOTE + "\n".join(lines)


def rooms_page() -> str:
    lines = ["# Rooms\n", "One folder is one room. Upper rows may look at lower ones, never the other way.\n"]
    for floor in ("faces", "practice", "foundation"):
        lines.append(f"## {floor.capitalize()}\n")
        for readme in sorted((SOURCE / floor).glob("*/README.md")):
            first = next((x for x in readme.read_text().splitlines()[1:] if x.strip() and not x.startswith("#")), "")
            lines.append(
                f"- [{readme.parent.name}](../../src/manyhands/{floor}/{readme.parent.name}/README.md): {first}"
            )
        lines.append("")
    return NOTE + "\n".join(lines)


def sentences_of(text: str) -> dict[str, set[str]]:
    """The sentences that each test of a file names.

    >>> found = sentences_of("# S0-06\\ndef test_a():\\n    1  # S1-08\\n\\n# S2-13 S0-24\\n@mark\\ndef test_b(): ...")
    >>> {test: sorted(numbers) for test, numbers in found.items()}
    {'test_a': ['S0-06', 'S1-08'], 'test_b': ['S0-24', 'S2-13']}
    """
    found: dict[str, set[str]] = {}
    test = ""
    above: set[str] = set()
    for line in text.splitlines():
        if line and not line[0].isspace() and not line.startswith(("def test_", ")")):
            test = ""  # a comment or a decorator here belongs to the test that follows
        if begins := re.match(r"\s*(?:async )?def (test_\w+)", line):
            test = begins.group(1)
            found.setdefault(test, set()).update(above)
            above = set()
        numbers = re.findall(r"\bS[0-3]-\d\d\b", line.partition("#")[2])
        found[test].update(numbers) if test else above.update(numbers)
    return {name: numbers for name, numbers in found.items() if numbers}


def proven_page() -> str:
    """Capability sentences by number, and the tests that name them in a `# S0-06` comment above or within."""
    named: dict[str, set[str]] = {}
    for path in [*PROJECT.glob("tests/**/test_*.py"), *SOURCE.glob("**/tests/test_*.py")]:
        for test, numbers in sentences_of(path.read_text(encoding="utf-8")).items():
            for number in numbers:
                named.setdefault(number, set()).add(f"`{path.relative_to(PROJECT)}::{test}`")
    lines = [
        "# What tests prove\n",
        "A capability sentence of the design is listed here only if a test that runs in every check names it.",
        "Everything that is not listed is not proven.\n",
        "| Sentence | Proven by |",
        "| --- | --- |",
    ]
    lines += [f"| {number} | {'<br>'.join(sorted(named[number]))} |" for number in sorted(named)]
    return NOTE + "\n".join(lines) + "\n"


PAGES = {
    "docs/guide/settings.md": settings_page,
    "docs/guide/who-may-do-what.md": permissions_page,
    "docs/rooms/README.md": rooms_page,
    "docs/proven.md": proven_page,
}


def main() -> int:
    stale = []
    for name, write in PAGES.items():
        path, text = PROJECT / name, write()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    print("\n".join(f"{'stale' if '--check' in sys.argv else 'written'}: {name}" for name in stale) or "All current.")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
