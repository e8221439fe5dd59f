"""Does the child that holds hazm answer, come back after its end, and never outlive its owner?"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil
import pytest

from annotations.text import apart
from annotations.text.analysed import analysed, written
from annotations.text.apart import NormaliserApart, NotNormalised

ROOT = Path(__file__).parents[2]
TEXT = "رسانههای 🙂\nاو «نمیدانم» گفت"
OWNER = """
from annotations.text.apart import NormaliserApart
normaliser = NormaliserApart()
normaliser("متن")
print(normaliser.child.pid, flush=True)
input()
"""


@pytest.fixture(scope="module")
def normaliser() -> Iterator[NormaliserApart]:
    """One for all tests of the file: its child takes seconds to come up."""
    made = NormaliserApart()
    yield made
    made.close()


def test_the_child_says_what_this_process_would(normaliser: NormaliserApart) -> None:
    assert [normaliser(TEXT), normaliser("")] == [written(analysed(TEXT)), written(analysed(""))]


def test_several_texts_are_answered_together_in_their_order(normaliser: NormaliserApart) -> None:
    texts = [TEXT, "", "خبر\n\n" * 9000, "👩‍👩‍👧‍👦"]
    assert normaliser.all_of(texts) == [written(analysed(text)) for text in texts]
    assert normaliser.all_of([]) == []


def test_a_child_that_never_comes_to_an_end_is_ended_by_the_kernel() -> None:
    program = "from annotations.text import apart; apart.BUSY_SECONDS = 0.05; apart.analysed = endless; apart.main(60)"
    endless = "import re\ndef endless(text): return re.match('(a*)*b', 'a' * 99)\n"
    child = subprocess.Popen(
        [sys.executable, "-c", endless + program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.communicate(b'["a"]\n')[0] == b""
    assert child.returncode == -signal.SIGVTALRM


def test_a_text_at_which_the_engine_fails_is_told_in_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(apart, "analysed", lambda text: analysed(text) if text == TEXT else 1 / 0)
    answer = apart._reply(msgspec.json.encode([TEXT, "بد"]))
    assert [made is None for made in msgspec.json.decode(answer)] == [False, True]
    assert "ZeroDivisionError" in capsys.readouterr().err
    normaliser = NormaliserApart()
    monkeypatch.setattr(normaliser, "_answer", lambda request: answer)
    with pytest.raises(NotNormalised):
        normaliser.all_of([TEXT, "بد"])


def test_a_child_that_was_killed_is_replaced(normaliser: NormaliserApart) -> None:
    normaliser(TEXT)
    first = normaliser.child
    first.kill()
    first.wait()
    assert normaliser(TEXT) == written(analysed(TEXT))
    assert normaliser.child.pid != first.pid


def test_an_idle_child_ends_by_itself() -> None:
    normaliser = NormaliserApart(idle_seconds=0.01)
    normaliser(TEXT)
    assert normaliser.child.wait(20) == 0
    assert normaliser(TEXT) == written(analysed(TEXT))
    normaliser.close()


def test_a_child_that_dies_of_a_text_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart.sys, "executable", "false")
    with pytest.raises(NotNormalised):
        NormaliserApart()(TEXT)


def test_the_child_ends_with_an_owner_that_is_killed() -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child = psutil.Process(int(owner.stdout.readline()))
    assert "annotations.text.apart" in child.cmdline()
    owner.kill()
    owner.communicate()
    _, alive = psutil.wait_procs([child], timeout=20)
    assert alive == []
