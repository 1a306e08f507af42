"""The grammar: strength and direction of signs, exact numbers, clear refusals."""

from fractions import Fraction

import pytest

from gradproof.formulas import (
    FormulaError,
    Predicate,
    Relation,
    num,
    parse_expr,
    parse_statement,
    var,
)
from gradproof.formulas.expr import Expr, call

a, b, c = var("a"), var("b"), var("c")


def node(head, *args):
    return Expr(head, args)


@pytest.mark.parametrize(("source", "tree"), [
    ("a - b - c", node("sub", node("sub", a, b), c)),
    ("a - b + c", node("add", node("sub", a, b), c)),
    ("a/b/c", node("div", node("div", a, b), c)),
    ("a/b*c", node("mul", node("div", a, b), c)),
    ("a^b^c", node("pow", a, node("pow", b, c))),
    ("a**b", node("pow", a, b)),
    ("a + b*c", node("add", a, node("mul", b, c))),
    ("a*b + c", node("add", node("mul", a, b), c)),
    ("a*b^c", node("mul", a, node("pow", b, c))),
    ("a^b*c", node("mul", node("pow", a, b), c)),
    ("a - b*c", node("sub", a, node("mul", b, c))),
    ("-a^b", node("neg", node("pow", a, b))),
    ("-a*b", node("mul", node("neg", a), b)),
    ("-a + b", node("add", node("neg", a), b)),
    ("a*-b", node("mul", a, node("neg", b))),
    ("a^-b", node("pow", a, node("neg", b))),
    ("--a", node("neg", node("neg", a))),
    ("(a + b)*c", node("mul", node("add", a, b), c)),
    ("((a))", a),
    ("2", num(2)), ("0.4", num("2/5")), ("12.50", num("25/2")),
    ("pi", Expr("const", (), "pi")), ("e", Expr("const", (), "e")), ("oo", Expr("const", (), "oo")),
    ("g1_prime", var("g1_prime")),
    ("f()", call("f")), ("f(a)", call("f", a)), ("f(a, b + c)", call("f", a, node("add", b, c))),
    ("sum(a, 1, b, c)", node("sum", a, num(1), b, c)),
    ("limit(a, oo, b)", node("limit", a, Expr("const", (), "oo"), b)),
    ("diff(a, b)", node("diff", a, b)),
    ("[a, b]", node("row", a, b)), ("[a]", node("row", a)),
    ("[[a, b], [c, 1]]", node("matrix", node("row", a, b), node("row", c, num(1)))),
    ("[[a], [b]]", node("matrix", node("row", a), node("row", b))),
    (" a\t+\nb ", node("add", a, b)),
])
def test_trees(source, tree):
    assert parse_expr(source) == tree


@pytest.mark.parametrize(("source", "message"), [
    ("", "unexpected 'end' in ''"), ("a +", "unexpected 'end'"),
    ("a b", "expected '' but found 'b'"),
    ("2 a", "found 'a'"), ("(a", r"expected '\)' but found 'the end' in '\(a'"),
    ("a)", r"found '\)'"),
    ("a $ b", r"cannot read ' \$ b' in 'a \$ b'"), ("*a", r"unexpected '\*' in '\*a'"),
    ("f(a,", "unexpected 'end'"), ("f(a b)", r"expected '\)' but found 'b'"),
    ("1..2", "cannot read"),
    ("a < b", "expected '' but found '<'"), ("[a, b", r"expected '\]'"),
    ("[[a, b], [c]]", r"rows of different lengths in '\[\[a, b\], \[c\]\]'"),
    ("sum(a, 1, b)", "sum takes a variable and 3 more in"),
    ("sum(2, 1, b, c)", "sum takes a variable and 3 more"),
    ("integral(a, 1, b, c, c)", "integral takes a variable and 3 more"),
    ("limit(a, b)", "limit takes a variable and 2 more"),
    ("diff(a)", "diff takes a variable and 1 more"),
    ("prod(a + 1, 1, b, c)", "prod takes a variable"), ("𝑥", "cannot read"), ("a;b", "cannot read"),
    ("__import__", "cannot read"), ("a.b", "cannot read"), (".5", "cannot read"),
])
def test_refusals_name_the_place(source, message):
    with pytest.raises(FormulaError, match=message):
        parse_expr(source)


def test_what_cannot_be_read_is_quoted_in_part():
    with pytest.raises(FormulaError, match=r"cannot read ' # twelve le' in "):
        parse_expr("a # twelve letters and more")


@pytest.mark.parametrize("op", ["==", "!=", "<=", "<", ">=", ">"])
def test_relations(op):
    assert parse_statement(f"a {op} b") == (Relation(op, a, b),)


def test_a_chain_is_its_links():
    assert parse_statement("0 <= a < b == c") == (
        Relation("<=", num(0), a), Relation("<", a, b), Relation("==", b, c))
    assert [str(r) for r in parse_statement("0 <= a < b")] == ["0 ≤ a", "a < b"]


def test_predicates():
    (statement,) = parse_statement("posdef([[a, b], [b, c]])")
    assert isinstance(statement, Predicate) and statement.expr.data == "posdef"
    assert str(statement) == "posdef([[a, b], [b, c]])"


@pytest.mark.parametrize("source", ["a", "a + b", "3", "[[a]]", "-f(a)"])
def test_a_formula_states_nothing(source):
    with pytest.raises(FormulaError, match="states nothing: write a relation or a predicate"):
        parse_statement(source)


@pytest.mark.parametrize("source", ["a <", "< a", "a = b", "a == b c", "a <= b,"])
def test_bad_statements(source):
    with pytest.raises(FormulaError):
        parse_statement(source)


def test_decimals_are_fractions():
    assert parse_expr("0.1").data + parse_expr("0.2").data == Fraction(3, 10)
