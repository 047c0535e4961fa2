"""A house of its own: a fresh PostgreSQL database and a Redis database number, for real processes outside the test."""

import os
import signal
import socket
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("SERVICES_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("SERVICES_REDIS", "redis://127.0.0.1:6379/13")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class House:
    """Its environment, and the processes that run in it."""

    env: dict[str, str]
    database: str
    running: list[subprocess.Popen] = field(default_factory=list)

    def run(self, *words: str, **more) -> str:
        """Run Python to its end; what it printed. An error of it is one of the test."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.env | more,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start(self, *words: str, log: Path, **more) -> subprocess.Popen:
        """Start Python in a process group of its own."""
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, *words],
                env=self.env | more,
                cwd=ROOT,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.running.append(process)
        return process

    @staticmethod
    def kill(process: subprocess.Popen) -> None:
        """The whole group at once, without a word."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def ask(self, sql: str) -> list[tuple]:
        with psycopg.connect(self.database) as link:
            return link.execute(sql).fetchall()


@pytest.fixture(scope="session")
def _new_house(tmp_path_factory):
    name = f"dela_services_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(POSTGRES, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
    var = tmp_path_factory.mktemp("house")
    database = urlsplit(POSTGRES)._replace(path=f"/{name}").geturl()
    wiped = {
        key: value for key, value in os.environ.items() if key not in {"DJANGO_SETTINGS_MODULE", "EMAIL_URL"}
    }
    house = House(
        {
            **wiped,
            "DATABASE_URL": database,
            "REDIS_URL": REDIS,
            "VAR_DIR": str(var),
            "DEBUG": "false",
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "community.settings",
        },
        database,
    )
    redis.Redis.from_url(REDIS).flushdb()
    house.run("manage.py", "migrate", "-v0")
    yield house
    for process in house.running:
        house.kill(process)
    redis.Redis.from_url(REDIS).flushdb()
    with psycopg.connect(POSTGRES, autocommit=True) as link:
        link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def house(_new_house):
    """The house, with nobody left running in it afterwards."""
    yield _new_house
    for process in _new_house.running:
        _new_house.kill(process)
