"""The ledger refuses records that are missing, foreign, stale or edited, and names the entry."""

import copy
import json
import shutil
from pathlib import Path

import pytest

from gradproof import assumptions, catalogue, check, coverage, errata, ledger, project, review
from gradproof.__main__ import main
from gradproof.claims.record import packed, unpacked
from gradproof.ledger import pages, records, rules
from gradproof.ledger.files import deliver, table
from gradproof.ledger.records import Book, Entry, inherited, trusted
from gradproof.project import UsageError

MINIATURE = Path(__file__).resolve().parent / "falsified" / "project"
GENERATORS = ("ledger", "errata", "coverage", "assumptions")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the miniature project that the commands work on."""
    copied = tmp_path / "project"
    shutil.copytree(MINIATURE, copied)
    monkeypatch.setattr(project, "root", lambda start=None: copied)
    catalogue.use_folder(copied / "catalogue")
    yield copied
    catalogue.use_folder(None)


@pytest.fixture
def book(folder):
    return records.read(folder)


def with_entry(book, id, change):
    """The book in which the record ``id`` is changed by ``change(record)``, its text with it."""
    entries = []
    for entry in book.entries:
        if entry.id == id:
            record = copy.deepcopy(dict(entry.record))
            change(record)
            entry = Entry(record, entry.notebook, entry.cell)
        entries.append(entry)
    return Book(book.chapters, tuple(entries))


def part(record, clause):
    return next(p for p in record["parts"] if p["clause"] == clause)


def test_the_undamaged_book_has_no_faults(book):
    assert rules.faults(book, [entry.id for entry in book.entries]) == []
    assert rules.unreviewed(book) == []


def swap_tier(record):
    part(record, "a1")["tier"] = "Sampled"


CHANGES = {
    "a label above its verdict": ("97.03", lambda r: part(r, "a").update(label="Proved"),
                                  "holds a: labelled Proved, but Sampled is read as Measured"),
    "a headline above its parts": ("97.03", lambda r: r.update(headline="Proved"),
                                   "its headline is 'Proved', but its parts give 'Measured'"),
    "a wider scope": ("97.01", lambda r: r.update(scope="for all s, t"), "its scope is"),
    "a printed status": ("97.01", lambda r: r.update(printed="holds as printed"), "its printed is"),
    "another statement": ("97.01", lambda r: r.update(statement="x"), "its statement is"),
    "a verdict of no kind": ("97.01", lambda r: part(r, "a").update(verdict="Obvious"),
                             "Obvious is no verdict"),
    "a name of another kind": ("97.01", lambda r: part(r, "a").update(verdict="issue"),
                               "issue is no verdict"),
    "an open verdict": ("97.01", lambda r: part(r, "a").update(verdict="Undecided", label="Open"),
                        "Undecided does not pass for holds"),
    "a refuted clause": ("97.01", lambda r: part(r, "a").update(verdict="Refuted", label="False"),
                         "Refuted does not pass for holds"),
    "a proved variant": ("97.01", lambda r: part(r, "b1").update(verdict="Proved", label="Proved"),
                         "Proved does not pass for rejects"),
    "a weak control": ("97.01", swap_tier, "refuted as Measured only, while clause a is Proved"),
    "a label for a citation": ("97.04", lambda r: part(r, "a").update(label="Proved"),
                               "its label must be Cited"),
    "a citation without a reason": ("97.04", lambda r: part(r, "a").update(why=""),
                                    "its label must be Cited"),
    "another proposition": ("97.01", lambda r: part(r, "b")["proposition"].update(text="s = s"),
                            "holds b: the recorded proposition is not the catalogue's"),
    "another tree": ("97.01", lambda r: part(r, "b")["proposition"].update(hypotheses=[]),
                     "the recorded proposition is not"),
    "another formula": ("97.01", lambda r: part(r, "b").update(goal="q(s) > 7"),
                        "the recorded goal is not"),
    "another edit": ("97.01", lambda r: part(r, "b1").update(of="a"), "the recorded of is not"),
    "another reading": ("97.01", lambda r: part(r, "r").update(reading="certain"),
                        "the recorded reading is not"),
    "a statement called a step": ("97.01", lambda r: part(r, "p").update(step=True),
                                  "refutes_printed p: the recorded step is not"),
    "a step called the statement": ("97.02", lambda r: part(r, "p").update(step=False),
                                    "refutes_printed p: the recorded step is not"),
    "a print that is neither": ("97.02", lambda r: part(r, "p").pop("step"),
                                "refutes_printed p: the recorded step is not"),
    "other prose": ("97.03", lambda r: part(r, "a")["proposition"].update(prose="less"),
                    "the recorded proposition is not"),
    "a lost clause": ("97.01", lambda r: r["parts"].remove(part(r, "b")), "clauses are a; the"),
    "a doubled clause": ("97.01", lambda r: r["parts"].append(part(r, "b")), "clauses are a, b, b"),
    "a lost control": ("97.01", lambda r: r["parts"].remove(part(r, "b1")), "variants are a1"),
    "a lost print": ("97.01", lambda r: r["parts"].remove(part(r, "p")), "printed forms are r"),
    "a stale record": ("97.01", lambda r: r.update(catalogue="0" * 12), "stale"),
    "another schema": ("97.01", lambda r: r.update(schema=0), "schema 0"),
    "no parts": ("97.01", lambda r: r.pop("parts"), "damaged"),
    "a part that is none": ("97.01", lambda r: r["parts"].append(3), "damaged"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_an_edited_record_is_named(book, case):
    id, change, message = CHANGES[case]
    found = rules.faults(with_entry(book, id, change))
    assert found and all(line.startswith(f"{id}: ") for line in found)
    assert any(message in line for line in found), found


def test_text_that_does_not_follow_from_the_record_is_named(book):
    for mime in ("text/plain", "text/markdown"):
        entry = book.entries[0]
        shown = {**entry.shown, mime: entry.shown[mime].replace("Proved", "Shown")}
        edited = Book(book.chapters, (Entry(entry.record, entry.notebook, entry.cell, shown),
                                      *book.entries[1:]))
        assert rules.faults(edited) == [f"97.01: its {mime} is not what the record gives"]


def test_missing_doubled_foreign_and_misplaced_records(book):
    first, *rest = book.entries
    assert rules.faults(Book(book.chapters, tuple(rest))) == [
        "97.01: in the catalogue, but no block in notebooks/97-miniature.ipynb"]
    twice = rules.faults(Book(book.chapters, (first, *book.entries)))
    assert len(twice) == 2 and "97.01: recorded more than once" in twice[0]
    moved = Entry(first.record, "98-other", 1, first.shown)
    assert rules.faults(Book(book.chapters, (moved, *rest))) == [
        "97.01: recorded in 98-other, but belongs to 97-miniature"]
    foreign = Entry({"id": "97.77"}, "97-miniature", 1)
    assert rules.faults(Book(book.chapters, (*book.entries, foreign))) == [
        "97.77: a record in 97-miniature, but not in the catalogue"]


def test_nothing_is_no_ledger(book):
    assert "the catalogue is empty" in rules.faults(Book((), ()))
    assert "no notebook has a record" in rules.faults(Book(book.chapters, ()))


def test_a_shrunken_ledger_is_refused_until_it_is_given_up(book):
    stored = [*book.records, "97.99"]
    assert rules.faults(book, stored) == [
        "97.99: in the stored ledger, but in no notebook (give it up with --forget 97.99)"]
    assert rules.faults(book, stored, ["97.99"]) == []


def test_citations_are_inherited_along_uses(book):
    assert inherited("97.05", book.claims) == ["97.04", "97.01"]
    assert trusted(book)["97.05"] == [("97.04", "a")]
    assert trusted(book)["97.01"] == []
    page = assumptions.files(book)["docs/ledger/assumptions.md"]
    assert "Inherited by: [97.05]" in page
    assert "seed 1" in page and "tolerance 1e-12" in page


def test_a_circle_of_uses_is_shown():
    class Uses:
        def __init__(self, *uses):
            self.uses = uses

    claims = {"1": Uses("2"), "2": Uses("3"), "3": Uses("2")}
    with pytest.raises(ValueError, match="2 → 3 → 2"):
        inherited("1", claims)


def test_the_summary_counts_by_label(book, folder):
    assert ledger.summary() == ("5 claims: 2 Proved (1 in part), 1 Derived (1 in part), "
                                "1 Measured, 1 Cited; 1 false as printed, 1 with a false step")


@pytest.mark.parametrize(("readings", "counts", "line"), [
    ([], [0, 0, 0], "1 claim: 1 Proved"),
    (["certain"], [1, 0, 0], "1 claim: 1 Proved; 1 false as printed"),
    (["certain step"], [0, 1, 0], "1 claim: 1 Proved; 1 with a false step"),
    (["certain step", "certain step"], [0, 1, 0], "1 claim: 1 Proved; 1 with a false step"),
    (["certain", "certain step"], [1, 1, 0],
     "1 claim: 1 Proved; 1 false as printed, 1 with a false step"),
    (["doubtful"], [0, 0, 1], "1 claim: 1 Proved; 1 possible misprint"),
    (["doubtful step"], [0, 0, 1], "1 claim: 1 Proved; 1 possible misprint"),
    (["doubtful", "certain step"], [0, 1, 1],
     "1 claim: 1 Proved; 1 with a false step; 1 possible misprint"),
    (["doubtful step", "certain"], [1, 0, 0], "1 claim: 1 Proved; 1 false as printed")])
def test_false_steps_are_counted_apart(book, readings, counts, line):
    printed = part(book.records["97.01"], "p")
    record = {**book.records["97.01"], "parts": [
        part(book.records["97.01"], "a"), part(book.records["97.01"], "b1"),
        *({**printed, "reading": r.split()[0], "step": r.endswith("step")} for r in readings)]}
    assert pages.totals([record], book) == line
    assert pages._counts([record], book)[-3:] == counts
    assert pages.HEADS[-3:] == ["false as printed", "false step", "possible misprint"]


def test_certain_errata_and_possible_misprints_are_apart(book):
    text = errata.files(book)["ERRATA.md"]
    certain, doubtful = text.split("## Possible misprints")
    assert r"q(s) \gt 1" in certain and r"q(s) \ge 3" not in certain
    assert r"q(s) \ge 3" in doubtful and r"q(s) \gt 1" not in doubtful
    assert "- Where $q(s) =" in certain and "- Repair: $q(s)" in certain
    assert "s = 2: 1" in certain


def test_a_false_step_is_marked_in_the_errata(book):
    text = errata.files(book)["ERRATA.md"]
    assert ("wrong: 1 statement and 1 step of a proof false as printed, and 1 possible misprint."
            in text)
    marked = [line for line in text.splitlines() if line.endswith("(a step of the proof)")]
    (line,) = marked
    assert line.startswith("**(2), The exponential above its tangent** ([97.02](")
    assert text.index("97.01") < text.index(line) < text.index("## Possible misprints")
    statement = with_entry(book, "97.02", lambda r: part(r, "p").update(step=False))
    assert "2 statements false as printed" in errata.files(statement)["ERRATA.md"]
    doubtful = with_entry(book, "97.02", lambda r: part(r, "p").update(reading="doubtful"))
    below = errata.files(doubtful)["ERRATA.md"].split("## Possible misprints")
    assert "1 statement false as printed, and 2 possible misprints" in below[0]
    assert "(a step of the proof)" in below[1] and "(a step of the proof)" not in below[0]


def test_coverage_counts_every_statement_once(book, folder):
    listed = coverage.inventory()
    by = coverage.settled(book, listed)
    assert [id for id, claims in by.items() if not claims] == ["mini-later"]
    assert by["mini-limit-again"] == ["97.05"]
    assert coverage.faults(book, listed) == []
    assert "| 97-miniature | 7 | 5 | 1 | 1 |" in coverage.files(book)["docs/ledger/coverage.md"]


def test_coverage_names_ids_that_the_inventory_has_not(book, folder):
    listed = coverage.inventory()
    short = {name: own[1:] for name, own in listed.items()}
    assert coverage.faults(book, short) == ["97.01: the inventory has no mini-square"]
    double = {name: [*own, own[0]] for name, own in listed.items()}
    assert "mini-square: twice" in coverage.faults(book, double)[0]
    assert "is empty" in coverage.faults(book, {})[0]
    without = {name: [s for s in own if s["id"] != "mini-limit-again"]
               for name, own in listed.items()}
    assert coverage.faults(book, without) == ["merged_into: the inventory has no mini-limit-again"]


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generator_writes_what_its_check_accepts(folder, name, capsys):
    assert main([name, "--check"]) == 0
    for path in [*folder.glob("*.md"), *folder.glob("docs/ledger/*.md")]:
        path.write_text("# old\n", encoding="utf-8")
    assert main([name, "--check"]) == 1
    assert ".md: line 1 is stale" in capsys.readouterr().out
    assert main([name]) == 0
    assert main([name, "--check"]) == 0


def test_a_stale_page_is_named_with_its_entry(folder, capsys):
    page = folder / "docs" / "ledger" / "97-miniature.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(r"\exp(s) \gt 1 + s", r"\exp(s) \gt s"), encoding="utf-8")
    assert main(["ledger", "--check"]) == 1
    assert "under “97.02 The exponential above its tangent”" in capsys.readouterr().out


def test_a_page_of_no_chapter_is_left_over(folder, capsys):
    (folder / "docs" / "ledger" / "98-gone.md").write_text("# 98\n", encoding="utf-8")
    assert main(["ledger", "--check"]) == 1
    assert "98-gone.md: nothing belongs there" in capsys.readouterr().out
    assert main(["ledger"]) == 0
    assert not (folder / "docs" / "ledger" / "98-gone.md").exists()


@pytest.mark.parametrize("name", GENERATORS)
def test_nothing_is_written_from_faulty_records(folder, name, capsys):
    toml = folder / "catalogue" / "97-miniature.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("1934", "1935").replace(
        "at least 1, and", "at least 1 and"), encoding="utf-8")
    catalogue.forget()
    for path in folder.glob("*.md"):
        path.unlink()
    assert main([name]) == 1
    assert "97.01: stale" in capsys.readouterr().out
    assert list(folder.glob("*.md")) == []


def test_a_catalogue_that_cannot_be_read_is_said_so(folder, capsys):
    (folder / "catalogue" / "97-miniature.toml").write_text("x", encoding="utf-8")
    catalogue.forget()
    for name in GENERATORS:
        assert main([name, "--check"]) == 1
    assert "97-miniature.toml: no TOML" in capsys.readouterr().out
    assert "no TOML" in ledger.problems(folder)[0]


def test_an_unreviewed_claim_is_named_and_can_be_signed(folder, capsys):
    toml = folder / "catalogue" / "97-miniature.toml"
    lines = toml.read_text(encoding="utf-8").splitlines(keepends=True)
    toml.write_text("".join(ln for ln in lines if not ln.startswith("reviewed")), encoding="utf-8")
    catalogue.forget()
    assert main(["review", "--check"]) == 1
    assert "97.01 A parabola above one ((1)): not reviewed" in capsys.readouterr().out
    assert main(["ledger", "--check"]) == 1
    assert "97.05: not reviewed" in capsys.readouterr().out
    assert main(["review", "--sign", "97.01", "97.02", "97.03", "97.04", "97.05"]) == 0
    assert main(["review", "--check"]) == 0
    assert main(["ledger", "--check"]) == 0
    assert toml.read_text(encoding="utf-8").count("reviewed = ") == 5


def test_signing_replaces_an_old_signature():
    text = ('[[claim]]\nreviewed = "old"\nid = "97.01"\ntitle = "x"\n\n[[claim.clause]]\nid = "a"\n'
            '[[claim]]\nid = "97.02"\nreviewed = "old"\n')
    once = review.signed(text, "97.01", "new")
    assert once == text.replace('reviewed = "old"\nid = "97.01"\n',
                                'id = "97.01"\nreviewed = "new"\n')
    assert review.signed(once, "97.01", "new") == once
    assert review.signed(text, "97.02", "new").endswith('id = "97.02"\nreviewed = "new"\n')
    with pytest.raises(UsageError, match="97.03: no line"):
        review.signed(text, "97.03", "new")


def test_a_sheet_shows_what_is_to_be_read(folder, capsys):
    assert main(["review", "97.01"]) == 0
    shown = capsys.readouterr().out
    for piece in ("A miniature text, (1)", "let q(s) = s^2 - 4*s + 5", "s ≤ 1 ⊢ q(s) ≥ 2",
                  "false: b1  b without s ≤ 1", "printed (doubtful): r"):
        assert piece in shown
    assert main(["review", "97.02"]) == 0
    shown = capsys.readouterr().out
    assert "  printed (certain, a step of the proof): p  the last display" in shown
    assert main(["review", "97.99"]) == 2


def test_check_runs_the_chapter_up_to_the_block():
    text = (MINIATURE / "notebooks" / "source" / "97-miniature.md").read_text(encoding="utf-8")
    cells = check.cells_up_to(text, "97.01")
    assert len(cells) == 3 and 'claim("97.01")' in cells[-1]
    with pytest.raises(UsageError, match='has claim'):
        check.cells_up_to(text, "97.99")


def test_check_prints_the_block(folder, capsys):
    assert main(["check", "97.01"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("97.01 A parabola above one (1)    Proved")
    assert "Decided again in a fresh kernel by the first 3 code cells" in shown
    assert main(["check", "97.99"]) == 2


def test_files_are_compared_and_written(tmp_path):
    files = {"a.md": "# A\n\n## One\n\nx\n"}
    assert deliver(files, tmp_path, check=True) == ["a.md: is missing"]
    assert not (tmp_path / "a.md").exists()
    assert deliver(files, tmp_path, check=False) == ["a.md: is missing"]
    assert deliver(files, tmp_path, check=True) == []
    (tmp_path / "a.md").write_text("# A\n\n## One\n\ny\n", encoding="utf-8")
    assert deliver(files, tmp_path, check=True) == ["a.md: line 5 is stale (under “One”)"]
    (tmp_path / "a.md").write_text("# A\n\n## One\n\nx\n\nmore\n", encoding="utf-8")
    assert deliver(files, tmp_path, check=True) == ["a.md: line 7 is stale (under “One”)"]


def test_tables():
    assert table(["a", "n"], [["x|y", 0], ["z", 12]]) == (
        "| a | n |\n| --- | --: |\n| x\\|y |  |\n| z | 12 |")


def test_a_record_is_stored_on_one_line(book):
    record = book.records["97.01"]
    assert unpacked(packed(record)) == record == unpacked(record)
    assert "\n" not in packed(record) and json.loads(packed(record)) == record
    with pytest.raises(ValueError, match="JSON object"):
        unpacked("[1]")


def test_anchors_are_those_of_forges():
    assert pages.anchor({"id": "23.12", "title": "Upper slope bound (sharp!)"}) == (
        "2312-upper-slope-bound-sharp")


# the real book


def test_every_record_is_the_catalogues_and_the_ledger_is_current():
    assert ledger.problems(project.root()) == []


@pytest.mark.parametrize("module", [errata, coverage, assumptions], ids=lambda m: m.__name__)
def test_the_generated_pages_are_current(module):
    assert deliver(module.files(ledger.read(project.root())), project.root(), check=True) == []


def test_the_inventory_has_what_the_claims_name():
    assert coverage.faults(ledger.read(project.root()), coverage.inventory()) == []


def test_the_snapshot_has_five_hundred_statements():
    listed = coverage.inventory(catalogue.HERE / coverage.SNAPSHOT)
    assert sum(map(len, listed.values())) == 500
    assert all(coverage.source_of(s["id"]) for own in listed.values() for s in own)
