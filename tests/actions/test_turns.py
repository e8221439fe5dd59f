"""Does one process alone get a row that it claims, while others go on with other rows?"""

import subprocess
import sys

import pytest
from django.db import connection

from annotations.actions.turns import claimed
from annotations.models import Source

pytestmark = pytest.mark.django_db

HOLDER = """
import fcntl, sys
file = open(sys.argv[1], "ab")
fcntl.lockf(file, fcntl.LOCK_EX, 1, int(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks the row itself")
def test_what_another_process_has_claimed_is_passed_over_and_its_neighbour_is_free() -> None:
    taken, free = Source.objects.create(name="a"), Source.objects.create(name="b")
    path = f"{connection.settings_dict['NAME']}-claim"
    command = [sys.executable, "-c", HOLDER, path, str(taken.pk)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with claimed(Source.objects.filter(pk=taken.pk)) as row:
            assert row is None
        with claimed(Source.objects.filter(pk=free.pk)) as row:
            assert row == free
        holder.communicate()
    with claimed(Source.objects.filter(pk=taken.pk)) as row:
        assert row == taken


def test_what_is_not_there_is_nobodys() -> None:
    with claimed(Source.objects.filter(pk=0)) as row:
        assert row is None
