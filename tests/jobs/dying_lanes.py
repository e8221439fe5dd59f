"""A program for tests: workers that are killed while they index, group and analyse, one after the other.

`python -m tests.jobs.dying_lanes KILL[,KILL…]`: each worker gets SIGKILL before its KILLth statement or commit; then
one works until its queue is empty. Prints how many were killed.
"""

import sys
from datetime import timedelta

import django

from tests.jobs.dying import Death, in_a_fork


def main(kills: list[int]) -> None:
    django.setup()
    from django.db import connection

    from annotations.jobs import analyses, lanes
    from annotations.text.analysed import analysed

    analyses.normaliser, analyses.SHARED = analysed, 10
    lanes.DEAD_AFTER = timedelta()
    analysed("سلام")
    connection.close()
    print(sum(in_a_fork(lambda: work(kill)) for kill in [*kills, 0]))  # noqa: B023 - run at once


def work(kill_at: int) -> None:
    from django.core.management import call_command

    with Death(kill_at).near():
        call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1].split(",")])
