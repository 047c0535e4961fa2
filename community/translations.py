"""Compiles gettext catalogues with Babel: no system gettext is needed to run Dela."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_changed(folder: Path) -> list[Path]:
    """Write the .mo of every .po under `folder` that is newer than its .mo; the catalogues that were written."""
    return [compile_one(po) for po in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_newer(po)]


def _is_newer(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def compile_one(po: Path) -> Path:
    """Write one .mo beside its .po, whole or not at all."""
    with po.open("rb") as source:
        catalogue = read_po(source, locale=po.parts[-3], abort_invalid=True)
    unfinished = po.with_suffix(".mo.new")
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    return unfinished.replace(po.with_suffix(".mo"))
