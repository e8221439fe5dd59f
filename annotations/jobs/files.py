"""How is a job's file opened? From the storage, or where the command line named it if nobody has touched it since."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from annotations.errors import NewsroomError, gettext_noop
from annotations.models import JobFile


class FileGone(NewsroomError):
    """Raised where a job's file can't be read any more."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            code="file_gone",
            message=gettext_noop("The file «{name}» can't be read on this machine any more."),
            data={"name": name},
        )


class FileChanged(NewsroomError):
    """Raised where a file is not the one a part of which was imported."""

    def __init__(self, *, name: str) -> None:
        super().__init__(
            code="file_changed",
            message=gettext_noop("The file «{name}» has changed since the import began; start a new one."),
            data={"name": name},
        )


def stamp_of(path: Path) -> str:
    """Returns what changes when a file does: its size and the time of its last change."""
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


@contextmanager
def opened(file: JobFile) -> Iterator[IO[bytes]]:
    """Opens a job's file for reading. Raises FileGone or FileChanged."""
    try:
        stream = _open(file)
    except OSError as error:
        raise FileGone(name=file.name) from error
    with stream:
        yield stream


def _open(file: JobFile) -> IO[bytes]:
    if not file.path:
        stored = file.file.storage.open(file.file.name, "rb").file if file.file.name else None
        if stored is None:
            raise FileNotFoundError(file.name)
        return stored
    path = Path(file.path)
    if stamp_of(path) != file.stamp:
        raise FileChanged(name=file.name)
    return path.open("rb")
