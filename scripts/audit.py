"""Are there known holes in what we use? "Could not be asked" is said as unknown, never as clean."""

import json
import subprocess
import sys
from typing import Any

ASK = [
    *("-m", "pip_audit", "--format", "json", "--progress-spinner", "off"),
    # All that is installed anywhere: the product, what large installations add, and what developers use.
    *("--require-hashes", "--disable-pip", "-r", "requirements/development.txt"),
]


def verdict(found: list[dict[str, Any]]) -> tuple[int, str]:
    """The exit code and the sentence for what the auditor answered.

    >>> verdict([{"name": "django", "version": "5.2", "vulns": []}])
    (0, 'Known holes in what we use: none in 1 package.')
    >>> verdict([{"name": "django", "skip_reason": "not found"}])
    (0, 'Known holes in what we use: UNKNOWN for all 1 packages; the list of holes could not be asked.')
    >>> verdict([{"name": "x", "version": "1", "vulns": [{"id": "CVE-1"}]}])
    (1, 'Known holes in what we use: x 1 (CVE-1).')
    """
    holes = [f"{d['name']} {d['version']} ({', '.join(v['id'] for v in d['vulns'])})" for d in found if d.get("vulns")]
    unknown = [d["name"] for d in found if "skip_reason" in d]
    if holes:
        return 1, f"Known holes in what we use: {'; '.join(holes)}."
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
        code, sentence = verdict(json.loads(asked.stdout)["dependencies"])
    except (json.JSONDecodeError, KeyError):
        code, sentence = 0, "Known holes in what we use: UNKNOWN, the auditor gave no answer."
    print(sentence)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
