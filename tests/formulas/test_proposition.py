"""Propositions: sorts, definitions and their refusals, instances, text, data."""

from fractions import Fraction

import pytest

from gradproof.formulas import Definition, FormulaError, Relation, num, parse_expr, proposition, var
from gradproof.formulas.proposition import parameters


def settled(goal, **parts):
    """The only conclusion with definitions unfolded, as text."""
    (conclusion,) = proposition(goal, **parts).conclusions
    return str(conclusion)


@pytest.mark.parametrize(("entry", "pairs"), [
    ("x", [("x", "real")]), ("x, y", [("x", "real"), ("y", "real")]),
    ("n natural", [("n", "natural")]), ("k, m integer", [("k", "integer"), ("m", "integer")]),
    ("x real", [("x", "real")]), (" x ,y ", [("x", "real"), ("y", "real")]),
    ("A matrix(m, n)", [("A", "matrix(m,n)")]),
    ("A, B matrix(m,3)", [("A", "matrix(m,3)"), ("B", "matrix(m,3)")]),
    ("S symmetric(n)", [("S", "symmetric(n)")]), ("x vector(n)", [("x", "vector(n)")]),
])
def test_parameters_and_sorts(entry, pairs):
    assert parameters(entry) == pairs


@pytest.mark.parametrize("entry", [
    "x complex", "2", "x + y", "", "x,", "pi", "f(x)", "A matrix(m)", "A matrix(m,n,k)",
    "S symmetric(n,n)",
    "x vector(0)", "A matrix(0,n)", "x vector(m,n)"])
def test_bad_parameters(entry):
    with pytest.raises(FormulaError):
        parameters(entry)


def test_sizes_are_explained():
    with pytest.raises(FormulaError,
                       match="write matrix.m,n., symmetric.n. or vector.n., sizes >= 1"):
        parameters("A matrix(m)")
    with pytest.raises(FormulaError, match="declares no parameter"):
        parameters("x + 1")


def test_sorts_have_their_bounds():
    p = proposition("n + k >= x", for_all=["n natural", "k integer", "x"], assume=["x <= 1"])
    assert p.hypotheses == (Relation(">=", var("n"), num(0)), Relation("<=", var("x"), num(1)))
    assert p.integers == {"n", "k"} and p.scalar and p.tensors == {} and p.sizes == ()


def test_matrices_of_any_size():
    p = proposition("A*x == y", for_all=["A matrix(m,n)", "x vector(n)", "y vector(m)",
                                         "S symmetric(k)", "B matrix(2,n)", "t"])
    assert not p.scalar and p.sizes == ("m", "n", "k")
    assert p.tensors == {"A": ("matrix", "m", "n"), "x": ("vector", "n", "1"),
                         "y": ("vector", "m", "1"), "S": ("symmetric", "k", "k"),
                         "B": ("matrix", "2", "n")}
    assert p.scope() == "for all A, x, y, S, B, t, all sizes m, n, k"
    assert proposition("m >= 1", for_all=["A matrix(m,n)"]).formal  # a size is declared


@pytest.mark.parametrize(("parts", "message"), [
    ({"conclude": "x >= y", "for_all": ["x"]}, "x ≥ y: undeclared y .declare it under for_all."),
    ({"conclude": "x >= 0", "for_all": ["x"], "assume": ["z > x"]}, "z > x: undeclared z"),
    ({"conclude": "c + b >= a"}, "undeclared a, b, c"),
    ({"conclude": "posdef([[a]])"}, "undeclared a"),
    ({"conclude": "x >= 0", "for_all": ["x", "y", "x"]}, "declared twice: x, y, x"),
    ({"conclude": []}, "concludes either formally or in prose, not both or neither"),
    ({"conclude": "x >= 0", "for_all": ["x"], "let": {"x": "2"}},
    "x is both defined and a parameter"),
    # n·tr A = tr A would be shown with n = 1, and read as a statement on every size
    ({"conclude": "n*trace(A) == trace(A)", "for_all": ["A matrix(m,n)"], "let": {"n": "1"}},
     "n is both defined and a size of a matrix"),
])
def test_refused(parts, message):
    with pytest.raises(FormulaError, match=message):
        proposition(**parts)


