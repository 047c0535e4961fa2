"""Runs the legs of the test suite: `make test` runs what this machine can, `.ci/run` insists on every one.

python tests/legs.py            every test leg this machine can run, a line for each it cannot
python tests/legs.py --strict   lint too, and a leg that cannot run is a failure
python tests/legs.py --only lint|sqlite|postgres|browser
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
RECORD = ROOT / "var" / "legs.json"
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/dela")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/14")
PRODUCTION = {
    "PRODUCTION": "true",
    "SECRET_KEY": "not-a-secret-but-long-enough-for-the-checks-0123456789-abcdefghij",
    "BASE_URL": "https://dela.example.org",
    "DATABASE_URL": "postgres://dela:dela@127.0.0.1:5432/dela",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "submission://dela:dela@mail.example.org:587",
}
Commands = list[tuple[list[str], dict[str, str]]]


def tool(name: str, *words: str) -> list[str]:
    return [str(BIN / name), *words]


def pytest(*words: str) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", *words]


def answers(url: str) -> bool:
    """Whether something listens at the URL's host and port."""
    address = urlsplit(url)
    try:
        with socket.create_connection((address.hostname, address.port), timeout=2):
            return True
    except OSError:
        return False


def chromium() -> str:
    """The Chromium or Chrome of this machine, "" when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM", "") or next(
        (path for name in names if (path := shutil.which(name))), ""
    )


@dataclass(frozen=True)
class Leg:
    """`missing()` says how to get what the leg needs, "" when it can run."""

    name: str
    commands: Callable[[], Commands]
    missing: Callable[[], str] = lambda: ""
    strict_only: bool = False


def lint() -> Commands:
    python = [sys.executable, "manage.py"]
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    plain: list[list[str]] = [
        tool("ruff", "check", "."),
        tool("ruff", "format", "--check", "."),
        tool("mypy", "community", "profiles", "wiki", "forum", "feeds"),
        tool("lint-imports", "--no-cache"),
        tool("djade", "--check", "--target-version", "5.2", *templates),
        tool("djlint", "--lint", "--quiet", "templates"),
        [*python, "makemigrations", "--check", "--dry-run"],
        [sys.executable, "tests/lint/translations.py"],
        [sys.executable, "tests/lint/houserules.py"],
        ["bash", "tests/lint/compose.sh"],
    ]
    deploy = [*python, "check", "--deploy", "--fail-level", "WARNING"]
    return [*((command, {}) for command in plain), (deploy, PRODUCTION)]


def sqlite() -> Commands:
    corpora = [sys.executable, "tests/bundles/fetch_corpora.py"]
    return [
        (corpora, {}),
        (pytest("-n", "2", "--dist", "loadgroup", "-m", "not browser and not services", "--create-db"), {}),
    ]


def postgres() -> Commands:
    env = {"DATABASE_URL": POSTGRES, "REDIS_URL": REDIS}
    return [
        (pytest("-n", "2", "-m", "not browser and not services and not corpora", "--create-db"), env),
        (pytest("-m", "services", "--create-db"), env),
    ]


def no_services() -> str:
    where = [name for name, url in (("PostgreSQL", POSTGRES), ("Redis", REDIS)) if not answers(url)]
    how = "apt-get install postgresql redis-server, or set TEST_DATABASE_URL and TEST_REDIS_URL"
    return f"{' and '.join(where)} do not answer on this machine: {how}" if where else ""


def browser() -> Commands:
    return [(pytest("-n", "2", "-m", "browser", "--create-db"), {"CHROMIUM": chromium()})]


def no_browser() -> str:
    return "" if chromium() else "no Chromium or Chrome found: apt-get install chromium, or set CHROMIUM"


LEGS = [
    Leg("lint", lint, strict_only=True),
    Leg("sqlite", sqlite),
    Leg("postgres", postgres, no_services),
    Leg("browser", browser, no_browser),
]


def run(leg: Leg) -> bool:
    """Every command of the leg, also after one failed; whether all went well."""
    began, fine = time.monotonic(), True
    for command, env in leg.commands():
        print(f"--- {leg.name}: {' '.join(command)[:150]}", flush=True)
        fine = (
            subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, check=False).returncode == 0 and fine
        )
    print(
        f"=== {leg.name}: {'passed' if fine else 'FAILED'} in {time.monotonic() - began:.0f} s\n", flush=True
    )
    return fine


def commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--only", choices=[leg.name for leg in LEGS])
    wanted = parser.parse_args()
    RECORD.parent.mkdir(exist_ok=True)
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    done = set(record.get("passed", [])) if wanted.strict and record.get("commit") == commit() else set()
    failed: list[str] = []
    for leg in LEGS:
        if (
            leg.name in done
            or (wanted.only and leg.name != wanted.only)
            or (leg.strict_only and not (wanted.strict or wanted.only))
        ):
            continue
        if missing := leg.missing():
            print(f"=== {leg.name}: not run ({missing})", flush=True)
            failed += [leg.name] if wanted.strict else []
        elif run(leg):
            done.add(leg.name)
        else:
            failed.append(leg.name)
    RECORD.write_text(json.dumps({"commit": commit(), "passed": sorted(done)}))
    print(
        f"legs passed: {', '.join(sorted(done)) or 'none'}"
        + (f"; FAILED: {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
