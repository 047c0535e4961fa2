"""A thousand digests through a real worker that is killed three times."""

import asyncio
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller

from tests.services.conftest import free_port

pytestmark = pytest.mark.services
PEOPLE, KILLS, PATIENCE = 1000, (150, 400, 700), 240


class Sink:
    """Takes every letter and remembers whom it reached."""

    def __init__(self):
        self.letters = defaultdict(list)  # {address: [Message-ID]}

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(0.002)
        for address in envelope.rcpt_tos:
            self.letters[address].append(message_from_bytes(envelope.content)["Message-ID"])
        return "250 taken"

    @property
    def taken(self):
        return sum(map(len, self.letters.values()))


@pytest.fixture
def sink():
    handler = Sink()
    handler.port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


def wait(for_it, seconds, process=None):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if for_it():
            return True
        if process is not None:
            assert process.poll() is None, "the worker ended by itself"
        time.sleep(0.02)
    return False


def test_a_thousand_digests_through_a_worker_killed_three_times(house, sink, tmp_path):
    house.run("tests/services/stage.py", "people", str(PEOPLE))
    with ThreadPoolExecutor() as pool:  # two schedulers at the same moment
        list(pool.map(lambda _: house.run("tests/services/stage.py", "plan"), range(2)))
    planned = house.ask("SELECT count(*), count(DISTINCT user_id) FROM feeds_digestdelivery")

    log = tmp_path / "worker.log"
    words = [
        "-m",
        "celery",
        "-A",
        "community.celery",
        "worker",
        "-B",
        "-c",
        "1",
        "-s",
        str(tmp_path / "beat"),
    ]
    for count in KILLS:
        worker = house.start(*words, log=log, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
        assert wait(lambda count=count: sink.taken >= count, 60, worker), log.read_text()[-3000:]
        house.kill(worker)
    house.start(*words, log=log, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}")
    states = "SELECT state, count(*) FROM feeds_digestdelivery GROUP BY state"
    done = wait(lambda: house.ask(states) == [("sent", PEOPLE)], PATIENCE)

    assert planned == [(PEOPLE, PEOPLE)]
    assert done, (house.ask(states), log.read_text()[-3000:])
    assert len(sink.letters) == PEOPLE
    assert sink.taken - PEOPLE <= len(KILLS)
    assert all(len(set(ids)) == 1 for ids in sink.letters.values())
