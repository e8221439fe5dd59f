"""FNC-1: claims against articles, as its two CSVs; of headlines against claims a third.

`bodies.csv` has an article once, `stances.csv` each claim that it was judged by, as `Headline`. A folder for each view.
"""

from collections.abc import Iterable, Iterator

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.csv_rows import CELLS, csv_rows
from annotations.exporters.spool import Spool
from annotations.exporters.stances import headline_and_body, judgements
from annotations.exporters.views import views
from annotations.records import Record

ROWS = 500
COLUMNS = {
    "bodies.csv": ("Body ID", "articleBody"),
    "stances.csv": ("Headline", "Body ID", "Stance"),
    "headline_stances.csv": ("Headline", "Claim", "Stance"),
}


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP; rows wait in files, for a ZIP takes one table after the other."""
    with Spool() as spool:
        yield from zipped(_members(records, writing, spool), large=True)


def _members(records: Iterable[Record], writing: Writing, spool: Spool) -> Iterator[Member]:
    yield readme(
        "stance pairs in the shape of FNC-1", "`Headline` of stances.csv is the claim that a body is judged by."
    )
    names = set()
    for number, record in enumerate(records):
        for view in views(record):
            name = view.file_name
            headline, body = headline_and_body(view)
            found = list(judgements(view, writing.losses))
            of_body = [(one.claim, number, one.value) for one in found if not one.of_headline]
            if of_body:
                spool.put(f"{name}/bodies.csv", [(number, body)])
                spool.put(f"{name}/stances.csv", of_body)
            spool.put(
                f"{name}/headline_stances.csv", [(headline, one.claim, one.value) for one in found if one.of_headline]
            )
            names.add(name)
    for name in sorted(names):
        for table in COLUMNS:
            yield f"{name}/{table}", _table(f"{name}/{table}", table, writing, spool)
    yield "losses.jsonl", writing.losses.lines()


def _table(path: str, table: str, writing: Writing, spool: Spool) -> Iterator[bytes]:
    yield csv_rows([COLUMNS[table]], cells=writing.options["cells"])
    for rows in spool.batches(path, ROWS):
        yield csv_rows(rows, cells=writing.options["cells"])


EXPORTER = Exporter(
    key="fnc", title=gettext_noop("Stance pairs as FNC-1"), suffix="fnc.zip", media_type="application/zip",
    carries=frozenset({"sets"}), reports=frozenset({"labels"}), writer=write, options=(CELLS,),
)  # fmt: skip
