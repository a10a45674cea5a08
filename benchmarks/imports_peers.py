"""What our import of a list stands beside: COPY with an upsert, into a bare table and into one like ours; and row by row.

Part of `benchmarks.imports`, which says what each of them is.
"""

import csv
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

COLUMNS = ("name", "city", "sector", "identifier", "postcode", "website")
FLOOR_TABLE = (
    "CREATE TABLE floor (id bigserial PRIMARY KEY, name text NOT NULL, city text, sector text, identifier text UNIQUE, "
    "postcode text, website text)"
)
OUR_TABLE = "stakeholders_stakeholder"
#: What a row holds where the file says nothing, by the kind of the column; Django gives columns no default of their own.
NOTHING = {"character varying": "''", "text": "''", "jsonb": "'{}'", "timestamp with time zone": "now()"}
#: Where ours has triggers (`foundation/tenancy/wholesale.py`), a table like ours has foreign keys, as tables have.
LINKS = {
    "coalition_id": "coalitions_coalition", "added_by_import_id": "stakeholders_import",
    "member_id": "coalitions_organization", "looked_after_by_id": "coalitions_seat",
}  # fmt: skip
SAID = {
    "name": "name", "city": "city", "sector": "sector", "identifier": "identifier", "postal_code": "postcode",
    "website": "website", "search_text": "lower(concat_ws(' ', name, identifier, city, sector))",
    "match_key": "lower(name) || '|' || postcode", "kind": "'organization'", "stage": "'identified'", "version": "1",
    "source": "'list.csv'", "coalition_id": "(SELECT min(id) FROM coalitions_coalition)",
    "added_by_import_id": "(SELECT min(id) FROM stakeholders_import)",
}  # fmt: skip
CRM_TABLES = (
    "CREATE TABLE crm_contact (id bigserial PRIMARY KEY, name text, identifier text)",
    "CREATE INDEX ON crm_contact (identifier)",
    "CREATE TABLE crm_address (id bigserial PRIMARY KEY, contact bigint REFERENCES crm_contact, city text, postcode text)",
    "CREATE TABLE crm_website (id bigserial PRIMARY KEY, contact bigint REFERENCES crm_contact, url text)",
    "CREATE TABLE crm_log (id bigserial PRIMARY KEY, contact bigint REFERENCES crm_contact, what text)",
)


def seconds_of(process: int) -> float:
    """How long a processor has worked for a process of this machine; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Run:
    """How long something took by the clock, and how long processors worked for it: for us, and for the database."""

    took: float
    mine: float
    database: float
    start: float = 0  # of `mine`: until the program was loaded and began with the list
    answer: dict = field(default_factory=dict)

    @property
    def work(self) -> float:
        return self.mine + self.database

    @property
    def loaded(self) -> float:
        """The work without the start of the program, which is done once where a worker waits for lists."""
        return self.work - self.start

    def __str__(self) -> str:
        return f"{self.took:.1f} ({self.start:.1f} + {self.mine - self.start:.1f} + {self.database:.1f})"


@contextmanager
def watched(connection: psycopg.Connection) -> Iterator[Run]:
    """Fill in what the block took."""
    run, process = Run(0, 0, 0), connection.info.backend_pid
    began, mine, database = time.perf_counter(), time.process_time(), seconds_of(process)
    yield run
    run.took, run.mine = time.perf_counter() - began, time.process_time() - mine
    run.database = seconds_of(process) - database


def floor(path: Path, url: str) -> Run:
    """COPY into a staging table and one upsert, in one transaction."""
    names = ", ".join(COLUMNS)
    upsert = (
        f"INSERT INTO floor ({names}) SELECT {names} FROM staged ON CONFLICT (identifier) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "identifier")
    )
    return staged(path, url, upsert)


def our_table(path: Path, url: str) -> Run:
    """The same into a table like ours: what the file says, and what a row of ours holds besides."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE like_ours (LIKE {OUR_TABLE} INCLUDING ALL)")
        connection.execute("CREATE UNIQUE INDEX ON like_ours (coalition_id, identifier)")
        for column, parent in LINKS.items():
            connection.execute(
                f"ALTER TABLE like_ours ADD FOREIGN KEY ({column}) REFERENCES {parent} DEFERRABLE INITIALLY DEFERRED"
            )
        needed = connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'like_ours' "
            "AND is_nullable = 'NO' AND is_identity = 'NO'"
        ).fetchall()
    values = {**{name: NOTHING.get(kind, "0") for name, kind in needed}, **SAID}
    changed = ("name", "city", "sector", "postal_code", "website", "search_text", "match_key")
    upsert = (
        f"INSERT INTO like_ours ({', '.join(values)}) SELECT {', '.join(values.values())} FROM staged "
        "ON CONFLICT (coalition_id, identifier) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in changed)
    )
    return staged(path, url, upsert)


def staged(path: Path, url: str, upsert: str) -> Run:
    """COPY the file into a table of the transaction's own, and from there in one statement."""
    names = ", ".join(COLUMNS)
    # Ours may be read by this connection for all coalitions; the tables of the peers stand behind no fence.
    everywhere = "-c manyhands.coalition=*"
    with (
        psycopg.connect(url, autocommit=True, options=everywhere) as connection,
        watched(connection) as run,
        connection.transaction(),
    ):
        connection.execute(f"CREATE TEMP TABLE staged ({', '.join(f'{name} text' for name in COLUMNS)}) ON COMMIT DROP")
        with connection.cursor().copy(f"COPY staged ({names}) FROM STDIN WITH (FORMAT csv, HEADER)") as copy:
            copy.write(path.read_bytes())
        connection.execute(upsert)
    return run


def crm_style(path: Path, url: str, rows: int) -> Run:
    """The first rows: one look-up and four writes each, a transaction a row."""
    with path.open(newline="", encoding="utf-8") as file:
        few = [row for _, row in zip(range(rows), csv.DictReader(file), strict=False)]
    with psycopg.connect(url, autocommit=True) as connection, watched(connection) as run:
        for row in few:
            with connection.transaction():
                found = connection.execute("SELECT id FROM crm_contact WHERE identifier = %s", [row["EIN"]]).fetchone()
                if found:
                    continue
                contact = connection.execute(
                    "INSERT INTO crm_contact (name, identifier) VALUES (%s, %s) RETURNING id",
                    [row["Organisation"], row["EIN"]],
                ).fetchone()
                assert contact is not None
                connection.execute(
                    "INSERT INTO crm_address (contact, city, postcode) VALUES (%s, %s, %s)",
                    [contact[0], row["City"], row["Postcode"]],
                )
                connection.execute(
                    "INSERT INTO crm_website (contact, url) VALUES (%s, %s)", [contact[0], row["Website"]]
                )
                connection.execute("INSERT INTO crm_log (contact, what) VALUES (%s, 'imported')", [contact[0]])
    return run
