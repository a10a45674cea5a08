"""The floor under recording one answer: plain Django, signed in, one INSERT ... ON CONFLICT. Nothing of ours.

Run by `benchmarks/round_load.py` through gunicorn; the database is named in `FLOOR_DATABASE_URL`. Three tables have the
shape of ours: statements, participants, and answers with the same columns, keys and links. The view asks whether the
person is signed in (session and user), writes the answer in one statement, and sends the browser on.
"""

import os

import dj_database_url
from django.conf import settings

settings.configure(
    SECRET_KEY="only for measuring",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": dj_database_url.parse(os.environ["FLOOR_DATABASE_URL"], conn_max_age=60)},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django.middleware.gzip.GZipMiddleware",
    ],
    USE_TZ=True,
)

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

TABLES = """
CREATE TABLE coalition (id bigserial PRIMARY KEY);
CREATE TABLE statement (id bigserial PRIMARY KEY, text text NOT NULL);
CREATE TABLE participant (id bigserial PRIMARY KEY);
CREATE TABLE answer (
    id bigserial PRIMARY KEY, answer smallint NOT NULL CHECK (answer IN (1, 0, -1)), is_important boolean NOT NULL,
    answered_at timestamptz NOT NULL, carried_from_id bigint, coalition_id bigint NOT NULL,
    participant_id bigint NOT NULL, statement_id bigint NOT NULL);
INSERT INTO coalition DEFAULT VALUES;
INSERT INTO statement (text) SELECT 'Statement ' || n FROM generate_series(1, {statements}) n;
INSERT INTO participant SELECT FROM generate_series(1, {people}) n;
INSERT INTO answer (answer, is_important, answered_at, coalition_id, participant_id, statement_id)
    SELECT (random() * 2)::int - 1, false, now(), 1, p, k * {stride} + (random() * ({stride} - 1))::int + 1
    FROM generate_series(0, {each} - 1) k, generate_series(1, {people}) p;
ALTER TABLE answer
    ADD UNIQUE (participant_id, statement_id), ADD FOREIGN KEY (coalition_id) REFERENCES coalition,
    ADD FOREIGN KEY (participant_id) REFERENCES participant, ADD FOREIGN KEY (statement_id) REFERENCES statement,
    ADD FOREIGN KEY (carried_from_id) REFERENCES statement;
CREATE INDEX ON answer (statement_id);
CREATE INDEX ON answer (coalition_id);
CREATE INDEX ON answer (carried_from_id) WHERE carried_from_id IS NOT NULL;
"""

RECORD = """
INSERT INTO answer (answer, is_important, answered_at, coalition_id, participant_id, statement_id)
VALUES (%s, false, now(), 1, %s, %s)
ON CONFLICT (participant_id, statement_id)
DO UPDATE SET answer = excluded.answer, is_important = excluded.is_important, answered_at = excluded.answered_at
RETURNING id
"""


def make(people: int, statements: int, each: int, askers: int) -> list[str]:
    """Tables with as many rows as ours, and people who are signed in. Gives their session keys, participant 1 first."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(TABLES.format(people=people, statements=statements, each=each, stride=statements // each))
        cursor.execute("VACUUM ANALYZE")
    keys = []
    for number in range(askers):
        user = User.objects.create(username=f"person{number}", password="!")
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        keys.append(session.session_key)
    return keys


@login_required
def record(request, participant, statement):
    """One answer: the session, the user, one write."""
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [int(request.POST["answer"]), participant, statement])
    return HttpResponseRedirect("/")


urlpatterns = [
    path("", lambda request: HttpResponse("floor")),
    path("answer/<int:participant>/<int:statement>/", record),
]
application = get_wsgi_application()
