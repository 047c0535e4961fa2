"""Writing a bundle: one class for dumps, converters and generators."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .format import FILES, Row, check_row


class BundleWriter:
    """Writes rows to a folder, or to a zip when the path ends in .zip; all of it, or nothing.

    Rows of different files may come in any order; within a file they keep theirs. The bundle grows beside its
    place and takes it when the `with` block ends well, so a broken run leaves no half bundle behind. A path
    that is taken is refused (FileExistsError), a row that is not of the format too (ValueError). Keys with
    None are left out. The same rows give the same bytes.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.counts: dict[str, int] = dict.fromkeys(FILES, 0)
        self._open: dict[str, BinaryIO] = {}

    def __enter__(self) -> Self:
        if self.path.exists() and not _is_empty_folder(self.path):
            raise FileExistsError(f"{self.path} is already there: choose another place or remove it first")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._growing = Path(tempfile.mkdtemp(prefix=f".{self.path.name}.", dir=self.path.parent))
        return self

    def write(self, file: str, row: Row) -> None:
        row = {key: value for key, value in row.items() if value is not None}
        problems = check_row(file, row).problems
        if problems:
            raise ValueError(f"{file}, row {self.counts[file] + 1}: {'; '.join(problems)}")
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        self._stream(file).write(line.encode() + b"\n")
        self.counts[file] += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for stream in self._open.values():
            stream.close()
        try:
            if kind is None:
                self._take_place()
        finally:
            shutil.rmtree(self._growing, ignore_errors=True)

    def _stream(self, file: str) -> BinaryIO:
        if file not in self._open:
            self._open[file] = (self._growing / file).open("wb")
        return self._open[file]

    def _take_place(self) -> None:
        if self.path.suffix == ".zip":
            packed = self._growing / "bundle.zip"
            self._pack(packed)
            packed.replace(self.path)
        else:
            self._growing.chmod(0o755)  # mkdtemp made it for this user alone
            self._growing.replace(self.path)

    def _pack(self, packed: Path) -> None:
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for file in FILES:
                if file in self._open:
                    self._pack_file(archive, file)

    def _pack_file(self, archive: ZipFile, file: str) -> None:
        entry = ZipInfo(file)  # dated 1980, so that equal rows make an equal zip
        entry.compress_type = ZIP_DEFLATED
        source, target = (self._growing / file).open("rb"), archive.open(entry, "w", force_zip64=True)
        with source, target:
            shutil.copyfileobj(source, target)


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
