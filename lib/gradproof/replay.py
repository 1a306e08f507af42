"""Is a stored chapter what its code gives? The form of a notebook, and output against output.

Nothing is skipped, nothing sanitized, no marker is honoured: every output of every cell
counts, in order. Only pictures are compared by eye, so to speak: by the means of blocks.
"""

import base64
import difflib
import io
import json
import re

import numpy as np

from gradproof.kernels import CellFailed, merge_streams, open_kernel

MARKER = re.compile(r"NBVAL_|PYTEST_VALIDATE_|^\s*%%", re.IGNORECASE | re.MULTILINE)
TAG = re.compile(r"nbval|skip|raises|ignore|(hide|remove)-(output|cell)", re.IGNORECASE)
UNCOMPARED = re.compile(r"image/(?!png$)|video/|audio/|application/(pdf|javascript)|widget")
BLOCKS, LARGEST, MEAN, SIZE = 16, 0.025, 0.003, 0.02


def form_faults(notebook):
    """Return what is wrong with a stored notebook before anything runs, a line each.

    Counts must be 1, 2, ... n over the code cells, without exception; no markers, skip
    tags or cell magics; no stored error, warning or picture of a kind that isn't compared.
    """
    faults = []
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not cells:
        faults.append("there is no code cell")
    for number, cell in enumerate(cells, start=1):
        faults += [f"code cell {number}: {fault}" for fault in cell_faults(cell, number)]
    return faults


def cell_faults(cell, number):
    """Return what is wrong with the form of the code cell that must be number `number`."""
    if cell.execution_count != number:
        yield f"execution count {cell.execution_count} where {number} must stand"
    if not cell.source.strip():
        yield "an empty cell"
    if found := MARKER.search(cell.source):
        yield f"marker or cell magic {found[0].strip()!r}"
    for key, value in cell.metadata.items():
        for word in value if key == "tags" else [key]:
            if TAG.search(str(word)):
                yield f"tag {word!r}"
    for output in cell.outputs:
        yield from output_faults(output, number)


def output_faults(output, number):
    """Return what is wrong with one stored output of code cell `number`."""
    kind = output.output_type
    if kind == "error":
        yield f"a stored error: {output.ename}: {output.evalue}"
    elif kind == "stream" and output.name != "stdout":
        yield f"text on {output.name}: {output.text.strip()[:200]}"
    elif kind == "execute_result" and output.execution_count != number:
        yield f"a result numbered {output.execution_count}"
    for mime in output.get("data", {}):
        if UNCOMPARED.search(mime):
            yield f"{mime} output, which the replay can't compare (pictures are PNG)"


def differences(stored, fresh):
    """Compare the outputs of one cell; return one message per output that differs."""
    stored, fresh = merge_streams(stored), merge_streams(fresh)
    found = []
    for place, (old, new) in enumerate(zip(stored, fresh, strict=False), start=1):
        found += [f"output {place}: {message}" for message in output_differences(old, new)]
    for place, output in enumerate(stored[len(fresh) :], start=len(fresh) + 1):
        found.append(f"output {place} is stored, but the code gives none: {gist(output)}")
    for place, output in enumerate(fresh[len(stored) :], start=len(stored) + 1):
        found.append(f"output {place} is given by the code, but not stored: {gist(output)}")
    return found


def output_differences(old, new):
    """Return how a fresh output differs from the stored one, key by key and type by type."""
    if old.output_type != new.output_type:
        return [f"{old.output_type} is stored, the code gives {new.output_type}: {gist(new)}"]
    found = []
    old_parts, new_parts = parts(old), parts(new)
    for key in sorted(old_parts.keys() | new_parts.keys()):
        if key not in old_parts or key not in new_parts:
            found.append(f"{key} is {'stored only' if key in old_parts else 'not stored'}")
        elif key == "image/png":
            found += picture_differences(old_parts[key], new_parts[key])
        elif canonical(old_parts[key]) != canonical(new_parts[key]):
            found.append(f"{key} differs\n{text_difference(old_parts[key], new_parts[key])}")
    return found


def parts(output):
    """Return an output as one flat dictionary: its data by type, beside its other keys."""
    flat = {key: value for key, value in output.items() if key not in ("data", "output_type")}
    return flat | dict(output.get("data", {}))


def canonical(value):
    """Return a value as the text that decides: true is not 1, and the order of keys is none."""
    if isinstance(value, str):
        return value
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True)


def gist(output):
    """Return the first words of an output, for a message."""
    text = output.get("text") or output.get("data", {}).get("text/plain") or str(parts(output))
    return " ".join(str(text).split())[:120]


def text_difference(old, new):
    """Return the lines that differ: what is stored with -, what the code gives with +."""
    old, new = canonical(old).splitlines(), canonical(new).splitlines()
    lines = difflib.unified_diff(old, new, n=0, lineterm="")
    lines = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
    return "\n".join(lines[:40]) or "(they differ in line ends only)"


def picture_differences(old, new):
    """Compare two PNG pictures in base64; return no message or one.

    Sizes agree to 2 %, and so do the means of 16 by 16 blocks: no block is off by more
    than 0.025 of full scale, all together by no more than 0.003 on average. Another font
    stays below that; another curve, or the same in another colour, does not.
    """
    try:
        old, new = pixels(old), pixels(new)
    except (ValueError, SyntaxError, OSError) as error:
        return [f"a picture can't be read: {error}"]
    for ours, theirs in zip(old.shape[:2], new.shape[:2], strict=True):
        if abs(ours - theirs) > SIZE * max(ours, theirs):
            return [f"the picture's size {old.shape[:2]} is now {new.shape[:2]}"]
    off = np.abs(block_means(old) - block_means(new))
    if off.max() > LARGEST or off.mean() > MEAN:
        return [f"the picture differs by {off.max():.3f} in a block, {off.mean():.4f} on average"]
    return []


def pixels(encoded):
    """Return a PNG as an array of red, green, blue in [0, 1], on white."""
    from matplotlib import image

    picture = image.imread(io.BytesIO(base64.b64decode(encoded)), format="png")
    if picture.ndim == 2:
        picture = np.repeat(picture[..., None], 3, axis=2)
    colour = picture[..., :3]
    return colour if picture.shape[2] < 4 else colour * picture[..., 3:] + 1 - picture[..., 3:]


def block_means(picture):
    """Return the mean colours of the blocks of a picture, an array (BLOCKS, BLOCKS, 3)."""
    if min(picture.shape[:2]) < BLOCKS:
        raise ValueError(f"a picture of {picture.shape[:2]} pixels is too small to compare")
    for axis in (0, 1):
        length = picture.shape[axis]
        edges = np.arange(BLOCKS) * length // BLOCKS
        widths = np.diff([*edges, length])
        sums = np.add.reduceat(picture, edges, axis=axis)
        picture = sums / widths.reshape([-1, 1, 1] if axis == 0 else [1, -1, 1])
    return picture


def replay(notebook, folder):
    """Run a notebook in a fresh kernel; return all faults of form and all differences."""
    faults = form_faults(notebook)
    with open_kernel(folder) as kernel:
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for number, cell in enumerate(cells, start=1):
            faults += [f"code cell {number}: {fault}" for fault in replay_cell(kernel, cell)]
    return faults


def replay_cell(kernel, cell):
    """Run one stored cell; return how its outputs differ, or that it raised."""
    try:
        return differences(cell.outputs, kernel.run(cell.source))
    except CellFailed as failure:
        return [f"raised\n{failure}"]
