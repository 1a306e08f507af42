"""Text and TeX: brackets where they are needed and nowhere else, Greek, primes, chains."""

from fractions import Fraction

import pytest

from gradproof.formulas import num, parse_expr, parse_statement
from gradproof.formulas.expr import Expr
from gradproof.formulas.show import (
    name_tex,
    name_text,
    relation_tex,
    statements_tex,
    statements_text,
    tex,
    text,
)


@pytest.mark.parametrize(("source", "shown", "typeset"), [
    ("a + b - c", "a + b − c", "a + b - c"),
    ("a - (b - c)", "a − (b − c)", "a - (b - c)"),
    ("a - (b + c)", "a − (b + c)", "a - (b + c)"),
    ("a + (b - c)", "a + b − c", "a + b - c"),
    ("a - (-b)", "a − (−b)", "a - (-b)"), ("a + (-b)", "a + (−b)", "a + (-b)"),
    ("a - b*c", "a − b·c", "a - b c"),
    ("(a + b)*c", "(a + b)·c", "(a + b) c"), ("a*(b + c)", "a·(b + c)", "a (b + c)"),
    ("a*b*c", "a·b·c", "a b c"), ("a*(b*c)", "a·(b·c)", "a b c"),
    ("a*2", "a·2", r"a \cdot 2"), ("2*a", "2·a", "2 a"),
    ("a*(b/c)", "a·(b/c)", r"a \frac{b}{c}"),
    ("a/(b*c)", "a/(b·c)", r"\frac{a}{b c}"), ("a/b/c", "a/b/c", r"\frac{\frac{a}{b}}{c}"),
    ("a/(b/c)", "a/(b/c)", r"\frac{a}{\frac{b}{c}}"),
    ("(a + b)/c", "(a + b)/c", r"\frac{a + b}{c}"),
    ("a^2", "a^2", "a^{2}"), ("(a + b)^2", "(a + b)^2", "(a + b)^{2}"),
    ("(a^b)^c", "(a^b)^c", "(a^{b})^{c}"), ("a^b^c", "a^(b^c)", "a^{b^{c}}"),
    ("(a*b)^2", "(a·b)^2", "(a b)^{2}"), ("a^(b + 1)", "a^(b + 1)", "a^{b + 1}"),
    ("(-a)^2", "(−a)^2", "(-a)^{2}"), ("-a^2", "−a^2", "-a^{2}"), ("-(a^2)", "−a^2", "-a^{2}"),
    ("-(a + b)", "−(a + b)", "-(a + b)"), ("-a*b", "−a·b", "-a b"), ("-(a*b)", "−a·b", "-a b"),
    ("-a + b", "−a + b", "-a + b"), ("--a", "−(−a)", "-(-a)"), ("a*(-b)", "a·(−b)", "a (-b)"),
    ("(-a)/b", "−a/b", r"\frac{-a}{b}"),
    ("pi*e + oo", "π·e + ∞", r"\pi e + \infty"), ("gamma_1", "γ_1", r"\gamma_{1}"),
    ("f(a, b)", "f(a, b)", "f(a, b)"), ("sin(a)", "sin(a)", r"\sin(a)"),
    ("sqrt(a + 1)", "sqrt(a + 1)", r"\sqrt{a + 1}"), ("abs(a)", "|a|", r"\lvert a\rvert"),
    ("lambda_min(a)", "λ_min(a)", r"\lambda_{min}(a)"),
    ("posdef(a)", "posdef(a)", r"\mathrm{posdef}(a)"),
    ("[[a, b], [c, 1]]", "[[a, b], [c, 1]]", r"\begin{pmatrix}a & b \\ c & 1\end{pmatrix}"),
    ("[a, b]", "[a, b]", "(a, b)"),
    ("sum(k, 1, n, k^2)", "Σ_{k=1}^{n} k^2", r"\sum_{k=1}^{n} k^{2}"),
    ("prod(k, 1, n, k + 1)", "Π_{k=1}^{n} (k + 1)", r"\prod_{k=1}^{n} (k + 1)"),
    ("sum(k, 1, n, k*a)", "Σ_{k=1}^{n} k·a", r"\sum_{k=1}^{n} k a"),
    ("integral(x, 0, 1, x + 1)", "∫_{x=0}^{1} (x + 1)", r"\int_{0}^{1} (x + 1)\,dx"),
    ("integral(x, 0, 1, x*a)", "∫_{x=0}^{1} x·a", r"\int_{0}^{1} x a\,dx"),
    ("limit(x, oo, 1/x)", "lim_{x→∞} 1/x", r"\lim_{x\to \infty} \frac{1}{x}"),
    ("limit(x, 0, x + 1)", "lim_{x→0} (x + 1)", r"\lim_{x\to 0} (x + 1)"),
    ("transpose(A*B)*x", "(A·B)ᵀ·x", "(A B)^{T} x"), ("transpose(A)^2", "(Aᵀ)^2", "(A^{T})^{2}"),
    ("frob2(U*V - Y)", "‖U·V − Y‖²", r"\lVert U V - Y\rVert^{2}"),
    ("dot(x, A*y)", "⟨x, A·y⟩", r"\langle x, A y\rangle"),
    ("W*hadamard(s, B*x)", "W·(s ⊙ B·x)", r"W (s \odot B x)"),
    ("hadamard(s, x)*W", "(s ⊙ x)·W", r"(s \odot x) W"),
    ("hadamard(s, hadamard(x, a + b))", "s ⊙ (x ⊙ (a + b))", r"s \odot (x \odot (a + b))"),
    ("a - hadamard(s, x)", "a − s ⊙ x", r"a - s \odot x"),
    ("-hadamard(s, x)", "−(s ⊙ x)", r"-(s \odot x)"),
    ("outer(A*x, y + z)", "A·x·(y + z)ᵀ", "A x (y + z)^{T}"),
    ("trace(A)*identity(n)", "tr(A)·I_n", r"\mathrm{tr}(A) I_{n}"),
    ("ones(3)", "1_3", r"\mathbf{1}_{3}"),
    ("grad(frob2(U)/2, U)*V", "(∇_U ‖U‖²/2)·V", r"(\nabla_{U} \frac{\lVert U\rVert^{2}}{2}) V"),
    ("grad(a + b, U)", "∇_U (a + b)", r"\nabla_{U} (a + b)"),
    ("diff(x, x + 1)", "d/dx (x + 1)", r"\frac{d}{dx} (x + 1)"),
    ("diff(x, x^2)", "d/dx x^2", r"\frac{d}{dx} x^{2}"),
])
def test_formulas(source, shown, typeset):
    expr = parse_expr(source)
    assert (text(expr), tex(expr)) == (shown, typeset)


