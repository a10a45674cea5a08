"""Who is tied to whom in the invented valley, how well, and who says so."""

from dataclasses import dataclass

WORKS, KNOWS, FUNDS, SAYS, INFORMS, AGAINST = "works with", "knows", "funds", "influences", "informs", "opposes"


@dataclass(frozen=True)
class Tie:
    """An invented tie; a level that a side names is its own word, None is silence."""

    one: str
    other: str
    kind: str
    level: int
    source: str
    one_says: int | None = None
    other_says: int | None = None
    seen: int = 20  # days ago
    since: int = 200  # days ago
    agreed: str = ""  # who said that we may ask for an introduction


PARENTS, CLINIC, TEACHERS = "Parents of Linden", "Northside Clinic", "Linden Teachers’ Union"
BREATHE, TENANTS, WHEELS = "Breathe Easy Foundation", "Riverside Tenants", "Two Wheels Club"
PARISH, DOCTORS, FREIGHT = "St. Brigid’s Parish", "Valley Pediatricians", "Harbor Freight Workers"
YOUTH, ROOFS, GUILD = "Youth Council", "Green Rooftops", "Market Traders’ Guild"
BUSES, LIBRARY = "School Bus Operators", "Linden Library Network"
COUNCIL, BOARD, PORT = "City Council, transport committee", "Linden School Board", "Harbor Port Authority"

TIES = [
    # Around the clinic and the parents everyone knows everyone.
    Tie(PARENTS, CLINIC, WORKS, 4, "Asthma mornings since spring", 4, 4, agreed="Rosa, at the March meeting"),
    Tie(PARENTS, TEACHERS, WORKS, 4, "Joint letter on drop-off", 4, 4, agreed="Dele, on the phone"),
    Tie(PARENTS, TENANTS, WORKS, 2, "Night-shift school run", 2, 3),
    Tie(PARENTS, PARISH, WORKS, 2, "Meetings in the parish hall", 2, 2),
    Tie(PARENTS, YOUTH, WORKS, 3, "Interviews at the gates", 3, 3),
    Tie(PARENTS, BUSES, WORKS, 4, "They plan the stops together", 4, 4, agreed="Nkechi, at the May meeting"),
    Tie(CLINIC, DOCTORS, WORKS, 4, "Shared practice on Canal Road", 4, 4, agreed="Sam, by mail"),
    Tie(CLINIC, BREATHE, WORKS, 4, "The clinic sends families there", 4, 5),
    Tie(CLINIC, TENANTS, KNOWS, 1, "Rosa treats half the river blocks"),
    Tie(DOCTORS, BREATHE, WORKS, 3, "Yearly conference", 3, 3),
    Tie(TEACHERS, PARISH, KNOWS, 1, "Nora’s sister teaches there"),
    Tie(TEACHERS, LIBRARY, WORKS, 3, "Reading weeks", 3, 3),
    Tie(YOUTH, LIBRARY, WORKS, 2, "The council meets in the library"),
    Tie(YOUTH, WHEELS, WORKS, 3, "Repair days", 3, 3),
    Tie(YOUTH, ROOFS, WORKS, 2, "Pupils read the meters", None, 2),
    Tie(WHEELS, ROOFS, WORKS, 2, "Cargo bikes for soil", 2, 2),
    # The two sides see this one differently, and it shows.
    Tie(WHEELS, BUSES, WORKS, 4, "Bikes on buses, said the club", 4, 1),
    Tie(BUSES, GUILD, WORKS, 2, "Market day timetable", None, 2),
    # One worker union is the only way to the port, the truckers and the taxis.
    Tie(BUSES, FREIGHT, WORKS, 4, "One wage agreement", 4, 4, agreed="Omar, after the May meeting"),
    Tie(FREIGHT, PORT, WORKS, 3, "Works council at the port", 3, 3, agreed="Ingrid, port safety, to Omar"),
    Tie(FREIGHT, "Taxi Drivers’ Table", WORKS, 3, "Shared rank rota", 3, 3, agreed="Nadia, shift lead, to Omar"),
    Tie(FREIGHT, "Port Truckers’ Cooperative", WORKS, 4, "Same canteen, same strike fund", 4, 4),
    Tie(PORT, "Waterworks", KNOWS, 1, "Quay permits"),
    # Those who decide, and who reaches them.
    Tie(PARENTS, "Mayor’s Office", KNOWS, 2, "Two hearings", 2, None),
    Tie(CLINIC, COUNCIL, INFORMS, 2, "Asthma figures each quarter", 2, None, agreed="The committee’s clerk"),
    Tie("Mayor’s Office", COUNCIL, SAYS, 4, "Proposes the budget they vote"),
    Tie(COUNCIL, BOARD, SAYS, 3, "Pays for the street side of schools"),
    Tie(BOARD, "Orchard School", SAYS, 4, "Rule 14"),
    Tie(BOARD, "Mill Lane School", SAYS, 4, "Rule 14"),
    Tie(TEACHERS, "Mill Lane School", WORKS, 3, "First school street", 3, 3, agreed="The head of Mill Lane"),
    Tie(TEACHERS, "Orchard School", WORKS, 3, "Letter to all parents", 3, None),
    Tie("Regional Health Fund", CLINIC, FUNDS, 3, "Public grant list", None, 3),
    Tie(DOCTORS, "University, school of public health", WORKS, 2, "Air data series", seen=500, since=900),
    Tie(BREATHE, "Asthma Parents’ Circle", WORKS, 4, "Founded it", 4, 4, agreed="Petra"),
    Tie("Asthma Parents’ Circle", "Night Nurses’ Network", KNOWS, 2, "Meet at the clinic"),
    Tie(GUILD, "Chamber of Commerce", KNOWS, 2, "Joan sits in the market round", 2, None, agreed="Joan"),
    Tie("Chamber of Commerce", "Valley Delivery Association", WORKS, 3, "Joint letter against the pilot"),
    Tie("Valley Delivery Association", PARENTS, AGAINST, 2, "Wrote to the Council against the pilot"),
    Tie(ROOFS, "Canal Road Allotments", KNOWS, 2, "Hana’s mother is treasurer", 2, 2, agreed="Hana’s mother"),
    Tie(ROOFS, "National Clean Air League", WORKS, 3, "Lends a lawyer", 3, 3, agreed="Their regional lead"),
]

#: Who sits for each member, to say its side.
SPEAKS_FOR = {
    PARENTS: "Amina", CLINIC: "Rosa", TEACHERS: "Dele", BREATHE: "Petra", TENANTS: "Farid", WHEELS: "Tomasz",
    PARISH: "Nora", DOCTORS: "Sam", FREIGHT: "Omar", YOUTH: "Mei", ROOFS: "Hana", GUILD: "Joan", BUSES: "Nkechi",
    LIBRARY: "Kwame",
}  # fmt: skip

#: A tie that came to an end, for the map of earlier days.
ENDED = Tie(GUILD, "Old Market Landlords", WORKS, 3, "Shared the market hall", seen=190, since=400)

#: Views that somebody wants to find again: who, name, question part of the address, shared or not.
VIEWS = [("Amina", "Acting as one", "level=4", True), ("Omar", "Only one side says so", "state=claimed", False)]

#: A file that waits: two rows can come in, two cannot.
SURVEY = """source,target,level
Linden Library Network,Elm Street Kindergarten,3
Linden Library Network,Retired Doctors’ Round,2
Linden Library Network,Linden Library Network,5
Linden Library Network,Valley Radio,9
"""
