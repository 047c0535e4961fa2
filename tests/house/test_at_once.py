"""Four processes write at once, on a SQLite file and on PostgreSQL: nobody is turned away and every counter is exact."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.services.conftest import _new_house, house  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
BUSY = str(Path(__file__).with_name("busy.py"))
PROCESSES, ROUNDS = 4, 50
FIRST = 1  # the post that opened the thread


def run_at_once(env: dict[str, str]) -> dict[str, list[int]]:
    def start(*words: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, BUSY, *words],
            env=env,
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def said(process: subprocess.Popen) -> str:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err[-2000:]
        assert "locked" not in err
        return out

    people = json.loads(said(start("furnish")))
    for process in [start("work", email, str(ROUNDS)) for email in people]:
        said(process)
    return json.loads(said(start("count")))


def insist_on_exact(counted: dict[str, list[int]]) -> None:
    given = PROCESSES * ROUNDS
    assert counted["posts"] == [given + FIRST] * 5
    assert counted["answers"] == [given] * 2
    assert len(set(counted["thanks"])) == len(set(counted["members"])) == len(set(counted["told"])) == 1, (
        counted
    )
    assert set(counted["each"]) == {0}
    assert counted["told"][0] >= given


@pytest.mark.django_db
def test_on_one_sqlite_file(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    own = {"VAR_DIR": str(tmp_path), "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "community.settings"}
    if connection.vendor == "sqlite":  # a copy of the test's own tables is quicker than migrating
        with (
            sqlite3.connect(tmp_path / "dela.sqlite3") as fresh,
            sqlite3.connect(connection.settings_dict["NAME"]) as here,
        ):
            here.backup(fresh)
    else:
        migrate = [sys.executable, "manage.py", "migrate", "--noinput", "-v0"]
        subprocess.run(migrate, cwd=ROOT, env=kept | own, check=True)

    insist_on_exact(run_at_once(kept | own))


@pytest.mark.services
def test_on_postgresql(house):  # noqa: F811
    insist_on_exact(run_at_once(house.env))
