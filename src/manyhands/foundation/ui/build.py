"""Joins our style sheets into static/ui/manyhands.css and our scripts into static/ui/manyhands.js.

One file each, because on a slow phone every request costs more than the bytes in it. Run it after a change in
`styles/` or `scripts/` and commit the result; a test fails while the built files are behind:

    python -m manyhands.foundation.ui.build
"""

import re
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "static" / "ui"
STYLES = HERE / "styles"
SCRIPTS = HERE / "scripts"

LAYERS = ("vendor", "tokens", "base", "layout", "components", "adjust")


def main() -> None:
    (STATIC / "manyhands.css").write_text(style_sheet(), encoding="utf-8")
    (STATIC / "manyhands.js").write_text(script(), encoding="utf-8")


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
