"""Copies of the checkout, their digest, and the answers of earlier runs."""

from __future__ import annotations

import compileall
import hashlib
import json
import py_compile
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from gradproof.mutants.listing import Mutant

LEFT_OUT = ("sources", "experiments")


def copy_tree(root: Path, target: Path) -> Path:
    """Copy what git knows or would add, fresh; return ``target``.

    The library is compiled with hashes of its sources, so that a mutated file is noticed
    whatever its time stamp.
    """
    shutil.rmtree(target, ignore_errors=True)
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    for name in sorted(filter(None, listed.decode("utf-8").split("\0"))):
        if (root / name).is_file() and name.partition("/")[0] not in LEFT_OUT:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, target / name)
    compileall.compile_dir(target / "lib", quiet=2,
                           invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    return target


def tree_digest(folder: Path) -> str:
    """Twelve digits that stand for the library and the tests, but for the mutation's own files."""
    digest = hashlib.sha256()
    for path in sorted(p for part in ("lib", "tests") for p in (folder / part).rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix != ".pyc" and not name.startswith("tests/mutation/"):
            digest.update(name.encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


class Store:
    """Answers on disk, one a line; they count for the tree that they were found on."""

    def __init__(self, path: Path, digest: str, keep_kills: bool = False):
        self.path, self.digest, self._lock = path, digest, Lock()
        self._found: dict[str, tuple[str, bool]] = {}
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        for entry in map(json.loads, lines):
            fresh = entry["tree"] == digest
            if fresh or (keep_kills and entry["answer"].startswith("killed")):
                self._found[entry["mutant"]] = (entry["answer"], fresh)

    def answer(self, mutant: Mutant) -> str | None:
        """The answer for a mutant, or None."""
        return self._found.get(mutant.digest, (None,))[0]

    def kept(self, mutants: Iterable[Mutant]) -> int:
        """How many of the mutants have an answer of an earlier tree."""
        return sum(not self._found[m.digest][1] for m in mutants)

    def add(self, mutant: Mutant, answer: str) -> None:
        """Store an answer at once."""
        line = json.dumps({"mutant": mutant.digest, "key": mutant.key, "answer": answer,
                           "tree": self.digest}, ensure_ascii=False)
        with self._lock, self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line + "\n")
            self._found[mutant.digest] = (answer, True)
