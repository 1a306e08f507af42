"""`gradproof errata`: where a text is false as printed: the print, a witness, the repair."""

from __future__ import annotations

from collections.abc import Mapping

from gradproof import project
from gradproof.catalogue import Claim, sources
from gradproof.claims.words import Marked, refutation
from gradproof.ledger import command
from gradproof.ledger.files import counted, page
from gradproof.ledger.pages import FOLDER, anchor
from gradproof.ledger.records import Book

CERTAIN = """\
The print is legible, or the text's own later use fixes what it says; the witness refutes it."""
DOUBTFUL = """\
Here the copy that was read may be at fault, not the text: what could be read is false, but the
print may well say something else."""


def add_arguments(parser) -> None:
    """Declare the options of the command."""
    parser.add_argument("--check", action="store_true", help="write nothing; fail if it is stale")


def run(args) -> int:
    """Write ERRATA.md, or compare it; 1 if anything is wrong."""
    return command("errata", files, args.check, project.root())


def files(book: Book) -> dict[str, str]:
    """ERRATA.md: path -> text."""
    certain, doubtful = listed(book, "certain"), listed(book, "doubtful")
    steps = sum(part["step"] for _, part in certain)
    false = counted(len(certain) - steps, "statement")
    false += f" and {counted(steps, 'step')} of a proof" if steps else ""
    misprints = counted(len(doubtful), "possible misprint")
    return {"ERRATA.md": page(
        "errata", "# Errata",
        f"What the texts have wrong: {false} false as printed, and {misprints}. Every refutation "
        "is executed in the chapter that it links to, and each comes with its repair.",
        "## False as printed", CERTAIN, *_by_source(certain, book),
        "## Possible misprints", DOUBTFUL, *_by_source(doubtful, book))}


def listed(book: Book, reading: str) -> list[tuple[Mapping, Mapping]]:
    """(record, part) of every refuted print with this reading."""
    return [(record, part) for record in book.records.values() for part in record["parts"]
            if part["verb"] == "refutes_printed" and part["reading"] == reading]


def _by_source(found: list, book: Book) -> list[str]:
    blocks = []
    for key, source in sources().items():
        own = [(record, part) for record, part in found if record["source"] == key]
        if own:
            blocks.append(f"### {source['title']}")
            blocks += [_entry(record, part, book.claims[record["id"]]) for record, part in own]
    return blocks or ["None so far."]


def _entry(record: Mapping, part: Mapping, claim: Claim) -> str:
    printed = claim.printed_form(part["clause"])
    page_of = f"{FOLDER}/{claim.chapter}.md#{anchor(record)}"
    says = f"{Marked.prose(printed.says)}: " if printed.says else ""
    where = [f"- Where {', '.join(Marked.statement(f'{a} = {b}') for a, b in claim.let)}"]
    return "\n".join([
        f"**{Marked.words(claim.locator)}, {Marked.prose(claim.title)}** "
        f"([{claim.id}]({page_of}))" + (" (a step of the proof)" if part["step"] else ""), "",
        f"- Printed: {says}{Marked.formula(part)}",
        *(where if printed.proposition.definitions else []),
        f"- Witness: {refutation(part, Marked)}",
        f"- Why: {Marked.prose(part['because'])}",
        f"- Repair: {Marked.prose(part['repair'])}"])


