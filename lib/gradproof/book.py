"""`gradproof book`: execute the chapters, regenerate what is generated, sum up, build the site."""

import argparse
import importlib
import importlib.util
import time
from concurrent.futures import ThreadPoolExecutor

from tqdm import tqdm

from gradproof import chapters, frontpage, project

GENERATED = ("ledger", "errata", "coverage", "assumptions")
WORKERS = 2


def add_arguments(parser):
    """Declare the options of the command."""
    parser.add_argument("--only", type=int, metavar="NN", help="this chapter only, such as 23")


def run(args):
    """Write the chapters; return 0, or 1 if one failed (its old notebook stays)."""
    begin = time.perf_counter()
    root = project.root()
    texts = chapters.sources(root / "notebooks" / "source", args.only)
    failures = write_chapters(texts)
    for name, message in failures:
        print(f"\n{name}: {message}")
    if failures:
        print(f"\n{len(failures)} of {len(texts)} chapters failed; their notebooks are as before")
        return 1
    if (root / frontpage.CHAPTER).is_file():
        frontpage.write(root)
    code = regenerate()
    seconds = time.perf_counter() - begin
    number = f"{len(texts)} chapter{'' if len(texts) == 1 else 's'}"
    print(f"{summary()}; {number} executed; {seconds:.0f} seconds")
    if code == 0 and args.only is None and is_written("site"):
        code = build_site()
    return code


def build_site():
    """Build the site and say where it is; without Sphinx, say what it needs. Its exit code."""
    site = importlib.import_module("gradproof.site")
    parser = argparse.ArgumentParser("site")
    site.add_arguments(parser)
    try:
        return site.run(parser.parse_args([]))
    except project.UsageError as error:
        print(f"no site: {error}")
        return 0


def write_chapters(texts):
    """Execute the texts on two workers; return the failures as pairs (file name, message)."""
    cells = sum(text.read_text(encoding="utf-8").count("```{code-cell}") for text in texts)
    with tqdm(total=cells, unit="cell", desc="book", leave=False, disable=None) as bar:

        def attempt(text):
            try:
                write_chapter(text, bar.update)
            except (chapters.ChapterFailed, RuntimeError, OSError) as error:
                return text.name, str(error)

        with ThreadPoolExecutor(WORKERS) as pool:
            return [failure for failure in pool.map(attempt, texts) if failure]


def write_chapter(text, tick):
    """Execute one text and store its notebook. Raises ChapterFailed, storing nothing."""
    path = chapters.notebook_path(text)
    notebook = chapters.read_source(text.read_text(encoding="utf-8"))
    chapters.execute(notebook, path.parent, tick)
    chapters.write(notebook, path)


def regenerate():
    """Call the generators that are there, with their defaults; return the worst exit code."""
    code = 0
    for name in filter(is_written, GENERATED):
        module = importlib.import_module(f"gradproof.{name}")
        parser = argparse.ArgumentParser(name)
        module.add_arguments(parser)
        code = max(code, int(module.run(parser.parse_args([])) or 0))
    return code


def is_written(name):
    """Whether the command's module is there."""
    return importlib.util.find_spec(f"gradproof.{name}") is not None


def summary():
    """The claims by label and what the texts have wrong, from the ledger, as one line."""
    return str(importlib.import_module("gradproof.ledger").summary())