@pytest.mark.parametrize(("value", "shown", "typeset"), [
    ("3", "3", "3"), ("-3", "-3", "-3"), ("3/4", "3/4", r"\tfrac{3}{4}"),
    ("-3/4", "-3/4", r"-\tfrac{3}{4}")])
def test_numbers(value, shown, typeset):
    assert (text(num(value)), tex(num(value))) == (shown, typeset)


@pytest.mark.parametrize(("expr", "shown", "typeset"), [
    (Expr("pow", (num("1/2"), num(2))), "(1/2)^2", r"(\tfrac{1}{2})^{2}"),
    (Expr("pow", (num(-2), num(2))), "(-2)^2", "(-2)^{2}"),
    (Expr("mul", (num("1/2"), num(3))), "1/2·3", r"\tfrac{1}{2} \cdot 3"),
    (Expr("mul", (num(3), num("1/2"))), "3·(1/2)", r"3 \cdot \tfrac{1}{2}"),
    (Expr("mul", (num(3), num(-2))), "3·(-2)", "3 (-2)"),
    (Expr("mul", (num(-3), num(2))), "-3·2", r"-3 \cdot 2"),
    (Expr("sub", (num(1), num(-2))), "1 − (-2)", "1 - (-2)"),
    (Expr("sub", (num(1), Expr("mul", (num(-2), num(3))))), "1 − (-2·3)", r"1 - (-2 \cdot 3)"),
    (Expr("neg", (num(-2),)), "−(-2)", "-(-2)"),
    (Expr("neg", (num("1/2"),)), "−1/2", r"-\tfrac{1}{2}"),
])
def test_numbers_within_formulas(expr, shown, typeset):
    assert (text(expr), tex(expr)) == (shown, typeset)