def test_prose_excludes_a_formula():
    from gradproof.formulas import Proposition

    words = Proposition(prose="somebody's theorem")
    assert not words.formal and words.text() == words.tex() == "somebody's theorem"
    assert words.conclusions == ()
    formula = proposition("x >= 0", for_all=["x"])
    assert formula.formal
    with pytest.raises(FormulaError, match="not both or neither"):
        Proposition(for_all=formula.for_all, conclude=formula.conclude, prose="and in words")


@pytest.mark.parametrize(("goal", "let", "unfolded"), [
    ("p(2) == 4", {"p(s)": "s^2"}, "2^2 = 4"),
    ("p(p(x)) == x^4", {"p(s)": "s^2"}, "(x^2)^2 = x^4"),
    ("c*x == x*c", {"c": "3/4"}, "3/4·x = x·(3/4)"),
    ("f(x) == 2*x", {"f(s)": "g(s, c)", "g(a, b)": "a*b", "c": "2"}, "x·2 = 2·x"),
    ("g(x, 1) == x", {"g(a, b)": "a/b"}, "x/1 = x"),
    ("g(1, x) == x", {"g(x, y)": "y/x"}, "x/1 = x"),  # a definition's own names
    ("diff(x, p(x)) == 2*x", {"p(s)": "s^2"}, "2·x = 2·x"),
    ("dp(x) == 2*x", {"dp(s)": "diff(s, p(s))", "p(s)": "s^2"}, "2·x = 2·x"),
    ("dp(3) == 6", {"dp(s)": "diff(s, p(s))", "p(s)": "s^2"}, "2·3 = 6"),
    ("sum(k, 1, 3, p(k)) == 14", {"p(s)": "s^2"}, "Σ_{k=1}^{3} k^2 = 14"),
    ("sum(k, 1, 3, p(x)) == 3*x^2", {"p(k)": "k^2"}, "Σ_{k=1}^{3} x^2 = 3·x^2"),
    ("sum(k, 1, n, x) == x*n", {"n": "2"}, "Σ_{k=1}^{2} x = x·2"),
    ("posdef([[c, x], [x, c]])", {"c": "x^2 + 1"}, "posdef([[x^2 + 1, x], [x, x^2 + 1]])"),
])
def test_definitions_are_unfolded(goal, let, unfolded):
    assert settled(goal, for_all=["x"], let=let).replace("3/4·x", "3/4·x") == unfolded


def test_definitions_are_unfolded_in_hypotheses_too():
    p = proposition("x <= c", for_all=["x"], assume=["p(x) <= c^2"], let={"c": "2", "p(s)": "s^2"})
    assert [str(h) for h in p.hypotheses] == ["x^2 ≤ 2^2"]
    assert p.text() == "p(x) ≤ c^2 ⊢ x ≤ c"  # shown as written
    assert p.tex() == r"p(x) \le c^{2} \ \vdash\ x \le c"


def test_a_sum_under_a_definition_is_renamed_away_from_its_argument():
    assert settled("q(k) == 6*k", for_all=["k"], let={"q(s)": "sum(k, 1, 3, k*s)"}) == (
        "Σ_{k_1=1}^{3} k_1·k = 6·k")


@pytest.mark.parametrize(("left", "message"), [
    ("p(a, a)", "names a parameter twice"), ("p(2)", "is no left side of a definition"),
    ("2", "is no left side"), ("a + b", "is no left side"), ("p(a + b)", "is no left side"),
    ("[a]", "is no left side"), ("sqrt(x)", "sqrt has a meaning of its own; use another name"),
    ("exp(x)", "meaning of its own"), ("posdef(x)", "meaning of its own"), ("roots(x)", "meaning"),
    ("max(x, y)", "meaning of its own"), ("det(x)", "meaning of its own"), ("abs(x)", "meaning"),
    ("pi", "no left side"), ("e", "no left side"), ("sum(k, 1, n, k)", "is no left side"),
])
def test_left_sides_that_are_refused(left, message):
    with pytest.raises(FormulaError, match=message):
        Definition.read(left, "1")


def test_a_definition_is_read():
    assert Definition.read("p(a, b)", "a + b") == Definition("p", ("a", "b"), parse_expr("a + b"))
    assert Definition.read("c", "2").parameters == ()


