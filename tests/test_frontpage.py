"""The front page's picture is the one that the chapter shows."""

import nbformat
import pytest

from gradproof import frontpage, project


def test_the_stored_picture_is_the_chapters():
    root = project.root()
    assert (root / frontpage.PICTURE).read_bytes() == frontpage.picture(root)


def test_a_chapter_without_a_picture(tmp_path):
    path = tmp_path / frontpage.CHAPTER
    path.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), path)
    with pytest.raises(ValueError, match="shows no picture"):
        frontpage.picture(tmp_path)


def test_writing_makes_the_folder(tmp_path):
    png = "iVBORw0KGgo="
    shown = nbformat.v4.new_output("display_data", data={"image/png": png})
    path = tmp_path / frontpage.CHAPTER
    path.parent.mkdir()
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("f()", outputs=[shown])]), path
    )
    frontpage.write(tmp_path)
    assert (tmp_path / frontpage.PICTURE).read_bytes() == b"\x89PNG\r\n\x1a\n"
