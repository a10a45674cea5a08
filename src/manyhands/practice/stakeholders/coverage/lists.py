"""Lists to measure oneself against that come ready; a coalition may write its own."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ReadyItem:
    """One entry, what such members typically bring, and the words under which allies' records may have it."""

    name: object
    brings: object
    also: str = ""


@dataclass(frozen=True)
class ReadyList:
    """A list under the name by which it is chosen."""

    name: object
    source: object
    items: tuple[ReadyItem, ...]


#: The twelve sectors that Drug-Free Communities coalitions in the United States must seat. What each brings is ours.
TWELVE_SECTORS = ReadyList(
    _("Twelve sectors (United States)"),
    _("Drug-Free Communities program: sectors a community coalition seats"),
    (
        ReadyItem(_("Youth"), _("what it is like for those it is about; energy; their own channels"), "young people;students;pupils"),
        ReadyItem(_("Parents"), _("children's daily lives; other parents; votes"), "families;caregivers"),
        ReadyItem(_("Business"), _("money, rooms, a voice that other businesses hear"), "commerce;trade;industry;company"),
        ReadyItem(_("Media"), _("the public's ear; how to say things plainly"), "press;newspaper;radio;television"),
        ReadyItem(_("Schools"), _("children every day; rooms; letters home"), "school;education;university;kindergarten"),
        ReadyItem(_("Organizations that serve youth"), _("afternoons; trusted adults"), "youth work;scouts;sport;sports"),
        ReadyItem(_("Law enforcement"), _("what happens at night; the power to enforce"), "police;justice;court;probation"),
        ReadyItem(_("Religious and fraternal groups"), _("halls, volunteers, people who trust them"), "faith;church;mosque;temple;synagogue;congregation"),
        ReadyItem(_("Civic and volunteer groups"), _("hands, neighbors, local knowledge"), "civic;volunteers;neighborhood;residents;housing;culture"),
        ReadyItem(_("Health care"), _("figures, cases, standing with the public"), "health;clinic;hospital;doctors;patients"),
        ReadyItem(_("Government"), _("rules, budgets, the decision itself"), "public body;council;ministry;agency;state;local government"),
        ReadyItem(_("Others who work on the matter"), _("what was tried before; experts"), "environment;transport;labor;union;research;other"),
    ),
)  # fmt: skip
THREE_KINDS = ReadyList(
    _("Nonprofit, business, government"),
    _("A plain list of our own"),
    (
        ReadyItem(_("Nonprofits and groups"), _("people, trust, persistence"), "civic;faith;youth;parents;patients;health;education;environment;labor;housing;union;charity;nonprofit"),
        ReadyItem(_("Businesses"), _("money, expertise, standing with decision makers"), "business;commerce;trade;company;media;transport"),
        ReadyItem(_("Government"), _("rules, budgets, figures"), "public body;council;ministry;agency;state;politics"),
    ),
)  # fmt: skip
VOICES = ReadyList(
    _("People whom it touches"),
    _("A plain list of our own"),
    (
        ReadyItem(_("Children and young people"), _("what adults no longer see")),
        ReadyItem(_("Older people"), _("memory, time, votes")),
        ReadyItem(_("People with disabilities"), _("where a plan shuts someone out")),
        ReadyItem(_("People who live with illness"), _("what it costs in a day")),
        ReadyItem(_("People with little money"), _("what cannot be afforded")),
        ReadyItem(_("People who work nights or shifts"), _("hours that meetings forget")),
        ReadyItem(_("Newcomers and language minorities"), _("who is not reached in the usual language")),
    ),
)
READY: dict[str, dict[str, ReadyList]] = {
    "sectors": {"twelve": TWELVE_SECTORS, "three": THREE_KINDS},
    "voices": {"touched": VOICES},
    "places": {},
}
