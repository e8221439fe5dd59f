"""How does the analysis of a text come to be? Once for each engine, by one process, whole or not at all."""

from collections.abc import Callable

from annotations.actions.turns import claimed, write_turn
from annotations.models import Analysis, Article
from annotations.queries.analyses import is_analysed
from annotations.text.analysed import Analysed, analysed
from annotations.text.normalise import engine


def analyse(article_id: int, *, normalise: Callable[[str], Analysed] = analysed) -> bool:
    """Makes the analysis of an article's text; returns whether it was made here and now.

    One that is there is left as it is, and so is one that another process is making. What an older engine made of
    the text goes. Raises Article.DoesNotExist.
    """
    sha256 = Article.objects.values_list("text_sha256", flat=True).get(pk=article_id)
    # Of articles with the same text the first one stands for all.
    first = Article.objects.filter(text_sha256=sha256).order_by("pk").values_list("pk", flat=True)[0]
    with claimed(Article.objects.filter(pk=first), key=first) as article:
        if article is None or is_analysed(sha256):
            return False
        _store(sha256, normalise(article.text))
    return True


def _store(sha256: str, made: Analysed) -> None:
    with write_turn():
        row = Analysis(
            text_sha256=sha256, engine=engine(), normalised=made.view.text, alignment=made.view.map.to_sections(),
            tokens=made.tokens, sentences=made.sentences,
        )  # fmt: skip
        Analysis.objects.bulk_create([row], ignore_conflicts=True)
        Analysis.objects.filter(text_sha256=sha256).exclude(engine=engine()).delete()
