"""How does the analysis of a text come to be? Once for each engine, by one process, whole or not at all."""

from collections.abc import Callable, Iterator, Sequence

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from annotations.actions.bulk import insert_rows
from annotations.actions.turns import claimed, derived_turn
from annotations.models import Analysis, Article
from annotations.queries.analyses import analysed_of
from annotations.text.analysed import Analysed, Written, analysed, written
from annotations.text.apart import NormaliserApart
from annotations.text.normalise import engine

# So much text, in code points, goes to the engine and is stored at once; a longer one alone.
MOST_TEXT = 500_000
COLUMNS = ("text_sha256", "engine", "normalised", "alignment", "tokens", "sentences", "made_at")

Normaliser = Callable[[str], Analysed] | NormaliserApart


def analyse(article_id: int, *, normalise: Normaliser = analysed) -> bool:
    """Makes the analysis of an article's text; returns whether it made it. Raises Article.DoesNotExist."""
    Article.objects.values_list("pk").get(pk=article_id)
    return analyse_all([article_id], normalise=normalise) > 0


def analyse_all(ids: Sequence[int], *, normalise: Normaliser = analysed) -> int:
    """Makes the analyses of the texts of these articles; returns how many were made here and now.

    One that is there is left as it is, and so is one that another process is making. What an older engine made of
    a text goes.
    """
    return sum(_analyse(hashes, normalise) for hashes in _parts(ids))


def _parts(ids: Sequence[int]) -> Iterator[list[str]]:
    """Yields the hashes of the articles' texts, each once, in parts of bounded length."""
    part: list[str] = []
    size = 0
    lengths = dict(Article.objects.filter(pk__in=ids).order_by("pk").values_list("text_sha256", "length"))
    for sha256, length in lengths.items():
        if part and size + length > MOST_TEXT:
            yield part
            part, size = [], 0
        part.append(sha256)
        size += length
    if part:
        yield part


def _analyse(hashes: Sequence[str], normalise: Normaliser) -> int:
    # Of articles with the same text the first one stands for all.
    same = Article.objects.filter(text_sha256__in=hashes).order_by().values("text_sha256")
    firsts = list(same.annotate(first=Min("pk")).values_list("first", flat=True))
    rows = Article.objects.only("text", "text_sha256").filter(pk__in=firsts)
    with claimed(rows, keys=firsts) as articles:
        made = analysed_of(article.text_sha256 for article in articles)
        texts = {article.text_sha256: article.text for article in articles if article.text_sha256 not in made}
        if texts:
            _store(dict(zip(texts, _all_of(normalise, list(texts.values())), strict=True)))
    return len(texts)


def _all_of(normalise: Normaliser, texts: Sequence[str]) -> list[Written]:
    if isinstance(normalise, NormaliserApart):
        return normalise.all_of(texts)
    return [written(normalise(text)) for text in texts]


def _store(made: dict[str, Written]) -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = [(sha256, engine(), *one, now) for sha256, one in made.items()]
    with derived_turn():
        insert_rows(Analysis, COLUMNS, rows, ignore_conflicts=True)
        Analysis.objects.filter(text_sha256__in=made).exclude(engine=engine()).delete()
