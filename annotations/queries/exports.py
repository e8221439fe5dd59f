"""How does a selection become a file? Records, narrowed, in the text that was asked for, through a format's writer."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from annotations.exporters import Exporter
from annotations.exporters.carries import FEATURES
from annotations.exporters.look import Look, look_at
from annotations.exporters.losses import Losses
from annotations.exporters.normalised import normalised_records
from annotations.exporters.words import Words, words_of
from annotations.queries.analyses import analysis_of, ranges_of_text
from annotations.queries.records import stream_records
from annotations.queries.selection import NORMALISED, Selection
from annotations.records import Record
from annotations.text.normalise import Normalised, normalised
from annotations.text.offsets import OffsetMap
from annotations.text.steps import ranges_of

LOOKED_AT = 200
PREVIEWED = 3


def export(
    exporter: Exporter, selection: Selection, *, options: Mapping[str, str] | None = None, losses: Losses
) -> Iterator[bytes]:
    """Yields the bytes of a selection. Raises FormatUnavailable and OptionInvalid before anything is read.

    Tokens and normalised texts are those that the worker has made; of a text that has none yet they are made now.
    """
    return exporter.write(chosen_records(selection, losses), options=options, losses=losses, words=words_for)


def chosen_records(selection: Selection, losses: Losses) -> Iterator[Record]:
    """Yields the records of a selection, with the text that it asks for."""
    records = stream_records(selection)
    return normalised_records(records, losses, view=_view) if selection.text == NORMALISED else records


def measure(
    exporter: Exporter, selection: Selection, *, options: Mapping[str, str] | None = None, losses: Losses
) -> None:
    """Takes in what an export would lose: it is written, into nothing."""
    for _chunk in export(exporter, selection, options=options, losses=losses):
        pass


def losses_of_first(exporter: Exporter, selection: Selection, *, articles: int = LOOKED_AT) -> Counter[str]:
    """Counts what an export would lose of the first articles: a look before a long run."""
    with Losses(format=exporter.key) as losses:
        first = islice(chosen_records(selection, losses), articles)
        for _chunk in exporter.write(first, losses=losses, words=words_for):
            pass
        return losses.counts


def look(exporter: Exporter, selection: Selection, *, options: Mapping[str, str] | None = None) -> Look:
    """Returns what an export begins with: that of its first few articles. Raises what `export` does."""
    few = replace(selection, limit=min(selection.limit or PREVIEWED, PREVIEWED))
    with Losses(format=exporter.key) as losses:
        chunks = export(exporter, few, options=options, losses=losses)
        return look_at(chunks, is_packed=exporter.media_type == "application/zip")


def begun(
    exporter: Exporter, selection: Selection, *, options: Mapping[str, str] | None = None, strict: bool
) -> tuple[Iterator[bytes], Losses]:
    """Returns the bytes and the losses that fill while they are read. Raises Lossy where a strict export loses.

    A strict one is measured first; what somebody writes meanwhile and the format can't hold breaks the stream off.
    """
    if strict and (exporter.carries < FEATURES or selection.text == NORMALISED):
        with Losses(format=exporter.key) as measured:
            measure(exporter, selection, options=options, losses=measured)
            measured.refuse()
    losses = Losses(strict=strict, format=exporter.key)
    return export(exporter, selection, options=options, losses=losses), losses


def words_for(record: Record) -> Words:
    """Returns an article's tokens and sentences: those that were stored, else they are made now."""
    made = ranges_of_text(record.text_sha256)
    return Words(*map(ranges_of, made)) if made else words_of(record)


def _view(record: Record) -> Normalised:
    made = analysis_of(record.text_sha256)
    return Normalised(made.normalised, OffsetMap.from_sections(made.alignment)) if made else normalised(record.text)
