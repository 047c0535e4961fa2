"""What the house promises of its own source: short files and functions, nothing inline, nothing unfinished, nobody skips."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*importmap)(?![^>]*json)[^>]*>|\sstyle=\"|\son[a-z]+=\"")
UNFINISHED = re.compile(r"#\s*(TODO|FIXME|XXX)\b|raise NotImplementedError")
SKIPS = re.compile(r"pytest\.mark\.(skip|skipif|xfail)\b|pytest\.(skip|xfail|importorskip)\(")
REGISTRY = re.compile("|".join(["files." + "pythonhosted", "registry." + "npmjs", "deb." + "debian.org"]))


def tracked(*endings: str) -> Iterator[Path]:
    """The files git knows, with one of the endings."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.splitlines():
        path = ROOT / name
        if path.suffix in endings and path.exists():
            yield path


def problems() -> Iterator[str]:
    me = Path(__file__).resolve()
    for path in tracked(".py", ".html", ".js", ".css", ".md", ".lock", ".toml", ".yml"):
        text, where = path.read_text(encoding="utf-8"), path.relative_to(ROOT)
        if path != me and REGISTRY.search(text):
            yield f"{where}: names the host of a package registry"
        if path.suffix == ".html" and "emails" not in path.parts and INLINE.search(text):
            yield f"{where}: inline script, style or handler"
        if path.suffix == ".py" and "migrations" not in path.parts and path != me:
            yield from of_python(where, text)


def of_python(where: Path, text: str) -> Iterator[str]:
    if (lines := text.count("\n")) > LONGEST_FILE:
        yield f"{where}: {lines} lines, more than {LONGEST_FILE}"
    if UNFINISHED.search(text):
        yield f"{where}: something is unfinished"
    if SKIPS.search(text):
        yield f"{where}: a test that can skip"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > LONGEST_FUNCTION and where.parts[0] != "tests":
                yield f"{where}:{node.lineno}: {node.name} has {length} lines, more than {LONGEST_FUNCTION}"


def main() -> int:
    found = list(problems())
    print("\n".join(found) or "the house rules hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
