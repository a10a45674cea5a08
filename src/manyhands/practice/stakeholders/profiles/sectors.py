"""What members of a sector typically bring, to remind people of what to ask for."""

from ..coverage.lists import TWELVE_SECTORS
from ..models import CoverageItem, CoverageList
from ..rules import folded


def sector_choices() -> list[tuple[str, str]]:
    """Sectors to choose from, each with what its members typically bring: those of the chosen list, or the twelve."""
    rows = CoverageItem.objects.filter(listing__is_chosen=True, listing__kind=CoverageList.Kind.SECTORS)
    chosen = [(item.name, item.brings) for item in rows]
    return chosen or [(str(item.name), str(item.brings)) for item in TWELVE_SECTORS.items]


def typically_brings(sector: str) -> str:
    """What members of this sector typically bring; empty where no list knows the sector. One query."""
    if not sector.strip():
        return ""
    rows = CoverageItem.objects.filter(listing__is_chosen=True, listing__kind=CoverageList.Kind.SECTORS)
    known = [(item.name, item.also, item.brings) for item in rows]
    known += [(str(item.name), item.also, str(item.brings)) for item in TWELVE_SECTORS.items]
    wanted = folded(sector)
    for name, also, brings in known:
        names = {folded(part) for part in (name, *also.split(";"))}
        if brings and wanted in names:
            return brings
    return ""
