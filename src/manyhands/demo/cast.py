"""Who takes part. All invented."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Member:
    """One invented person and the invented organization they sit for."""

    name: str
    organization: str
    sector: str
    about: str = ""
    standing: str = "representative"
    offices: frozenset[str] = field(default_factory=frozenset)

    @property
    def email(self) -> str:
        """An address that can never reach anybody."""
        return f"{self.name.lower().replace(' ', '.')}@linden.example"


NAME = "Clean Air for Kids"
SLUG = "clean-air-for-kids"
PLACE = "Linden Valley"
PURPOSE = "Every child breathes clean air on the way to school."
VALUES = (
    "Children first: when we disagree, we ask what it means for the youngest.\n"
    "Open figures: what we measure, anyone may read.\n"
    "Nobody pays alone: a change that costs one of us is carried by all of us."
)

FOUNDER = Member(
    "Amina",
    "Parents of Linden",
    "Parents",
    "Families of six primary schools.",
    offices=frozenset({"coordinator", "steward"}),
)

MEMBERS = [
    Member("Rosa", "Northside Clinic", "Health", "A clinic for children near the ring road."),
    Member("Dele", "Linden Teachers’ Union", "Education", "Teachers at all thirty-one public schools."),
    Member("Petra", "Breathe Easy Foundation", "Patients", "Families who live with asthma."),
    Member("Farid", "Riverside Tenants", "Housing", "Tenants of the river blocks, many on night shifts."),
    Member("Tomasz", "Two Wheels Club", "Transport", "People who cycle, and their workshop."),
    Member("Nora", "St. Brigid’s Parish", "Faith", "A parish with a hall and a kitchen."),
    Member("Sam", "Valley Pediatricians", "Health", "Children’s doctors of the valley."),
    Member("Omar", "Harbor Freight Workers", "Labor", "Drivers and dock workers."),
    Member("Mei", "Youth Council", "Youth", "Elected pupils of year 6 and above.", offices=frozenset({"facilitator"})),
    Member("Hana", "Green Rooftops", "Environment", "Gardens, meters and trees."),
    Member("Joan", "Market Traders’ Guild", "Business", "Stalls and shops around the old market."),
    Member("Nkechi", "School Bus Operators", "Business", "Three companies, sixty buses."),
    Member("Kwame", "Linden Library Network", "Civic", "Nine libraries.", offices=frozenset({"facilitator"})),
]

#: They come later, and sit without a voice of their own.
OTHERS = [
    Member("Bela", "Northside Clinic", "Health", standing="alternate"),
    Member("Lucía", "", "", "Watches for the regional health fund.", standing="observer"),
    Member("Viktor", "", "", "Helps with the web page for a while.", standing="guest"),
]

#: Whom `manyhands demo` offers to be, and why one would.
SIGN_IN_AS = [
    ("Amina", "coordinator: sees what awaits everyone and keeps it moving"),
    ("Farid", "representative of Riverside Tenants: answers, takes stances, accepts tasks"),
    ("Mei", "facilitator: looks after rounds and decisions"),
    ("Lucía", "observer: reads along, without a voice"),
]

GROUPS = [
    (
        "School streets",
        "May choose times and signs for a street that the coalition has already decided to close. "
        "May spend up to 800 a term on paint and planters.",
        "Tomasz",
        ["Amina", "Tomasz", "Mei", "Joan"],
    ),
    (
        "Measuring",
        "Decides where meters hang and when readings are published. May not change the target.",
        "Hana",
        ["Hana", "Sam", "Petra", "Kwame"],
    ),
]
