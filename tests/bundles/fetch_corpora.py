"""Fetches what the converters are tested on into var/corpora: three of Django's source distributions.

    python tests/bundles/fetch_corpora.py

Uses pip and whatever index it is set up for; every archive must have the hash below. What is there already is
left alone. (The questions about building come with the development dependencies.)
"""
# ruff: noqa: T201 (a script talks to whoever runs it)

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

CORPORA = Path(__file__).resolve().parents[2] / "var" / "corpora"
SDISTS = {
    "4.2": "c36e2ab12824e2ac36afa8b2515a70c53c7742f0d6eaefa7311ec379558db997",
    "5.0": "7d29e14dfbc19cb6a95a4bd669edbde11f5d4c6a71fdaa42c2d40b6846e807f7",
    "5.2": "1a47f7a7a3d43ce64570d350e008d2949abe8c7e21737b351b6a1611277c6d89",
}


def path_of(version: str) -> Path:
    return CORPORA / f"Django-{version}.tar.gz"


def is_here(version: str) -> bool:
    path = path_of(version)
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == SDISTS[version]


def missing() -> list[str]:
    return [version for version in SDISTS if not is_here(version)]


def fetch(version: str) -> None:
    """Downloads one archive. subprocess.CalledProcessError when pip cannot."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text(f"django=={version} --hash=sha256:{SDISTS[version]}\n")
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", "django"]
        command = [sys.executable, "-m", "pip", "download", *options, "--require-hashes", "-r", str(wanted)]
        subprocess.run([*command, "--dest", folder], check=True)
        (archive,) = Path(folder).glob("*.tar.gz")
        CORPORA.mkdir(parents=True, exist_ok=True)
        path_of(version).write_bytes(archive.read_bytes())


def main() -> int:
    for version in missing():
        print(f"Fetching Django {version} into {CORPORA}", flush=True)
        try:
            fetch(version)
        except subprocess.CalledProcessError:
            print(
                f"pip could not fetch it. Put {path_of(version).name} into {CORPORA} by hand, or try again."
            )
            return 1
    print(f"All {len(SDISTS)} source distributions are in {CORPORA}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
