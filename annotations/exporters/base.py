"""What does a format declare about itself, and what does its writer get?"""

import importlib.util
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotations.errors import NewsroomError, gettext_noop
from annotations.exporters.carries import FEATURES, reported
from annotations.exporters.losses import Losses
from annotations.exporters.words import Words, words_of
from annotations.records import Record
from annotations.registry import Option

WordsOf = Callable[[Record], Words]


class FormatUnavailable(NewsroomError):
    """Raised for a format whose library is not installed."""

    def __init__(self, *, format: str, library: str) -> None:
        super().__init__(
            code="format_unavailable",
            message=gettext_noop("The format {format} needs the library {library}, which is not installed."),
            hint=gettext_noop("Whoever runs the server can install it: pip install {library}"),
            data={"format": format, "library": library},
        )


class OptionInvalid(NewsroomError):
    """Raised for a value that an option of a format does not have, or an option that the format does not have."""

    def __init__(self, *, option: str, value: str, known: str) -> None:
        super().__init__(
            code="option_invalid",
            message=gettext_noop("«{value}» is not a value of the option {option}."),
            hint=gettext_noop("Possible: {known}."),
            data={"option": option, "value": value, "known": known},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What a writer is told beside the records: the options' values, where losses go, where tokens come from."""

    losses: Losses
    options: Mapping[str, str] = field(default_factory=dict)
    words: WordsOf = words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A format that records are written in.

    `writer` takes records and yields bytes, a chunk at a time, in constant memory; the same records give the same
    bytes. `carries` names what of a record survives (`FEATURES` of carries.py); what does not is reported. `library` is
    """

    key: str
    title: str
    suffix: str
    media_type: str
    carries: frozenset[str]
    writer: Callable[[Iterable[Record], Writing], Iterator[bytes]]
    options: tuple[Option, ...] = ()
    library: str = ""
    reports: frozenset[str] = frozenset()

    @property
    def available(self) -> bool:
        """Whether the library that the format needs is installed."""
        return not self.library or importlib.util.find_spec(self.library) is not None

    def chosen(self, given: Mapping[str, str]) -> dict[str, str]:
        """Returns the value of each option, the default where none is given. Raises OptionInvalid."""
        values = {option.key: given.get(option.key) or str(option.default) for option in self.options}
        for option in self.options:
            known = [value for value, _title in option.choices]
            if known and values[option.key] not in known:
                raise OptionInvalid(option=option.key, value=values[option.key], known=", ".join(known))
        return values

    def write(
        self,
        records: Iterable[Record],
        *,
        options: Mapping[str, str] | None = None,
        losses: Losses | None = None,
        words: WordsOf = words_of,
    ) -> Iterator[bytes]:
        """Yields the records in this format. Raises FormatUnavailable and OptionInvalid before the first is read."""
        if not self.available:
            raise FormatUnavailable(format=self.key, library=self.library)
        writing = Writing(losses=losses or Losses(), options=self.chosen(options or {}), words=words)
        lost = FEATURES - self.carries - self.reports
        return self.writer(reported(records, lost, writing.losses) if lost else records, writing)