@pytest.mark.parametrize(("goal", "let", "message"), [
    ("sum(k, 1, 3, c) == 14", {"c": "k^2"}, "c depends on k, which is bound in"),
    ("integral(k, 0, 1, f) == 1/3", {"f": "k^2"}, "f depends on k, which is bound"),
    ("sum(k, 1, 3, f(2)) == 6", {"f(s)": "s*k"}, "f depends on k, which is bound"),
    ("sum(k, 1, 3, f) == 6", {"f": "g + 1", "g": "k"}, "f depends on k"),
    ("limit(k, 0, c) == 0", {"c": "k"}, "c depends on k"),
    ("roots(k, c, 0, 1) == 1", {"c": "k - 1/2"}, "c depends on k"),
    ("sum(c, 1, 3, c) == 6", {"c": "k"}, "c is defined and bound in .*: rename one"),
    ("sum(p, 1, 3, p) == 6", {"p(s)": "s"}, "p is defined and bound"),
    ("critical_points(b*c, [c, b], k) == 1", {"b": "k", "c": "k"}, "b is defined and bound"),
    ("diff(c, c^2) == k", {"c": "k"}, "c is defined and bound"),
    ("c == k", {"c": "d", "d": "c"}, "c is defined through itself|d is defined through itself"),
    ("p(k) == k", {"p(s)": "p(s - 1)"}, "p is defined through itself"),
    ("p == k", {"p(s)": "s"}, "undeclared p"),
    ("p(k, 1) == k", {"p(s)": "s"}, "p takes 1 arguments, not 2"),
    ("p() == k", {"p(s)": "s"}, "p takes 1 arguments, not 0"),
    ("c(2) == k", {"c": "1"}, "c takes 0 arguments, not 1"),
])
def test_definitions_that_would_say_something_else(goal, let, message):
    with pytest.raises(FormulaError, match=message):
        proposition(goal, for_all=["k"], let=let)


def test_dependence_through_other_definitions():
    table = {d.name: d for d in (Definition.read("f(s)", "s*g + h(t)"),
                                 Definition.read("g", "u + s"),
                                 Definition.read("h(v)", "v*w + f(v)"))}
    assert table["f"].outside(table) == {"t", "u", "s", "w"}
    assert table["g"].outside(table) == {"u", "s"}
    assert Definition.read("c", "2").outside({}) == frozenset()


def test_the_variable_of_a_derivative_is_free_in_a_definition():
    """diff(k, c) differentiates what c says of k: no capture."""
    assert settled("diff(k, c) == 2*k", for_all=["k"], let={"c": "k^2"}) == "2·k = 2·k"


def instance():
    p = proposition("p(s) + L*s >= c", for_all=["s", "L", "n natural"], assume=["s <= L", "n >= 1"],
                    let={"p(s)": "L*s", "c": "-L"},
                    examples=[{"s": "1", "L": "2", "n": "3"}, {"s": "0", "L": "1", "n": "3"}])
    return p, p.at(L=2)


def test_an_instance_fills_statements_and_definitions():
    _, fixed = instance()
    assert fixed.for_all == (("s", "real"), ("n", "natural"))
    assert fixed.text() == "s ≤ 2, n ≥ 1 ⊢ p(s) + 2·s ≥ c"
    assert [str(c) for c in fixed.conclusions] == ["2·s + 2·s ≥ −2"]
    assert fixed.fixed == (("L", Fraction(2)),)
    assert fixed.scope() == "for all s, n, L = 2"


def test_an_instance_keeps_the_examples_that_fit():
    _, fixed = instance()
    assert fixed.examples == ((("s", Fraction(1)), ("n", Fraction(3))),)


def test_instances_of_instances_and_of_a_definitions_own_name():
    p, fixed = instance()
    again = fixed.at(n=1, s="1/2")
    assert again.fixed == (("L", Fraction(2)), ("n", Fraction(1)), ("s", Fraction(1, 2)))
    assert again.for_all == () and again.scope() == "L = 2, n = 1, s = 1/2"
    assert [str(c) for c in p.at(s=3).conclusions] == ["L·3 + L·3 ≥ −L"]  # p's own s is another


