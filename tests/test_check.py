"""`gradproof check ID`: the claim's own block is shown, and only a shown block is a success."""

from types import SimpleNamespace

import pytest

from gradproof import check, project
from gradproof.claims import MIME
from gradproof.claims.record import packed
from gradproof.kernels import CellFailed
from gradproof.project import UsageError

ID = "00.02"


def block(id, text):
    return {"data": {MIME: packed({"id": id}), "text/plain": text}}


@pytest.mark.parametrize(("outputs", "code", "shown"), [
    ([block(ID, "mine")], 0, True), ([block("00.01", "before"), block(ID, "mine")], 0, True),
    ([block(ID, "mine"), block("00.03", "after"), {"name": "stdout"}], 0, True),
    ([block("00.03", "after")], 1, False), ([], 1, False),
    ([block(ID, "mine"), block(ID, "twice")], 1, True)])
def test_only_the_claims_own_block_counts(monkeypatch, capsys, outputs, code, shown):
    monkeypatch.setattr(check, "outputs_of", lambda cells, folder: outputs)
    assert check.run(SimpleNamespace(id=ID)) == code
    text = capsys.readouterr().out
    assert ("mine" in text) is shown and "before" not in text and "after" not in text


def test_a_cell_that_fails_shows_nothing(monkeypatch, capsys):
    def fails(cells, folder):
        raise CellFailed("ZeroDivisionError")

    monkeypatch.setattr(check, "outputs_of", fails)
    assert check.run(SimpleNamespace(id=ID)) == 1
    assert f"{ID} is not shown" in capsys.readouterr().out


def test_an_unknown_claim_is_named():
    with pytest.raises(UsageError, match="00.99"):
        check.run(SimpleNamespace(id="00.99"))


def test_cells_up_to_the_block():
    text = (project.root() / "notebooks/source/00-how-to-read-a-check.md").read_text("utf-8")
    cells = check.cells_up_to(text, ID)
    assert f'claim("{ID}")' in cells[-1] and f'claim("{ID}")' not in "".join(cells[:-1])
    with pytest.raises(UsageError, match="no cell"):
        check.cells_up_to(text, "00.99")
