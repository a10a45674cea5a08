"""Are there known holes in what we use? "Could not be asked" is said as unknown, never as clean."""

import json
import re
import subprocess
import sys
from collections.abc import Container
from pathlib import Path
from typing import Any

ASK = [
    *("-m", "pip_audit", "--format", "json", "--progress-spinner", "off"),
    # All that is installed anywhere: the product, what large installations add, and what developers use.
    *("--require-hashes", "--disable-pip", "-r", "requirements/development.txt"),
]

#: What large installations add to the product.
SCALE = {
    *("amqp", "billiard", "celery", "click", "click-didyoumean", "click-plugins", "click-repl"),
    *("kombu", "redis", "vine"),
}


def runs_on_sites() -> set[str]:
    """Names of what is installed where people work; the rest is developers' own."""
    listed = Path("requirements/product.txt").read_text(encoding="utf-8")
    return SCALE | set(re.findall(r"^([a-z0-9._-]+)==", listed, re.M))


def verdict(found: list[dict[str, Any]], on_sites: Container[str] = ("x",)) -> tuple[int, str]:
    """The exit code and the sentence for what the auditor answered. A hole in a developer's tool stops nobody.

    >>> verdict([{"name": "django", "version": "5.2", "vulns": []}])
    (0, 'Known holes in what we use: none in 1 package.')
    >>> verdict([{"name": "django", "skip_reason": "not found"}])
    (0, 'Known holes in what we use: UNKNOWN for all 1 packages; the list of holes could not be asked.')
    >>> verdict([{"name": "x", "version": "1", "vulns": [{"id": "CVE-1"}]}])
    (1, 'Known holes in what we use: x 1 (CVE-1).')
    >>> verdict([{"name": "y", "version": "1", "vulns": [{"id": "CVE-2"}]}])
    (0, 'Known holes in what we use: y 1 (CVE-2).')
    """
    holes = [f"{d['name']} {d['version']} ({', '.join(v['id'] for v in d['vulns'])})" for d in found if d.get("vulns")]
    unknown = [d["name"] for d in found if "skip_reason" in d]
    if holes:
        here = any(d.get("vulns") and d["name"].lower() in on_sites for d in found)
        return int(here), f"Known holes in what we use: {'; '.join(holes)}."
    if len(unknown) == len(found):
        return (
            0,
            f"Known holes in what we use: UNKNOWN for all {len(found)} packages; the list of holes could not be asked.",
        )
    if unknown:
        return 0, f"Known holes in what we use: none known, UNKNOWN for {len(unknown)} of {len(found)} packages."
    return 0, f"Known holes in what we use: none in {len(found)} package{'s' if len(found) > 1 else ''}."


def main() -> int:
    asked = subprocess.run([sys.executable, *ASK], capture_output=True, text=True, check=False)
    try:
        code, sentence = verdict(json.loads(asked.stdout)["dependencies"], runs_on_sites())
    except (json.JSONDecodeError, KeyError):
        code, sentence = 0, "Known holes in what we use: UNKNOWN, the auditor gave no answer."
    print(sentence)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
