"""Fetches the front-end files that Manyhands ships, with `npm pack`, and writes a manifest of their hashes.

Only who changes a version in `package.json` or a name in `icons.txt` runs this:

    python -m manyhands.foundation.ui.vendor

The files are committed, so nobody needs Node or a network to install or to run Manyhands.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "static" / "ui"
MANIFEST = STATIC / "vendor" / "manifest.json"
SPRITE = STATIC / "icons.svg"

FONT_FILES = "{name}-{subset}-wght-normal.woff2"


def _font(name: str) -> dict[str, str]:
    files = [FONT_FILES.format(name=name, subset=subset) for subset in ("latin", "latin-ext")]
    return {f"files/{file}": f"fonts/{name}/{file}" for file in files} | {"LICENSE": f"fonts/{name}/LICENSE"}


# For each package: file inside it -> file inside static/ui/vendor/.
WANTED: dict[str, dict[str, str]] = {
    "bootstrap": {
        **{
            f"dist/css/bootstrap-{part}.min.css": f"bootstrap/bootstrap-{part}.min.css"
            for part in ("reboot", "grid", "utilities")
        },
        "LICENSE": "bootstrap/LICENSE",
    },
    "@fontsource-variable/bricolage-grotesque": _font("bricolage-grotesque"),
    "@fontsource-variable/atkinson-hyperlegible-next": _font("atkinson-hyperlegible-next"),
    "@tabler/icons": {"LICENSE": "tabler-icons/LICENSE"},
}


def icon_names() -> list[str]:
    """The names in icons.txt, sorted, each once."""
    return sorted(set((HERE / "icons.txt").read_text().split()))


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def without_source_map(text: bytes) -> bytes:
    """Drops the pointer to a source map: the map is not shipped, and hashed static storage stops at it.

    >>> without_source_map(b"a{}\\n/*# sourceMappingURL=a.css.map */\\n")
    b'a{}\\n'
    """
    return re.sub(rb"/\*# sourceMappingURL=.*?\*/\s*", b"", text)


def main() -> None:
    versions: dict[str, str] = json.loads((HERE / "package.json").read_text())["dependencies"]
    packages = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, version in sorted(versions.items()):
            unpacked = _fetch(name, version, Path(scratch))
            written = [_copy(unpacked / inside, STATIC / "vendor" / ours) for inside, ours in WANTED[name].items()]
            if name == "@tabler/icons":
                SPRITE.write_text(_sprite(unpacked / "icons" / "outline"))
                written.append(SPRITE)
            packages.append(_described(name, unpacked, written))
    MANIFEST.write_text(json.dumps({"packages": packages}, indent=2) + "\n")


def _fetch(name: str, version: str, scratch: Path) -> Path:
    command = ["npm", "pack", "--silent", f"{name}@{version}"]
    packed = subprocess.run(command, cwd=scratch, check=True, capture_output=True, text=True).stdout.split()[-1]
    unpacked = scratch / packed.removesuffix(".tgz")
    with tarfile.open(scratch / packed) as archive:
        archive.extractall(unpacked, filter="data")
    return unpacked / "package"


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(without_source_map(source.read_bytes()))
    return target


def _described(name: str, unpacked: Path, written: list[Path]) -> dict[str, object]:
    facts = json.loads((unpacked / "package.json").read_text())
    files = {str(path.relative_to(STATIC)): hash_of(path) for path in sorted(written)}
    return {"name": name, "version": facts["version"], "licence": facts["license"], "files": files}


def _sprite(icons: Path) -> str:
    missing = [name for name in icon_names() if not (icons / f"{name}.svg").exists()]
    if missing:
        sys.exit(f"Tabler has no outline icon named {', '.join(missing)}. Change icons.txt.")
    symbols = [_symbol(name, (icons / f"{name}.svg").read_text()) for name in icon_names()]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _symbol(name: str, picture: str) -> str:
    # The first path of every Tabler icon is an invisible frame.
    shapes = [shape for shape in re.findall(r"<(?!svg|/)[^>]+/>", picture) if 'stroke="none"' not in shape]
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


if __name__ == "__main__":
    main()
