"""Every word for people has its Swedish: collects the msgids anew and compares them with the catalogue."""

import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"
COLLECT = "makemessages -l sv --no-location --no-obsolete -i .venv -i var -i tests --keep-pot"
Key = tuple[str, str]


def messages(po: bytes) -> dict[Key, Message]:
    """By context and msgid: one English word may be two in Swedish."""
    readable = po.replace(b"nplurals=INTEGER; plural=EXPRESSION", b"nplurals=2; plural=(n != 1)")
    return {(m.context or "", str(m.id)): m for m in read_po(BytesIO(readable), locale="sv") if m.id}


def collected(domain_folder: Path) -> set[Key]:
    """What stands in the sources now."""
    env = {**os.environ, "VAR_DIR": str(domain_folder)}
    kept = CATALOGUE.read_bytes()
    template = ROOT / "locale" / "django.pot"
    try:
        subprocess.run(
            [sys.executable, "manage.py", *COLLECT.split()],
            cwd=ROOT,
            check=True,
            capture_output=True,
            env=env,
        )
        return set(messages(template.read_bytes()))
    finally:
        CATALOGUE.write_bytes(kept)
        template.unlink(missing_ok=True)


def main() -> int:
    catalogue = messages(CATALOGUE.read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        wanted = collected(Path(folder))
    missing = sorted(m for m in wanted if m not in catalogue or not _has_words(catalogue[m].string))
    fuzzy = sorted(m for m in wanted if m in catalogue and catalogue[m].fuzzy)
    for what, found in (("no Swedish", missing), ("fuzzy", fuzzy)):
        for context, msgid in found:
            print(f"{what}: {context} {msgid[:120]!r}")
    wrong = subprocess.run(["msgfmt", "--check", "-o", os.devnull, str(CATALOGUE)], check=False).returncode
    print(f"{len(wanted)} texts, {len(missing)} without Swedish, {len(fuzzy)} fuzzy")
    return 1 if missing or fuzzy or wrong else 0


def _has_words(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


if __name__ == "__main__":
    sys.exit(main())
