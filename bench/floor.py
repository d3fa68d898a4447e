"""The floor to compare with: a Django that shows a small page and inserts one JSON row durably.

Its middleware is what `django-admin startproject` gives. ``python -m bench.floor`` makes
its table, once: two workers that do so at the same moment stand in each other's way.
Then ``gunicorn bench.floor:application``, on the same DATABASE_URL as Topbox.
"""

import json
import uuid

from django.conf import settings

from config import settings as ours

PAGE = """<!doctype html><title>{{ title }}</title>
<form method=post><input type=hidden name=_id value={{ id }}>
{% for number in range %}<p>{{ number }} <input name=q{{ number }}></p>{% endfor %}
<button>Send</button></form>"""

settings.configure(
    SECRET_KEY="only-for-the-benchmark",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES=ours.DATABASES,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {"page.html": PAGE},
                    )
                ]
            },
        }
    ],
)

from django.core.wsgi import get_wsgi_application  # noqa: E402 (the settings must be there first)
from django.db import connection, transaction  # noqa: E402
from django.http import HttpResponse, HttpResponseRedirect  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402


@csrf_exempt
def answer(request):
    """Show a form; store what is sent as one row and lead to a page that says so."""
    if request.method == "GET":
        context = {"title": "Floor", "range": range(10), "id": uuid.uuid4()}
        return render(request, "page.html", context)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO floor (id, answers) VALUES (%s, %s)",
            [request.POST["_id"], json.dumps(request.POST.dict())],
        )
    return HttpResponseRedirect("/thanks/", status=303)


urlpatterns = [path("s/floor/", answer), path("thanks/", lambda request: HttpResponse("Thanks"))]

application = get_wsgi_application()

if __name__ == "__main__":
    with connection.cursor() as _cursor:
        _cursor.execute("CREATE TABLE floor (id varchar(36) PRIMARY KEY, answers text NOT NULL)")