@pytest.mark.parametrize("source", [
    "a - (b - c)", "-(a + b)*c", "a/(b*c)", "(a^b)^c", "(-a)^2", "a*(b/c)", "a - (-b)", "-a^2",
    "(a + b)/(c - 1)", "--a", "a*-b", "2*(a - 1)^2/3"])
def test_what_is_shown_is_what_was_read(source):
    """The text, read back, has the value of the tree that it shows."""
    from gradproof.formulas.values import rational

    back = text(parse_expr(source)).replace("−", "-").replace("·", "*")
    point = {"a": Fraction(5, 3), "b": Fraction(2), "c": Fraction(3)}
    assert rational(parse_expr(back), point) == rational(parse_expr(source), point)


@pytest.mark.parametrize(("name", "shown", "typeset"), [
    ("x", "x", "x"), ("x1", "x1", "x_{1}"), ("x_1", "x_1", "x_{1}"), ("gamma", "γ", r"\gamma"),
    ("gamma_max", "γ_max", r"\gamma_{max}"), ("omega", "ω", r"\omega"),
    ("alpha2", "alpha2", r"\alpha_{2}"),
    ("g1_prime", "g1′", "g_{1}'"), ("g_second", "g″", "g''"), ("g_third", "g‴", "g'''"),
    ("rate", "rate", r"\mathrm{rate}"), ("rate_1", "rate_1", r"\mathrm{rate}_{1}"),
    ("x1_a", "x1_a", "x_{1,a}"), ("gamma_prime", "γ′", r"\gamma'"),
    ("a_b_c", "a_b_c", "a_{b_c}"), ("x1y2z", "x1y2z", r"\mathrm{x1y2z}"),
    ("x1y_b", "x1y_b", r"\mathrm{x1y b}"),
])
def test_names(name, shown, typeset):
    assert (name_text(name), name_tex(name)) == (shown, typeset)


@pytest.mark.parametrize(("sources", "shown", "typeset"), [
    (["0 <= s <= 1", "L > 0"], "0 ≤ s ≤ 1, L > 0", r"0 \le s \le 1,\ L > 0"),
    (["0 < s", "s <= 1"], "0 < s ≤ 1", r"0 < s \le 1"),
    (["1 >= s > 0"], "1 ≥ s > 0", r"1 \ge s > 0"),
    (["0 <= s >= r"], "0 ≤ s, s ≥ r", r"0 \le s,\ s \ge r"),
    (["a != b", "b != c"], "a ≠ b, b ≠ c", r"a \ne b,\ b \ne c"),
    (["a == b == c"], "a = b = c", "a = b = c"),
    (["a < b", "c < d"], "a < b, c < d", r"a < b,\ c < d"),
    (["posdef(A)", "a < b"], "posdef(A), a < b", r"\mathrm{posdef}(A),\ a < b"),
    (["a < b", "posdef(A)"], "a < b, posdef(A)", r"a < b,\ \mathrm{posdef}(A)"),
    ([], "", ""),
])
def test_statements(sources, shown, typeset):
    statements = [s for source in sources for s in parse_statement(source)]
    assert (statements_text(statements), statements_tex(statements)) == (shown, typeset)


def test_one_relation_in_tex():
    assert relation_tex(*parse_statement("a != b/2")) == r"a \ne \frac{b}{2}"
    assert relation_tex(*parse_statement("posdef([[a]])")) == (
        r"\mathrm{posdef}(\begin{pmatrix}a\end{pmatrix})")
