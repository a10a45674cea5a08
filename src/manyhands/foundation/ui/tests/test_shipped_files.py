"""What is sent to the browser: built, whole, light, and only in our own terms."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from manyhands.foundation.ui import build, vendor

UI = Path(build.__file__).parent
SOURCE = UI.parents[1]
OUR_STYLES = sorted(build.STYLES.rglob("*.css"))
PAGE_LIMIT = 150_000  # bytes, compressed: a first page on a slow phone

PHYSICAL_SIDE = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|"
    r"text-align:\s*(?:left|right)|float:\s*(?:left|right)|(?:min-|max-)?(?:width|height))\s*:"
)


@pytest.mark.parametrize(("name", "made"), [("manyhands.css", build.style_sheet), ("manyhands.js", build.script)])
def test_what_was_built_is_current(name, made):
    assert (build.STATIC / name).read_text(encoding="utf-8") == made(), "run python -m manyhands.foundation.ui.build"


@pytest.mark.parametrize(("place", "begins"), build.room_scripts().items(), ids=lambda path: path.name)
def test_what_was_built_for_a_room_is_current(place, begins):
    assert place.read_text(encoding="utf-8") == build.joined(begins), "run python -m manyhands.foundation.ui.build"


def test_a_script_in_parts_has_each_once_after_what_it_imports(tmp_path):
    (tmp_path / "main.js").write_text('import { two } from "./two.js";\nimport { one } from "./one.js";\n\ntwo(one);\n')
    (tmp_path / "two.js").write_text('import { one } from "./one.js";\n\nexport const two = () => one;\n')
    (tmp_path / "one.js").write_text("export const one = 1;\n")
    assert build.joined(tmp_path / "main.js") == "const one = 1;\n\nconst two = () => one;\n\ntwo(one);\n"


def test_a_script_that_cannot_be_joined_is_refused(tmp_path):
    (tmp_path / "main.js").write_text('import all from "./one.js";\n')
    with pytest.raises(ValueError, match="cannot be joined: import all"):
        build.joined(tmp_path / "main.js")
    (tmp_path / "main.js").write_text('import { one } from "./one.js";\n')
    (tmp_path / "one.js").write_text('import { main } from "./main.js";\n')
    with pytest.raises(ValueError, match=r"main\.js imports itself"):
        build.joined(tmp_path / "main.js")


def test_every_vendored_file_is_the_one_we_fetched():
    packages = json.loads(vendor.MANIFEST.read_text())["packages"]
    recorded = {file: digest for package in packages for file, digest in package["files"].items()}
    shipped = {
        str(path.relative_to(vendor.STATIC))
        for path in [*(vendor.STATIC / "vendor").rglob("*"), vendor.SPRITE]
        if path.is_file() and path != vendor.MANIFEST
    }
    assert shipped == set(recorded)
    assert {file: vendor.hash_of(vendor.STATIC / file) for file in recorded} == recorded


def test_the_manifest_names_the_versions_that_we_ask_for():
    asked = json.loads((UI / "package.json").read_text())["dependencies"]
    got = {package["name"]: package["version"] for package in json.loads(vendor.MANIFEST.read_text())["packages"]}
    assert got == asked
    assert all(
        package["licence"] in {"MIT", "OFL-1.1"} for package in json.loads(vendor.MANIFEST.read_text())["packages"]
    )


def test_no_vendored_file_points_at_a_source_map():
    assert not [path for path in vendor.STATIC.rglob("*.css") if b"sourceMappingURL" in path.read_bytes()]


@pytest.mark.parametrize("sheet", OUR_STYLES, ids=lambda path: path.name)
def test_a_style_sheet_uses_tokens_and_turns_with_the_writing(sheet):
    css = build.without_comments(sheet.read_text(encoding="utf-8"))
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", css), "colours are tokens, not hex values"
    declarations = re.sub(r"@(?:media|container)[^{]*|--[\w-]+:", "", css)
    assert not PHYSICAL_SIDE.findall(declarations), "say inline-start, block-end, inline-size …"
    assert css.count("{") == css.count("}")


def test_the_sieve_for_physical_sides_catches_them():
    for bad in ("margin-left: 1px", "left: 0", "width: 3rem", "text-align: right:"):
        assert PHYSICAL_SIDE.search(f"{{ {bad};"), bad
    assert not PHYSICAL_SIDE.search("{ margin-inline-start: 1px; border-width: 2px; stroke-width: 2; }")


def test_every_icon_that_a_template_or_a_room_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="i-([\w-]+)"', vendor.SPRITE.read_text()))
    assert drawn == set(vendor.icon_names())
    named: dict[str, Path] = {}
    for template in SOURCE.rglob("templates/**/*.html"):
        for tag in re.findall(r"<c-[\w-]+[^>]*>", template.read_text()):
            attribute = "name" if tag.startswith("<c-icon") else "icon"
            named |= dict.fromkeys(re.findall(rf'\s{attribute}="([\w-]+)"', tag), template)
    for module in SOURCE.rglob("*.py"):
        if "tests" not in module.parts:
            named |= dict.fromkeys(re.findall(r'\bicon="([\w-]+)"', module.read_text()), module)
    assert len(named) > 20
    assert not {icon: str(path) for icon, path in named.items() if icon not in drawn}


def test_the_first_page_weighs_at_most_150_kilobytes(client, clean_air):
    client.force_login(clean_air.user["amina"])
    page = client.get("/c/clean-air/more/")
    assert page.status_code == 200
    html = page.content.decode()
    addresses = set(re.findall(r'(?:href|src)="/static/([^"#]+)', html))
    assert {"ui/manyhands.css", "ui/icons.svg"} <= addresses
    fonts = {str(path.relative_to(build.STATIC.parent)) for path in build.STATIC.rglob("*-latin-wght-normal.woff2")}
    assert len(fonts) == 2
    weight = len(gzip.compress(page.content))
    for address in addresses | fonts:
        body = Path(finders.find(address)).read_bytes()
        weight += len(body) if address.endswith("woff2") else len(gzip.compress(body))
    assert weight <= PAGE_LIMIT, f"{weight} bytes"


def test_no_template_carries_inline_style_or_script():
    inline = re.compile(r"""\sstyle=["']|\son(?:click|change|submit|input|load)=|hx-on|<script(?![^>]*\bsrc=)|<style""")
    offenders = {str(path): inline.findall(path.read_text()) for path in UI.rglob("templates/**/*.html")}
    assert not {path: found for path, found in offenders.items() if found}
    assert inline.search('<p style="x">')


def test_the_page_for_a_broken_site_needs_nothing():
    assert "nothing was half-saved" in render_to_string("500.html")
