"""The fields that all formal judges share."""

from __future__ import annotations

from gradproof.exercises.deciding import Setting
from gradproof.exercises.fields import Fields
from gradproof.exercises.findings import AnswerError


def read_setting(fields: Fields) -> Setting:
    """for_all, assume, let and examples, as in the catalogue."""
    let = fields.raw("let", {})
    if not isinstance(let, dict):
        fields.wrong("let", "must be a table of definitions")
    setting = Setting(fields.list_of_texts("for_all"), fields.list_of_texts("assume"),
                      {str(k): str(v) for k, v in let.items()}, fields.points("examples"))
    try:
        setting.proposition("0 == 1")
    except AnswerError as error:
        fields.wrong("for_all", str(error))
    return setting


def read_symbols(fields: Fields, setting: Setting, extra=()) -> tuple[str, ...]:
    """The variables that an answer may use: ``symbols``, by default all parameters."""
    given = fields.text("symbols", "")
    names = given.replace(",", " ").split() if given else [*extra, *setting.names]
    return tuple(dict.fromkeys(names))
