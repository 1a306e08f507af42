"""Where the checkout is, and the environment that its chapters run in.

Standard library only; every layer may import it.
"""

import os
import sys
from pathlib import Path

# What a kernel inherits. Everything else of the caller's environment stays outside,
# so that a chapter gives the same outputs on every desk.
INHERITED = (
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
    "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR", "XDG_CACHE_HOME",
    "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA",
    "PROGRAMDATA", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "VIRTUAL_ENV", "CONDA_PREFIX",
)  # fmt: skip
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
FIXED = {
    **ONE_THREAD,
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
}


class UsageError(Exception):
    """The call can't be carried out as it was made; the message is one line for the user."""


def root(start=None):
    """Return the checkout that holds `start` (default: the working folder), or the library's own.

    Raises UsageError outside of any checkout, for instance from an installed wheel.
    """
    library = Path(__file__).resolve().parent
    for place in (Path(start or Path.cwd()).resolve(), library):
        for folder in (place, *place.parents):
            if (folder / "lib" / "gradproof").is_dir() and (folder / "pyproject.toml").is_file():
                return folder
    raise UsageError("not inside a checkout of gradproof: this command works on its files")


def kernel_environment(scratch):
    """Return the environment of a kernel: what it needs of ours, the rest fixed.

    `scratch` is an empty folder; it stands in for the user's IPython and Jupyter settings.
    """
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    library = str(Path(__file__).resolve().parent.parent)
    own = {
        "PYTHONPATH": library,
        "IPYTHONDIR": str(scratch),
        "JUPYTER_CONFIG_DIR": str(scratch),
        "MATPLOTLIBRC": str(default_matplotlibrc()),
    }
    return kept | FIXED | own


def default_matplotlibrc():
    """Return the path of the settings that matplotlib ships (the user's own would leak)."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "matplotlibrc"


def utf8_output():
    """Print in utf-8 whatever the terminal's code page (Windows)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
