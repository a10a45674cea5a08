"""Joins our style sheets into static/ui/manyhands.css and our scripts into static/ui/manyhands.js.

One file each, because on a slow phone every request costs more than the bytes in it. A script of one room that is too
long for one file is written as modules in that room's `scripts/NAME/`, which import one another and begin in `main.js`;
they are joined into the room's `static/ROOM/NAME.js`. Run it after a change in `styles/` or `scripts/` and commit the
result; a test fails while the built files are behind:

    python -m manyhands.foundation.ui.build
"""

import re
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "static" / "ui"
STYLES = HERE / "styles"
SCRIPTS = HERE / "scripts"
SOURCE = HERE.parents[1]
IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)

LAYERS = ("vendor", "tokens", "base", "layout", "components", "adjust")


def main() -> None:
    (STATIC / "manyhands.css").write_text(style_sheet(), encoding="utf-8")
    (STATIC / "manyhands.js").write_text(script(), encoding="utf-8")
    for place, main_module in room_scripts().items():
        place.write_text(joined(main_module), encoding="utf-8")


def style_sheet() -> str:
    """The whole style sheet, weakest layer first, without comments."""
    files = {
        "vendor": [
            STATIC / "vendor" / "bootstrap" / f"bootstrap-{part}.min.css" for part in ("reboot", "grid", "utilities")
        ],
        "tokens": [STYLES / "tokens.css"],
        "base": [STYLES / "base.css"],
        "layout": [STYLES / name for name in ("layout.css", "masthead.css", "page.css")],
        "components": sorted((STYLES / "components").glob("*.css")),
        "adjust": [STYLES / "adjust.css"],
    }
    layers = [f"@layer {name} {{\n{_joined(files[name])}\n}}" for name in LAYERS]
    return "\n".join([f"@layer {', '.join(LAYERS)};", _joined([STYLES / "fonts.css"]), *layers]) + "\n"


def script() -> str:
    """All scripts as one module; each keeps its names to itself."""
    return (
        "\n".join(f"{{\n{path.read_text(encoding='utf-8').strip()}\n}}" for path in sorted(SCRIPTS.glob("*.js"))) + "\n"
    )


def room_scripts() -> dict[Path, Path]:
    """Where each script of a room that is written as several modules is built to, and the module it begins in."""
    begins = sorted(SOURCE.glob("*/*/scripts/*/main.js"))
    return {path.parents[2] / "static" / path.parents[2].name / f"{path.parent.name}.js": path for path in begins}


def joined(begins: Path) -> str:
    """One module out of several: each once, after all that it imports."""
    parts: dict[Path, str] = {}

    def add(path: Path, waiting: tuple[Path, ...] = ()) -> None:
        if path in waiting:
            raise ValueError(f"{path.name} imports itself, by way of {', '.join(each.name for each in waiting)}.")
        if path in parts:
            return
        text = path.read_text(encoding="utf-8")
        for name in IMPORT.findall(text):
            add(path.parent / name, (*waiting, path))
        bare = re.sub(r"^export ", "", IMPORT.sub("", text), flags=re.MULTILINE)
        if left := re.search(r"^(?:import|export)\b.*", bare, flags=re.MULTILINE):
            raise ValueError(f"{path.name} has a line that cannot be joined: {left[0]}")
        parts[path] = re.sub(r"\n{3,}", "\n\n", bare).strip()

    add(begins)
    return "\n\n".join(parts.values()) + "\n"


def _joined(paths: list[Path]) -> str:
    return "\n".join(without_comments(_read(path)) for path in paths)


def _read(path: Path) -> str:
    css = path.read_text(encoding="utf-8")
    return grid_only(css) if path.name == "bootstrap-grid.min.css" else css


def grid_only(css: str) -> str:
    """Bootstrap's grid file without its copy of the utilities, which come in a file of their own."""
    grid, copied, _ = css.partition(".d-inline{")
    if not copied:
        raise ValueError("Bootstrap's grid file is built otherwise than we know; look at it before building.")
    return grid


def without_comments(css: str) -> str:
    """Drops comments, indents and empty lines.

    >>> without_comments("/* why */\\n.a {\\n  color: red; /* so */\\n}\\n")
    '.a {\\ncolor: red;\\n}'
    """
    bare = re.sub(r"/\*.*?\*/", "", css.removeprefix('@charset "UTF-8";'), flags=re.DOTALL)
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())


if __name__ == "__main__":
    main()
