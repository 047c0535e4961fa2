"""Every word for people has its Swedish: collects the msgids anew and compares them with the catalogue."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"


def collected(domain_folder: Path) -> set[str]:
    """The msgids that stand in the sources now."""
    words = [
        "makemessages",
        "-l",
        "sv",
        "--no-location",
        "--no-obsolete",
        "-i",
        ".venv",
        "-i",
        "var",
        "-i",
        "tests",
        "--keep-pot",
    ]
    env = {**os.environ, "VAR_DIR": str(domain_folder)}
    kept = CATALOGUE.read_bytes()
    try:
        subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, check=True, capture_output=True, env=env
        )
        with (ROOT / "locale" / "django.pot").open("rb") as pot:
            return {str(m.id) for m in read_po(pot) if m.id}
    finally:
        CATALOGUE.write_bytes(kept)
        (ROOT / "locale" / "django.pot").unlink(missing_ok=True)


def main() -> int:
    with CATALOGUE.open("rb") as po:
        catalogue = {str(m.id): m for m in read_po(po, locale="sv") if m.id}
    with tempfile.TemporaryDirectory() as folder:
        wanted = collected(Path(folder))
    missing = sorted(m for m in wanted if m not in catalogue or not _has_words(catalogue[m].string))
    fuzzy = sorted(m for m in wanted if m in catalogue and catalogue[m].fuzzy)
    for what, found in (("no Swedish", missing), ("fuzzy", fuzzy)):
        for msgid in found:
            print(f"{what}: {msgid[:120]!r}")
    print(f"{len(wanted)} texts, {len(missing)} without Swedish, {len(fuzzy)} fuzzy")
    return 1 if missing or fuzzy else 0


def _has_words(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


if __name__ == "__main__":
    sys.exit(main())
