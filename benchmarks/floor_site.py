"""The floor under our pages: plain Django, seven middlewares, three queries, twenty-five rows. Nothing of ours.

Run by `benchmarks/pages.py` through gunicorn; the database is named in `FLOOR_DATABASE_URL`.
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
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [
                            (
                                "django.template.loaders.locmem.Loader",
                                {
                                    "list.html": "<!doctype html><title>People</title><h1>{{ user.username }}</h1><table>"
                                    "{% for row in rows %}<tr><td><a href='/{{ row.pk }}'>{{ row.username }}</a></td>"
                                    "<td>{{ row.email }}</td><td>{{ row.date_joined|date:'j F Y' }}</td></tr>{% endfor %}"
                                    "</table>"
                                },
                            )
                        ],
                    )
                ]
            },
        }
    ],
    USE_TZ=True,
)

import django

django.setup()

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django.shortcuts import render
from django.urls import path


@login_required
def rows(request):
    """Three queries: the session, the user, twenty-five rows."""
    return render(request, "list.html", {"rows": User.objects.order_by("username")[:25], "user": request.user})


urlpatterns = [path("", rows)]
application = get_wsgi_application()