def test_only_parameters_are_fixed():
    p, fixed = instance()
    with pytest.raises(FormulaError, match="no parameter M, N to fix"):
        p.at(N=1, M=2, L=1)
    with pytest.raises(FormulaError, match="no parameter L to fix"):
        fixed.at(L=3)
    with pytest.raises(FormulaError, match="float"):
        p.at(L=0.5)


def test_one_conclusion_at_a_time():
    p = proposition(["0 <= x < 1", "x != 2"], for_all=["x"], assume=["x > 0"])
    assert [str(c) for c in p.conclude] == ["0 ≤ x", "x < 1", "x ≠ 2"]
    one = p.single(p.conclude[1])
    assert one.text() == "x > 0 ⊢ x < 1" and one.for_all == p.for_all and one.prose == ""
    assert one != p and p == proposition(["0 <= x", "x < 1", "x != 2"], for_all=["x"],
                                         assume=["x > 0"])


def test_examples_are_no_part_of_what_is_stated():
    plain = proposition("x >= 0", for_all=["x"])
    assert plain == proposition("x >= 0", for_all=["x"], examples=[{"x": "3/5"}])
    assert plain != proposition("x >= 0", for_all=["x"], let={"c": "2"})
    assert plain != proposition("x >= 0", for_all=["x integer"])


def test_text_and_tex_without_hypotheses():
    p = proposition("x >= gamma", for_all=["x, gamma"])
    assert (p.text(), p.tex(), p.scope()) == ("x ≥ γ", r"x \ge \gamma", "for all x, γ")
    assert proposition("1 <= 2").scope() == ""


def test_data_of_a_proposition():
    p = proposition("p(n) >= c", for_all=["n natural"], assume=["posdef([[n]])"],
                    let={"p(s)": "s^2", "c": "1"}).at(n="3")
    assert p.json() == {
        "for_all": [], "prose": "", "text": "posdef([[3]]) ⊢ p(3) ≥ c", "fixed": {"n": "3"},
        "hypotheses": [["predicate", ["call:posdef", ["matrix", ["row", "3"]]]]],
        "conclusions": [[">=", ["pow", "3", "2"], "1"]]}
    general = proposition("n >= 0", for_all=["n natural"]).json()
    assert general["for_all"] == [["n", "natural"]]
    assert general["hypotheses"] == [[">=", "n", "0"]]


def test_propositions_are_values():
    p = proposition("x >= 0", for_all=["x"])
    with pytest.raises(AttributeError):
        p.prose = "more"
    with pytest.raises(AttributeError):
        Definition.read("c", "2").name = "d"


@pytest.mark.parametrize(("goal", "message"), [
    ("foo(x) + 1 > foo(x)",
    "foo in .* is no function of the grammar: define it, or correct its name"),
    ("sqr(x)^2 >= 0", "sqr in .* is no function"), ("positive(x)", "positive in .* is no function"),
    ("sqrt() + 1 == x", "sqrt takes 1 arguments, not 0"),
    ("sin(x, x) <= 1", "sin takes 1 arguments, not 2"),
    ("max(x) == x", "max takes 2 arguments, not 1"),
    ("posdef(x, x)", "posdef takes 1 arguments, not 2"),
    ("sum(k, 1, 3, bar(k)) > x", "bar in .* is no function")])
def test_functions_are_those_of_the_grammar(goal, message):
    for parts in ({"conclude": goal}, {"conclude": "x > 0", "assume": [goal]}):
        with pytest.raises(FormulaError, match=message):
            proposition(**parts, for_all=["x"])


@pytest.mark.parametrize(("name", "count"), [
    ("sin", 1), ("max", 2), ("atan2", 2), ("roots", 4), ("roots_open", 4), ("isolated", 4),
    ("coefficient", 4), ("unique_minimum", 4), ("solves_ode", 5), ("det", 1), ("rank", 1),
    ("critical_points", 3), ("real_solutions", 2), ("limit_left", 3), ("binomial", 2)])
def test_numbers_of_arguments(name, count):
    """One argument too few or too many is refused, whatever the arguments are."""
    for wrong in (count - 1, count + 1):
        arguments = ", ".join(["k", "[k]", "k + 1", "2*k", "3", "4"][:wrong])
        with pytest.raises(FormulaError):
            proposition(f"{name}({arguments}) == 1", for_all=["k"])
