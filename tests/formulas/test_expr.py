"""Trees: free and bound variables, substitution without capture, JSON."""

from fractions import Fraction

import pytest

from gradproof.formulas import FormulaError, free_variables, num, parse_expr, substitute, var
from gradproof.formulas.expr import (
    Expr,
    bound_names,
    call,
    from_json,
    text_of,
    to_json,
    transform,
    walk,
)


def put(source, **values):
    """``source`` with variables replaced by formulas, as text."""
    return str(substitute(parse_expr(source), {k: parse_expr(v) for k, v in values.items()}))


def test_constants_are_exact():
    assert num("3/4").data == Fraction(3, 4) and num(2) == Expr("num", (), Fraction(2))
    assert num(Fraction(1, 3)).data == Fraction(1, 3)
    with pytest.raises(FormulaError, match=r"0.5 is a float: write it as an exact fraction"):
        num(0.5)


def test_nodes_are_values():
    x = var("x")
    assert x == Expr("var", (), "x") and hash(x) == hash(var("x"))
    assert call("f", x, num(1)) == Expr("call", (x, num(1)), "f")
    with pytest.raises(AttributeError):
        x.head = "num"
    assert text_of(parse_expr("x + 1")) == str(parse_expr("x + 1")) == "x + 1"


def test_walk_meets_parents_first_and_in_order():
    heads = [(n.head, n.data) for n in walk(parse_expr("(x + 2)*f(y)"))]
    assert heads == [("mul", None), ("add", None), ("var", "x"), ("num", 2), ("call", "f"),
                     ("var", "y")]


@pytest.mark.parametrize(("source", "free"), [
    ("x + y*2", "x y"), ("pi + e", ""), ("3", ""), ("f(x, y)", "x y"),
    ("sum(k, k, n, k*x)", "k n x"), ("sum(k, 1, n, k*x)", "n x"), ("prod(k, a, b, k)", "a b"),
    ("integral(x, 0, x, x*y)", "x y"), ("integral(x, 0, 1, x)", ""),
    ("limit(x, a, x*y)", "a y"), ("limit(x, x, 1)", "x"), ("diff(x, x*y)", "x y"),
    ("diff(x, 1)", "x"), ("[[a, 1], [b, c]]", "a b c"),
    ("roots(x, x^2 - a, 0, b)", "a b"), ("roots(x, x^2, x, 1)", "x"),
    ("critical_points(x^2 + y*z, [x, y])", "z"), ("critical_points(x^2 + y, x)", "y"),
    ("no_zero([x, y + a], [x, y], [b, 1])", "a b"), ("limit_left(x, a, x*y, x)", "a x y"),
    ("coefficient(x, 0, 3, x + a)", "a"),
])
def test_free_variables(source, free):
    assert free_variables(parse_expr(source)) == frozenset(free.split())


@pytest.mark.parametrize(("source", "names"), [
    ("sum(k, 1, n, k)", "k"), ("diff(x, x*y)", "x"), ("roots(x, x^2, 0, 1)", "x"),
    ("critical_points(x*y, [x, y])", "x y"), ("sin(x)", ""), ("x + y", ""), ("x", "")])
def test_bound_names(source, names):
    assert bound_names(parse_expr(source)) == frozenset(names.split())


@pytest.mark.parametrize(("source", "message"), [
    ("roots(2, x, 0, 1)", "roots binds distinct variables, not 2"),
    ("critical_points(x, [x, x])", "distinct variables"),
    ("critical_points(x, [x, 2])", "distinct variables"),
    ("critical_points(x, [])", "distinct variables"),
    ("critical_points(x)", "critical_points takes a formula and its variable"),
    ("roots(x)", "roots takes a formula and its variable"),
])
def test_predicates_that_bind_badly(source, message):
    for use in (free_variables, bound_names):
        with pytest.raises(FormulaError, match=message):
            use(parse_expr(source))


