"""Every setting an operator can make, typed and explained; nothing else is read from the environment.

`docs/guide/settings.md` is written from this class, and a test fails when it lags behind.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "MANYHANDS_"


class InsecureStart(SystemExit):
    """The house would have opened its doors to everyone; it says what to set instead."""


class Environment(BaseSettings):
    """Settings come from environment variables named ``MANYHANDS_…``; defaults are safe on one machine."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    mode: Literal["development", "demo", "production"] = Field(
        default="production",
        description="production refuses to start insecurely; demo and development run on this machine only.",
    )
    secret_key: str = Field(
        default="", description="A long random text that signs sessions and links. Make one with `manyhands secret`."
    )
    debug: bool = Field(default=False, description="Show error details in the browser. Never in production.")
    allowed_hosts: str = Field(
        default="",
        description="The names people type to reach the site, separated by commas, such as `allies.example.org`.",
    )
    site_address: str = Field(
        default="http://127.0.0.1:8000",
        description="The address that links in e-mails begin with, such as `https://allies.example.org`.",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="How many reverse proxies stand before the site. "
        "They tell us who is calling and that the way is encrypted.",
    )
    data_folder: Path = Field(
        default=Path("var"), description="Where the embedded database, uploads and exports are kept."
    )
    database_url: str = Field(
        default="",
        description="Empty for the embedded SQLite in the data folder, or `postgres://user:password@host/name`.",
    )
    test_database_suffix: str = Field(
        default="", description="Keeps test databases of several runs apart. For developers."
    )
    cache_url: str = Field(
        default="",
        description="Empty to share limits through the database, or `redis://host:6379/1` when traffic grows.",
    )
    broker_url: str = Field(
        default="",
        description="Empty for the embedded worker, "
        "or `amqp://user:password@host:5672/` for Celery workers on RabbitMQ.",
    )
    broker_queue: str = Field(
        default="manyhands",
        min_length=1,
        max_length=100,
        description="The queue on the broker. Give each installation that shares a broker one of its own.",
    )
    lease_seconds: int = Field(
        default=60,
        ge=2,
        le=3600,
        description="How long after a worker died its work is given to another. A living worker renews it by itself.",
    )
    web_threads: int = Field(
        default=8, ge=1, le=64, description="Requests answered at the same time by one web process."
    )
    web_processes: int = Field(
        default=1, ge=1, le=64, description="Web processes. More than one needs PostgreSQL to be worth it."
    )
    port: int = Field(
        default=8000, ge=1, le=65535, description="The port that `manyhands serve` and `manyhands demo` listen on."
    )
    host: str = Field(default="127.0.0.1", description="The address that `manyhands serve` listens on.")
    mail_url: str = Field(
        default="",
        description="`smtp://user:password@host:587` (`smtps://` for port 465). "
        "Empty writes mails into the data folder and sends none.",
    )
    mail_from: str = Field(default="Manyhands <manyhands@localhost>", description="The sender of every e-mail.")
    operator_mail: str = Field(
        default="", description="Who is told when a background job fails for good. Empty tells nobody."
    )
    open_registration: bool = Field(
        default=True,
        description="May anyone start a coalition here? If not, only operators and invited people come in.",
    )
    upload_limit_mb: int = Field(
        default=50, ge=1, le=2048, description="The largest file that may be uploaded, in megabytes."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="How much is logged.")
    log_format: Literal["json", "text"] = Field(
        default="json", description="Logs for machines (json) or for eyes (text)."
    )
    language: str = Field(default="en", description="The language of people who have chosen none.")
    time_zone: str = Field(
        default="UTC", description="The time zone of people who have chosen none, such as `Europe/Vienna`."
    )

    @property
    def is_production(self) -> bool:
        return self.mode == "production"


def read_environment() -> Environment:
    """Read and check the settings; stop with one sentence that says what to set."""
    try:
        found = Environment()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise InsecureStart(f"{name} is not usable: {first['msg']}.") from None
    if found.is_production:
        if len(found.secret_key) < 32:
            raise InsecureStart(
                "Set MANYHANDS_SECRET_KEY to a random text of at least 32 characters; `manyhands secret` prints one."
            )
        if found.debug:
            raise InsecureStart("Set MANYHANDS_DEBUG to false: in production it would show your data to strangers.")
        if not found.allowed_hosts.strip() or "*" in found.allowed_hosts:
            raise InsecureStart(
                "Set MANYHANDS_ALLOWED_HOSTS to the names people type to reach the site, such as allies.example.org."
            )
    return found
