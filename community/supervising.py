"""One parent for web, worker and schedule: starts them, restarts what dies, ends them all when it is told to end."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

log = logging.getLogger(__name__)
PATIENCE = 12.0  # seconds a child gets to end by itself
MOST_BACKOFF = 30.0


@dataclass
class Child:
    """A process that must run. `backoff` is how long it waits before the next start, in seconds."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    backoff: float = 0.0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        # A group of its own: Ctrl-C in the terminal reaches the parent only, which then ends its children in order.
        self.process = subprocess.Popen(self.command, env=dict(self.environment), start_new_session=True)  # noqa: S603
        self.started_at = time.monotonic()

    def look_after(self) -> None:
        """Start it when it is not running; wait longer each time it dies young."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.poll()) is not None:
            lived = now - self.started_at
            self.backoff = 0.5 if lived > MOST_BACKOFF else min(MOST_BACKOFF, max(0.5, self.backoff * 2))
            log.warning("%s ended with %s; starting again in %.1f s", self.name, code, self.backoff)
            self.process, self.not_before = None, now + self.backoff
        if self.process is None and now >= self.not_before:
            self.start()

    def end(self, deadline: float) -> None:
        """TERM, then KILL for the whole group when patience ends."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s does not end; killing it", self.name)
            _signal_group(self.process, signal.SIGKILL)
            self.process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        log.debug("process %s has ended already", process.pid)


class Supervisor:
    """Runs children until SIGINT, SIGTERM or SIGHUP."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self.ending = False

    def _told_to_end(self, number: int, frame: FrameType | None) -> None:
        self.ending = True

    def run(self) -> None:
        """Returns when every child has ended."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._told_to_end)
        try:
            while not self.ending:
                for child in self.children:
                    child.look_after()
                time.sleep(0.2)
        finally:
            self._end_all()

    def _end_all(self) -> None:
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            if child.process is not None:
                _signal_group(child.process, signal.SIGTERM)
        for child in self.children:
            child.end(deadline)
