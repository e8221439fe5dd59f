"""How do the Procfile's processes live and die together? The end of one of them, or a signal, ends them all."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# gunicorn gives requests five seconds; a task that is cut off is taken up again at the next start.
GRACE_SECONDS = 10
STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
AWAITED = STOP | {signal.SIGCHLD, signal.SIGALRM}


def commands() -> dict[str, str]:
    """Returns the Procfile's shell commands by name."""
    return dict(re.findall(r"^([\w-]+): *(.+)$", (ROOT / "Procfile").read_text(encoding="utf-8"), re.MULTILINE))


def serve() -> int:
    """Runs the Procfile until a signal comes (returns 0) or one of its processes ends by itself (1).

    Signals are blocked and taken one by one, so that none can come at a bad moment, as between two starts.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # some systems drop what nobody handles, blocked or not
    running = {name: _start(command) for name, command in commands().items()}
    code, stopping = 0, False
    while running:
        received = signal.sigwait(AWAITED)
        for name in [name for name, process in running.items() if process.poll() is not None]:
            ended = running.pop(name)
            if not stopping and received not in STOP:
                print(f"Newsroom: {name} ended with code {ended.returncode}", file=sys.stderr)  # noqa: T201
                code = 1
                received = signal.SIGTERM
        if received in STOP and not stopping:
            stopping = True
            _send(signal.SIGTERM, running)
            signal.alarm(GRACE_SECONDS)
        elif received != signal.SIGCHLD:
            # Asked for the second time, or patience is at its end.
            _send(signal.SIGKILL, running)
    return code


def _start(command: str) -> subprocess.Popen[bytes]:
    # In a session of its own: Ctrl-C reaches this process alone, which ends the others in order.
    # The command is the Procfile's, and this process has no threads.
    return subprocess.Popen(command, shell=True, cwd=ROOT, start_new_session=True, preexec_fn=_unblock)  # noqa: S602, PLW1509


def _unblock() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)


def _send(sent: signal.Signals, running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Sends the signal to each process, and when it kills, to what that process has started, too."""
    for process in running.values():
        if sent is signal.SIGKILL:
            os.killpg(process.pid, sent)
        else:
            process.send_signal(sent)


if __name__ == "__main__":
    sys.exit(serve())
