"""`manage.py start`, for real: one command, an address that answers, and nothing left when it is told to end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 150

pytestmark = pytest.mark.services


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(var: Path, port: int) -> subprocess.Popen:
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "BASE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "manage.py", "start", "--port", str(port)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def answer(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310  our own address
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_until(true, *, seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.3)
    return False


def children_of(pid: int) -> set[int]:
    """Every process under `pid`, read from /proc."""
    found: set[int] = set()
    todo = [pid]
    while todo:
        tasks = Path(f"/proc/{todo.pop()}/task").glob("*/children")
        fresh = {int(child) for task in tasks for child in task.read_text().split()} - found
        found |= fresh
        todo.extend(fresh)
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_command_starts_the_house_and_one_signal_ends_all_of_it(tmp_path_factory, number):
    var, port = tmp_path_factory.getbasetemp() / "started", free_port()
    supervisor = started(var, port)
    try:
        up = wait_until(lambda: answer(f"http://127.0.0.1:{port}/accounts/login/") == 200)
        working = wait_until(lambda: len(children_of(supervisor.pid)) >= 2, seconds=20)
        family = children_of(supervisor.pid)
    finally:
        supervisor.send_signal(number)
        output = supervisor.communicate(timeout=40)[0].decode()

    assert (up, working) == (True, True), output
    assert supervisor.returncode == 0
    assert wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), seconds=5)
    assert f"http://127.0.0.1:{port}/" in output


def test_a_worker_that_dies_is_started_again(tmp_path_factory):
    var, port = tmp_path_factory.getbasetemp() / "started", free_port()
    supervisor = started(var, port)
    try:
        assert wait_until(lambda: len(children_of(supervisor.pid)) >= 2)
        worker = next(
            pid
            for pid in children_of(supervisor.pid)
            if b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes()
        )
        os.kill(worker, signal.SIGKILL)
        again = wait_until(
            lambda: any(
                pid != worker and b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes()
                for pid in children_of(supervisor.pid)
            ),
            seconds=20,
        )
    finally:
        supervisor.terminate()
        supervisor.communicate(timeout=40)

    assert again


def test_a_taken_port_is_said_before_anything_is_done(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = started(tmp_path, port)
        output = refused.communicate(timeout=60)[0].decode()

    assert refused.returncode != 0
    assert f"make run PORT={port + 1}" in output


def test_a_wrong_value_is_said_before_anything_is_done(tmp_path):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DIGEST_HOUR": "24"}
    command = [sys.executable, "manage.py", "start", "--port", str(free_port())]
    refused = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert refused.returncode != 0
    assert "DIGEST_HOUR is not an hour. Use 0 to 23." in refused.stderr