@pytest.mark.parametrize(("source", "values", "result"), [
    ("x + y", {"x": "2*y"}, "2·y + y"),
    ("x + y", {"x": "y", "y": "x"}, "y + x"),  # at once, not one after the other
    ("f(x, z)", {"x": "y"}, "f(y, z)"),
    ("sum(k, 1, n, k*x)", {"n": "m", "x": "y"}, "Σ_{k=1}^{m} k·y"),
    ("sum(k, 1, k, k)", {"k": "3"}, "Σ_{k=1}^{3} k"),  # the bound k is another
    ("sum(k, 1, n, k)", {"n": "k"}, "Σ_{k=1}^{k} k"),  # an end is outside of the binder
    ("sum(k, 1, n, k*x)", {"x": "k"}, "Σ_{k_1=1}^{n} k_1·k"),
    ("sum(k, 1, n, k)", {"x": "k"}, "Σ_{k=1}^{n} k"),
    ("integral(x, 0, x, x*y)", {"x": "2", "y": "x^2"}, "∫_{x_1=0}^{2} x_1·x^2"),
    ("limit(x, a, x + y)", {"a": "y", "y": "3"}, "lim_{x→y} (x + 3)"),
    ("diff(x, x*y)", {"x": "z"}, "d/dz z·y"),
    ("diff(x, x*y)", {"y": "3"}, "d/dx x·3"),
    ("diff(x, x*y)", {"z": "x"}, "d/dx x·y"),
    ("diff(x, x*y)", {"x": "x"}, "d/dx x·y"),
    ("roots(x, x^2 - a, a, b)", {"a": "2", "x": "5"}, "roots(x, x^2 − 2, 2, b)"),
    ("roots(x, x^2 - a, 0, b)", {"b": "x"}, "roots(x, x^2 − a, 0, x)"),
    ("roots(x, x^2, 0, 1)", {"a": "x"}, "roots(x, x^2, 0, 1)"),
    ("critical_points(x*y + a, [x, y])", {"a": "b", "y": "1"}, "critical_points(x·y + b, [x, y])"),
])
def test_substitution(source, values, result):
    assert put(source, **values) == result


def test_the_new_name_is_taken_by_nobody():
    inside = parse_expr("sum(k, 1, n, k*x*k_1)")
    filled = substitute(inside, {"x": parse_expr("k + k_2"), "n": parse_expr("k_3")})
    assert filled.args[0] == var("k_4")
    assert free_variables(filled) == {"k", "k_1", "k_2", "k_3"}
    blocked = substitute(parse_expr("sum(k, 1, 2, k*x)"), {"x": var("k"), "k_1": num(2)})
    assert blocked.args[0] == var("k_2")


@pytest.mark.parametrize(("source", "values", "message"), [
    ("diff(x, x*y)", {"x": "2"}, "cannot put a value for x inside a derivative by it"),
    ("diff(x, x*y)", {"x": "y"}, "cannot put a value for x"),
    ("diff(x, x*y)", {"y": "x^2"}, r"uses x, by which it is differentiated; differentiate first"),
    ("diff(x, x*y)", {"y": "z", "x": "z"}, "uses z, by which"),
    ("roots(x, x^2 - a, 0, 1)", {"a": "x + 1"}, "the value of a uses a variable that roots binds"),
    ("critical_points(x*y + a, [x, y])", {"a": "y"}, "variable that critical_points binds"),
])
def test_captures_that_are_refused(source, values, message):
    with pytest.raises(FormulaError, match=message):
        put(source, **values)


def test_transform_goes_from_the_leaves_up():
    def rule(node):
        if node.head == "num":
            return num(node.data + 1)
        return node.args[0] if node.head == "neg" else None

    assert str(transform(parse_expr("-(2*x) + 3"), rule)) == "3·x + 4"


@pytest.mark.parametrize("source", [
    "x^2/3 - 1.25*sin(y)", "sum(k, 1, n, 1/k)", "[[1, x], [y, 2]]", "-oo", "diff(x, x)", "f()"])
def test_json_round_trip(source):
    expr = parse_expr(source)
    assert from_json(to_json(expr)) == expr


def test_json_is_plain():
    assert to_json(parse_expr("x/2 + f(pi)")) == [
        "add", ["div", "x", "2"], ["call:f", ["const:pi"]]]
    assert to_json(num("-3/4")) == "-3/4"
    assert from_json("-3/4").data == Fraction(-3, 4)
