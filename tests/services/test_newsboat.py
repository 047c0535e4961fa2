"""A real reader with a secret address, against a real server."""

import re
import socket
import subprocess
import time

import pytest

from tests.services.conftest import free_port

pytestmark = pytest.mark.services


def answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def test_newsboat_reads_a_feed_and_gets_304_when_nothing_is_new(house, tmp_path):
    path, port, log = (
        house.run("tests/services/stage.py", "address").strip(),
        free_port(),
        tmp_path / "web.log",
    )
    house.start("manage.py", "runserver", "--noreload", f"127.0.0.1:{port}", log=log)
    end = time.monotonic() + 30
    while not answers(port) and time.monotonic() < end:
        time.sleep(0.1)
    urls, cache, config = tmp_path / "urls", tmp_path / "cache.db", tmp_path / "config"
    urls.write_text(f"http://127.0.0.1:{port}{path}\n")
    config.write_text("")
    reader = ["newsboat", "-u", urls, "-c", cache, "-C", config]

    for _ in range(3):
        subprocess.run([*reader, "-x", "reload"], check=True, capture_output=True, timeout=60)
    unread = subprocess.run(
        [*reader, "-x", "print-unread"], check=True, capture_output=True, text=True, timeout=60
    )

    statuses = re.findall(r'"GET /feeds/t/\S+ HTTP/1.1" (\d+)', log.read_text())
    assert unread.stdout.strip() == "3 unread articles"
    assert (statuses[0], statuses[-1]) == ("200", "304")
