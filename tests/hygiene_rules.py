"""What tracked files may and may not contain. Each rule takes text and returns its faults."""

import re

MACHINE = re.compile(r"(?<![\w.:/~\-}])/(?:work|home|tmp|root|Users|opt)/[\w.]")
WINDOWS = re.compile(r"\b[A-Z]:\\\\?Users\\", re.IGNORECASE)
LABEL = re.compile(r"\\label\s*\{")
MARKERS = re.compile(r"NBVAL_\w+|nbval-\w+|PYTEST_VALIDATE_\w+")
NOTEBOOK_BYTES = 1_000_000
CELL_LINES = 40


def encoding_faults(data):
    """Return faults of the bytes of a text file: not utf-8, a byte-order mark, CR, no last LF."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"not utf-8: {error}"]
    faults = []
    if text.startswith("\ufeff"):
        faults.append("starts with a byte-order mark")
    if "\r" in text:
        faults.append("has carriage returns")
    if text and not text.endswith("\n"):
        faults.append("doesn't end in a newline")
    return faults


def machine_faults(text):
    """Return the absolute paths of some machine that a text names."""
    found = [*MACHINE.finditer(text), *WINDOWS.finditer(text)]
    return [f"a path of one machine: {text[m.start() : m.start() + 40]!r}" for m in found]


def chapter_faults(notebook):
    """Return what makes a notebook no chapter: long cells, labels, markers, too little text."""
    faults = []
    words = {"markdown": 0, "code": 0}
    for place, cell in enumerate(notebook.cells, start=1):
        words[cell.cell_type] = words.get(cell.cell_type, 0) + len(cell.source.split())
        if cell.cell_type == "code":
            lines = sum(bool(line.strip()) for line in cell.source.splitlines())
            if lines > CELL_LINES:
                faults.append(f"cell {place}: {lines} lines of code; {CELL_LINES} are the limit")
        if LABEL.search(cell.source):
            faults.append(f"cell {place}: \\label, which not every viewer renders")
        if found := MARKERS.search(cell.source + str(cell.metadata)):
            faults.append(f"cell {place}: {found[0]}")
    if words["markdown"] <= words["code"]:
        faults.append(f"more code than text: {words['code']} words to {words['markdown']}")
    return faults


def size_faults(size):
    """Return a fault if a notebook of so many bytes is too large."""
    limit = NOTEBOOK_BYTES
    return [f"{size} bytes; {limit} are the limit"] if size > limit else []


def untracked(tracked, present):
    """Return the files of a package on disk that git does not know, and the other way round."""
    tracked, present = set(tracked), set(present)
    faults = [f"{name} is on disk, but git ignores it" for name in sorted(present - tracked)]
    return faults + [f"{name} is tracked, but missing" for name in sorted(tracked - present)]


def orphans(texts, notebooks):
    """Return the chapters that lack their text or their notebook, by name without suffix."""
    texts, notebooks = set(texts), set(notebooks)
    faults = [f"{name}.ipynb has no text in source/" for name in sorted(notebooks - texts)]
    return faults + [f"{name}.md has no executed notebook" for name in sorted(texts - notebooks)]
