r"""Formulas as docstrings write them (``x <- x - eta g_{t+1}``), as TeX.

Translation goes sign by sign: what is not known stays as it is, and words are never taken for
formulas. ``translate`` gives None for a text that has anything else in it than mathematics.
"""

from __future__ import annotations

import re

GREEK = ("alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi "
         "chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega").split()
NAMES = dict.fromkeys(GREEK) | {"eps": r"\varepsilon", "ell": r"\ell", "inf": r"\infty",
                                "grad": r"\nabla", "lam": r"\lambda"}
FUNCTIONS = {name: rf"\{name}" for name in "log ln exp max min sin cos tanh det dim sup".split()}
FUNCTIONS |= {name: rf"\operatorname{{{name}}}"
              for name in ("erf", "sign", "tr", "diag", "rank", "vec", "softmax", "argmin")}
BIG = {"sum": r"\sum", "prod": r"\prod", "int": r"\int"}
SIGNS = {"<=": r"\le ", ">=": r"\ge ", "!=": r"\ne ", "<-": r"\leftarrow ", "->": r"\to ",
         "...": r"\dots ", "<": r"\lt ", ">": r"\gt ", "|": r"\vert ", "*": r"\,", "@": r"\,",
         "≤": r"\le ", "≥": r"\ge ", "{": "{", "}": "}", "·": r"\cdot ", "−": "-",
         "~": r"\sim "}
SNAKE = re.compile(r"[A-Za-z]+(?:_[a-z]+)+")
LEXEME = re.compile(
    r"[A-Za-z]{2,}(?:_[a-z]{2,})+|[a-z]_hat\b|\.\.\.|<=|>=|!=|<-|->|[A-Za-z]+\d*'*|\d+(?:\.\d+)?(?:e-?\d+)?|\s+|\S")
PLAIN = set("()[]+-=/,:;^_!' ")
STRONG = re.compile(
    r"[\^=<>*·≤≥|]|(?<![a-z])\w_|_\{|(?<=\w)/|\bsqrt\b|(?<![A-Za-z])[A-Za-z]'*\(")


def translate(text: str, words: bool = False) -> str | None:
    """TeX of a formula, or None when it is not one throughout; ``words``: a few may be in it."""
    found = []
    roots: list[int] = []  # depths of brackets at which a root ends
    depth = 0
    for lexeme in LEXEME.findall(text):
        if lexeme == "sqrt":
            roots.append(depth)
            found.append(r"\sqrt")
            continue
        tex = _lexeme(lexeme)
        if tex is None and words and lexeme.isalpha():
            tex = rf"\text{{ {lexeme} }}"
        if tex is None:
            return None
        if lexeme == "(":
            tex = "{" if roots and roots[-1] == depth and found[-1] == r"\sqrt" else "("
            depth += 1
        elif lexeme == ")":
            depth -= 1
            if roots and roots[-1] == depth:
                roots.pop()
                tex = "}"
        found.append(tex)
    tex = "".join(found).strip()
    whole = depth == 0 and not roots and _closed(tex) and not tex.endswith(("^", "_"))
    return tex if whole else None


def _closed(tex: str) -> bool:
    return tex.count("{") == tex.count("}") and "^^" not in tex and "__" not in tex


def _lexeme(lexeme: str) -> str | None:
    if lexeme.isspace():
        return " "
    if lexeme in SIGNS:
        return SIGNS[lexeme]
    if lexeme in PLAIN or lexeme[0].isdigit():
        return lexeme
    if lexeme.endswith("_hat"):
        return rf"\hat{{{lexeme[0]}}}"
    if SNAKE.fullmatch(lexeme):
        return rf"\texttt{{{lexeme.replace('_', chr(92) + '_')}}}"
    match = re.fullmatch(r"([A-Za-z]+)(\d*)('*)", lexeme)
    if not match:
        return None
    name, digits, primes = match.groups()
    tex = _name(name)
    if tex is None or (digits and name in FUNCTIONS):
        return None
    if digits:
        return f"{{{tex}_{{{digits}}}}}{primes}"  # in braces: another index may follow
    return tex + (primes or " ")


def _name(name: str) -> str | None:
    """A letter, a Greek letter, a function; ``mhat`` has a hat, ``dF`` is a differential."""
    if len(name) == 1:
        return name
    for table in (NAMES, FUNCTIONS, BIG):
        if name in table:
            return table[name] or rf"\{name}"
    if name.endswith("hat") and name not in ("that", "what") and (inner := _name(name[:-3])):
        return rf"\hat{{{inner}}}"
    if len(name) == 2 and name[0] == "d" and name[1] in "fFgxXyWwt":
        return rf"\mathrm{{d}}{name[1]}"
    return None


def is_formula(text: str, words: bool = False) -> bool:
    """Whether a text is mathematics throughout and more than a letter or a number.

    words: one word in four may be none.
    """
    names = re.findall(r"[A-Za-z]{2,}", text)
    if not STRONG.search(text) and not any(name in NAMES for name in names):
        return False
    foreign = sum(_name(name) is None and name != "sqrt" for name in names)
    return translate(text, words and 4 * foreign <= len(LEXEME.findall(text))) is not None


def is_piece(word: str) -> bool:
    """Whether a word can stand within a formula, brackets balanced or not."""
    return all(lexeme == "sqrt" or _lexeme(lexeme) is not None for lexeme in LEXEME.findall(word))
