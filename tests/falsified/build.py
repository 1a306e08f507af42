"""Write the miniature project's notebook and generated files: python tests/falsified/build.py"""

from pathlib import Path

from gradproof import assumptions, catalogue, chapters, coverage, errata, ledger, review
from gradproof.ledger import pages
from gradproof.ledger.files import deliver

PROJECT = Path(__file__).resolve().parent / "project"
GENERATORS = (pages, errata, coverage, assumptions)


def build(project: Path = PROJECT) -> None:
    """Sign the claims, execute the chapter and regenerate what is generated."""
    catalogue.use_folder(project / "catalogue")
    for chapter in catalogue.chapters():
        for claim in chapter.claims:
            review.sign(claim)
    catalogue.forget()
    text = next((project / "notebooks" / "source").glob("*.md"))
    notebook = chapters.read_source(text.read_text(encoding="utf-8"))
    chapters.execute(notebook, project / "notebooks")
    chapters.write(notebook, chapters.notebook_path(text))
    deliver(generated(project), project, check=False)
    catalogue.use_folder(None)


def generated(project: Path) -> dict[str, str]:
    """All generated files of a project whose catalogue is in use: path -> text."""
    book = ledger.read(project)
    return {name: text for one in GENERATORS for name, text in one.files(book).items()}


if __name__ == "__main__":
    build()
