"""Photographs every page of the example coalition: 1280 and 360 px, light and dark, with an index to look through.

make screenshots                        all of them, into screenshots/, and the documents' pictures
python scripts/screenshots.py --docs    only the pictures that the documents show, into docs/pictures/
"""

import html
import os
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from tests.crawl import crawl, sign_in, sign_in_links  # noqa: E402
from tests.living_house import living_house, open_browser  # noqa: E402

FOLDER = PROJECT / "screenshots"
SIZES = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]
HOME = "/c/clean-air-for-kids/"


def photograph(page, address: str, path: str, width: int, scheme: str, to: Path) -> None:
    page.set_viewport_size({"width": width, "height": 900 if width > 600 else 740})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address + path)
    page.evaluate("document.fonts.ready")
    to.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(to), full_page=True)


def everything(house, browser) -> None:
    links, shots = sign_in_links(house.log()), []
    for who, start in (("Amina", HOME), ("Farid", HOME)):
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        sign_in(page, links[who])
        for found in crawl(page, house.address, start):
            if who != "Amina" and any(name == found.name for name, _ in shots) and found.name != "desk:home":
                continue
            stem = f"{found.name.replace(':', '-')}" + ("" if who == "Amina" else f"-{who.lower()}")
            shots.append((found.name, stem))
            for width, scheme in SIZES:
                photograph(page, house.address, found.path, width, scheme, FOLDER / f"{stem}-{width}-{scheme}.png")
        context.close()
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    for found in crawl(page, house.address, "/"):
        stem = f"outside-{found.name.replace(':', '-')}"
        shots.append((found.name, stem))
        for width, scheme in SIZES:
            photograph(page, house.address, found.path, width, scheme, FOLDER / f"{stem}-{width}-{scheme}.png")
    context.close()
    figures = "\n".join(
        f"<h2>{html.escape(stem)}</h2><p>"
        + " ".join(
            f'<a href="{stem}-{w}-{s}.png"><img src="{stem}-{w}-{s}.png" width="{320 if w > 600 else 160}"></a>'
            for w, s in SIZES
        )
        for _, stem in shots
    )
    (FOLDER / "index.html").write_text(f"<!doctype html><meta charset=utf-8><title>Screenshots</title>{figures}")
    print(f"{len(shots)} pages, {len(shots) * len(SIZES)} pictures: {FOLDER / 'index.html'}")


def pictures(house, browser) -> None:
    from scripts.pictures import take

    take(house, browser, PROJECT / "docs" / "pictures", photograph, sign_in, sign_in_links(house.log()))


def main() -> int:
    with (
        tempfile.TemporaryDirectory() as folder,
        living_house(Path(folder), demo=True) as house,
        open_browser() as browser,
    ):
        if "--docs" not in sys.argv:
            everything(house, browser)
        pictures(house, browser)  # last: on the way to them, lists come in and letters go out
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
