"""What is the least a Django view must do to save a span? One token look-up and three writes in plain SQL."""

import hashlib
import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path

FILE = Path(os.environ["NEWSROOM_HOME"]) / "bare.sqlite3"
settings.configure(
    SECRET_KEY=secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FILE,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    },
)
application = get_wsgi_application()


def prepare(token: str) -> None:
    """Makes the tables and the one token."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE token (digest TEXT PRIMARY KEY, user_id INT)")
        cursor.execute("CREATE TABLE span (id INTEGER PRIMARY KEY, uid TEXT UNIQUE, label TEXT, start INT, stop INT)")
        cursor.execute("CREATE TABLE revision (id INTEGER PRIMARY KEY, op_id TEXT UNIQUE, body TEXT)")
        cursor.execute("CREATE TABLE work (id INTEGER PRIMARY KEY, version INT)")
        cursor.execute("INSERT INTO work VALUES (1, 0)")
        cursor.execute("INSERT INTO token VALUES (%s, 1)", [digest(token)])


def digest(token: str) -> str:
    """Returns what is stored of a token."""
    return hashlib.sha512(token.encode()).hexdigest()


def save(request: HttpRequest) -> JsonResponse:
    """Saves the span of the request's one operation."""
    operation = json.loads(request.body)["operations"][0]
    start, stop = operation["ranges"][0]
    with transaction.atomic(), connection.cursor() as cursor:
        token = request.headers["Authorization"].removeprefix("Token ")
        cursor.execute("SELECT user_id FROM token WHERE digest = %s", [digest(token)])
        if cursor.fetchone() is None:
            return JsonResponse({}, status=401)
        values = [operation["id"], operation["label"], start, stop]
        cursor.execute("INSERT INTO span (uid, label, start, stop) VALUES (%s, %s, %s, %s)", values)
        body = json.dumps(operation)
        cursor.execute("INSERT INTO revision (op_id, body) VALUES (%s, %s)", [operation["op_id"], body])
        cursor.execute("UPDATE work SET version = version + 1")
    return JsonResponse({"version": 1})


def healthz(request: HttpRequest) -> JsonResponse:
    """Says that it serves."""
    return JsonResponse({})


urlpatterns = [path("healthz", healthz), path("save/", save)]

if __name__ == "__main__":
    prepare("bare")
