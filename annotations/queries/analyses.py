"""Which texts have been analysed by the present engine, and what came of it?"""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef

from annotations.models import Analysis, Article
from annotations.queries.lacking import pages_of
from annotations.text.normalise import engine


def analysis_tag(text_sha256: str) -> str:
    """Returns what names the analysis of a text by the present engine, for caches."""
    return f"{text_sha256[:16]}-{engine()}"


def analysis_of(text_sha256: str) -> Analysis | None:
    """Returns the analysis of a text by the present engine, if it is made already."""
    return Analysis.objects.filter(text_sha256=text_sha256, engine=engine()).first()


def ranges_of_text(text_sha256: str) -> tuple[list[int], list[int]] | None:
    """Returns the tokens and sentences of a text, as `text/analysed.py` writes them, if they are made already."""
    rows = Analysis.objects.filter(text_sha256=text_sha256, engine=engine())
    return rows.values_list("tokens", "sentences").first()


def analysed_of(hashes: Iterable[str]) -> set[str]:
    """Returns those of these texts that the present engine has analysed."""
    made = Analysis.objects.filter(text_sha256__in=hashes, engine=engine())
    return set(made.values_list("text_sha256", flat=True))


def unanalysed(*, after: int = 0, lane: int = 0, lanes: int = 1) -> Iterator[int]:
    """Yields the ids, greater than `after`, of articles whose text is not analysed, in order, a page at a time."""
    made = Analysis.objects.filter(text_sha256=OuterRef("text_sha256"), engine=engine())
    return pages_of(Article.objects.filter(~Exists(made)), after=after, lane=lane, lanes=lanes)
