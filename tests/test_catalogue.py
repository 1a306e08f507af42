"""The catalogue's files are read strictly, and the real ones are fit to be checked."""

import textwrap
from fractions import Fraction
from itertools import islice

import pytest

from gradproof import catalogue, verdicts
from gradproof.catalogue import CatalogueError
from gradproof.catalogue.reading import read_chapter
from gradproof.checks import domain
from gradproof.checks.exact import matrix_witness
from gradproof.formulas import proposition

SOURCES = {"own": {"title": "Ours", "short": "Ours", "prefix": "own-"}}
CLAIM = """
chapter = "95-small"
title = "Small"

[let]
"q(s)" = "s^2 + c"
"c" = "1"
"unused" = "2"

[[claim]]
id = "95.01"
title = "Above one"
source = "own"
locator = "(1)"
statement = "always"

[[claim.clause]]
id = "a"
for_all = ["s", "n natural"]
assume = ["0 <= s <= 1", "n >= 2"]
conclude = "q(s) >= 1"

[[claim.variant]]
id = "a1"
of = "a"
conclude = "q(s) >= 3/2"
"""


def read(tmp_path, text):
    path = tmp_path / "95-small.toml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return read_chapter(path, SOURCES)


def only(tmp_path, text=CLAIM):
    (claim,) = read(tmp_path, text).claims
    return claim


def test_a_clause_is_a_proposition_with_the_definitions_that_it_uses(tmp_path):
    claim = only(tmp_path)
    stated = claim.clause("a").proposition
    same = proposition("q(s) >= 1", for_all=["s", "n natural"], assume=["0 <= s <= 1", "n >= 2"],
                       let={"q(s)": "s^2 + c", "c": "1"})
    assert stated == same
    assert claim.let == (("q(s)", "s^2 + c"), ("c", "1"))


def test_lists_and_single_texts_and_examples_are_read(tmp_path):
    text = CLAIM.replace('["0 <= s <= 1", "n >= 2"]', '"n >= 2"').replace(
        'conclude = "q(s) >= 1"', 'conclude = ["q(s) >= 1", "s >= 0"]\n'
        'examples = [{ s = "1/2", n = 3 }]')
    stated = only(tmp_path, text).clause("a").proposition
    assert stated.for_all == (("s", "real"), ("n", "natural"))
    assert (len(stated.assume), len(stated.conclude)) == (1, 2)
    assert stated.examples == ((("s", Fraction(1, 2)), ("n", Fraction(3))),)


VARIANT = 'conclude = "q(s) >= 3/2"'


@pytest.mark.parametrize(("edit", "shown", "text"), [
    ('drop = "n >= 2"', ("without", "", "n >= 2"), "0 ≤ s ≤ 1 ⊢ q(s) ≥ 1"),
    ('replace = ["n >= 2", "n >= 1"]', ("with", "n >= 1", "n >= 2"),
     "0 ≤ s ≤ 1, n ≥ 1 ⊢ q(s) ≥ 1"),
    ('replace = ["q(s) >= 1", "q(s) >= 2"]', ("with", "q(s) >= 2", "q(s) >= 1"),
     "0 ≤ s ≤ 1, n ≥ 2 ⊢ q(s) ≥ 2"),
    (VARIANT, ("concluding", "q(s) >= 3/2", "q(s) >= 1"), "0 ≤ s ≤ 1, n ≥ 2 ⊢ q(s) ≥ 3/2"),
    ('let = { "c" = "0" }', ("where", "c = 0", "c = 1"), "0 ≤ s ≤ 1, n ≥ 2 ⊢ q(s) ≥ 1"),
])
def test_a_variant_is_one_edit(tmp_path, edit, shown, text):
    variant = only(tmp_path, CLAIM.replace(VARIANT, edit)).variant("a1")
    assert variant.edit == shown
    assert variant.proposition.text() == text


def test_a_changed_definition_reaches_the_conclusion(tmp_path):
    claim = only(tmp_path, CLAIM.replace(VARIANT, 'let = { "c" = "0" }'))
    assert claim.variant("a1").proposition.conclusions != claim.clause("a").proposition.conclusions


def test_of_several_conclusions_one_changes(tmp_path):
    two = CLAIM.replace('conclude = "q(s) >= 1"', 'conclude = ["q(s) >= 1", "s >= 0"]')
    claim = only(tmp_path, two.replace(VARIANT, 'conclude = ["q(s) >= 1", "s > 0"]'))
    assert claim.variant("a1").edit == ("with", "s > 0", "s >= 0")
    with pytest.raises(CatalogueError, match="exactly one of them changed"):
        only(tmp_path, two.replace(VARIANT, 'conclude = ["q(s) >= 2", "s > 0"]'))


PRINTED = """

[[claim.printed]]
id = "p"
for_all = ["s"]
conclude = "q(s) > 1"
reading = "certain"
because = "at s = 0"
repair = "clause a"
"""


def test_a_printed_form_is_the_statement_or_a_step(tmp_path):
    found = [only(tmp_path, CLAIM + PRINTED + more)
             for more in ("", "step = false\n", "step = true\n")]
    assert [claim.printed_form("p").step for claim in found] == [False, False, True]
    assert found[2].digest not in (found[0].digest, found[1].digest)


BAD = {
    "an unknown field of a claim": ('locator = "(1)"', 'locator = "(1)"\nwhere = "x"',
                                    "where: unknown"),
    "an unknown field of a clause": ('id = "a"\n', 'id = "a"\nfor_al = ["s"]\n', "for_al: unknown"),
    "an unknown field of a variant": (VARIANT, VARIANT + '\nassume = ["n >= 1"]',
                                      "assume: unknown"),
    "a missing field": ('locator = "(1)"\n', "", "95.01: locator: is missing"),
    "an empty field": ('statement = "always"', 'statement = ""', "statement: is empty"),
    "a source that nobody knows": ('source = "own"', 'source = "tex"', "95.01: source: 'tex'"),
    "an id of another chapter": ('id = "95.01"', 'id = "94.01"', "id: must be 95.kk"),
    "a formula that cannot be read": ('"q(s) >= 1"', '"q(s) >= 2s"', "clause a: formula"),
    "an undeclared parameter": ('["s", "n natural"]', '["s"]', "undeclared n"),
    "a parameter that is defined": ('["s", "n natural"]', '["s", "n natural", "c"]',
                                    "c is defined by let"),
    "a formula and prose": ('conclude = "q(s) >= 1"', 'conclude = "q(s) >= 1"\nprose = "x"',
                            "either conclude"),
    "neither formula nor prose": ('conclude = "q(s) >= 1"\n', "", "either conclude"),
    "a variant of nothing": ('of = "a"', 'of = "b"', "there is no clause 'b'"),
    "a variant without an edit": (VARIANT, "", "exactly one edit"),
    "a variant with two edits": (VARIANT, VARIANT + '\ndrop = "n >= 2"', "exactly one edit"),
    "a variant that changes nothing": (VARIANT, 'conclude = "q(s) >= 1"',
                                       "leaves clause a as it is"),
    "a dropped hypothesis that isn't there": (VARIANT, 'drop = "n >= 3"',
                                              "no hypothesis of clause"),
    "a replaced one that isn't there": (VARIANT, 'replace = ["n >= 3", "n >= 1"]', "no entry"),
    "a changed definition that isn't there": (VARIANT, 'let = { "d" = "0" }', "'d' is not defined"),
    "prose for a formula": (VARIANT, 'prose = "x"', "write conclude"),
    "a float in an example": (VARIANT, VARIANT + "\nexamples = [{ s = 0.5, n = 2 }]",
                              "exact values"),
    "an example that is no point": (VARIANT, VARIANT + '\nexamples = [{ s = "1" }]',
                                    "every parameter"),
    "a number that is none": (VARIANT, VARIANT + '\nexamples = [{ s = "1/0", n = 2 }]', "exact"),
    "a circle of definitions": ('"c" = "1"', '"c" = "q(1)"', "through itself"),
    "a claim that uses itself": (VARIANT, VARIANT + '\n[[claim.clause]]\nid = "z"\nprose = "x"\n'
                                 'uses = ["95.01"]', "cannot use itself"),
    "a doubled clause": (VARIANT, VARIANT + '\n[[claim.clause]]\nid = "a"\nprose = "x"',
                         "clause: a is there 2 times"),
    "a bridge without words": ('locator = "(1)"', 'locator = "(1)"\nbridge = { kind = "human" }',
                               "bridge: text"),
    "a bridge to no clause": ('locator = "(1)"', 'locator = "(1)"\nbridge = { kind = "implication",'
                              ' text = "x", clause = "z" }', "bridge: clause"),
    "a step that is no flag": (VARIANT, VARIANT + PRINTED + 'step = "yes"\n',
                               "printed p: step: must be true or false"),
    "a step of a clause": ('id = "a"\n', 'id = "a"\nstep = true\n', "clause a: step: unknown"),
    "a step of a variant": (VARIANT, VARIANT + "\nstep = true", "variant a1: step: unknown"),
    "an unknown status": ('locator = "(1)"', 'locator = "(1)"\nprinted_status = "fine"',
                          "is none of"),
    "a file of another name": ('"95-small"', '"95-other"', "chapter: must be the file's name"),
    "no TOML": ('title = "Small"', "title = Small", "no TOML"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_entry_is_refused_with_its_place(tmp_path, case):
    old, new, message = BAD[case]
    assert old in CLAIM
    with pytest.raises(CatalogueError, match="95-small.toml") as caught:
        read(tmp_path, CLAIM.replace(old, new, 1))
    assert message in str(caught.value)


def test_every_edit_voids_the_digest(tmp_path):
    before = only(tmp_path).digest
    edits = [('"always"', '"mostly"'), ('"Above one"', '"Over one"'), ('"(1)"', '"(2)"'),
             ("n >= 2", "n >= 3"), (VARIANT, VARIANT + '\nbecause = "x"'), ("s^2 + c", "s^4 + c"),
             ('"c" = "1"', '"c" = "3"'), (">= 3/2", "> 3/2"),
             ('locator = "(1)"', 'locator = "(1)"\nprinted_status = "restored"')]
    found = {only(tmp_path, CLAIM.replace(*edit)).digest for edit in edits}
    assert len(found | {before}) == len(edits) + 1


def test_what_is_no_part_of_the_statement_leaves_the_digest(tmp_path):
    before = only(tmp_path).digest
    for old, new in (('"unused" = "2"', '"unused" = "3"'),
                     ('locator = "(1)"', 'locator = "(1)"\ninventory = ["x"]\nreviewed = "abc"'),
                     ('title = "Small"', 'title = "Tiny"')):
        assert only(tmp_path, CLAIM.replace(old, new)).digest == before


def test_uses_that_lead_nowhere_and_doubled_ids_are_refused(tmp_path):
    (tmp_path / "sources.toml").write_text('[own]\ntitle = "t"\nshort = "s"\nprefix = "o-"\n',
                                           encoding="utf-8")
    more = CLAIM + '\n[[claim.clause]]\nid = "z"\nprose = "x"\nuses = ["95.07"]\n'
    (tmp_path / "95-small.toml").write_text(more, encoding="utf-8")
    with pytest.raises(CatalogueError, match="95.01: uses: no claim 95.07"):
        catalogue.read_folder(tmp_path)


def test_an_unknown_claim_is_named_with_those_there_are():
    with pytest.raises(CatalogueError, match=r"no claim '23\.99'.*23\.01"):
        catalogue.claim("23.99")
    with pytest.raises(CatalogueError, match="no file"):
        catalogue.claim("88.01")


# the real catalogue


def stated():
    for chapter in catalogue.chapters():
        for claim in chapter.claims:
            for part in (*claim.clauses, *claim.variants, *claim.printed):
                yield f"{claim.id} {part.id}", part.proposition


def test_the_catalogue_is_there():
    assert [chapter.name for chapter in catalogue.chapters()] != []
    assert list(stated()) != []


def test_hypotheses_can_be_satisfied():
    """Every clause, variant and printed form has a point that its hypotheses allow."""
    empty = [name for name, proposition in stated()
             if not (domain.points(proposition, 1) if proposition.scalar
                     else list(islice(matrix_witness.points(proposition), 1)))]
    assert empty == []


def test_examples_lie_in_their_domain():
    from gradproof.checks.points import satisfies

    clauses = [(claim.id, clause) for chapter in catalogue.chapters() for claim in chapter.claims
               for clause in claim.clauses]
    wrong = [f"{id} {clause.id}: {dict(example)}" for id, clause in clauses
             for example in clause.proposition.examples
             if not satisfies(clause.proposition, dict(example))]
    assert wrong == []


def test_every_checked_claim_has_a_control():
    """A claim without a variant must be one that is wholly cited or open: only prose."""
    bare = [claim.id for chapter in catalogue.chapters() for claim in chapter.claims
            if not claim.variants and any(c.proposition.formal for c in claim.clauses)]
    assert bare == []


def test_uses_make_no_circle():
    from gradproof.ledger.records import inherited

    claims = {c.id: c for chapter in catalogue.chapters() for c in chapter.claims}
    for id in claims:
        inherited(id, claims)


@pytest.mark.parametrize("kind", [
    k for k in vars(verdicts).values()
    if isinstance(k, type) and issubclass(k, verdicts.Verdict)], ids=lambda k: k.__name__)
def test_no_author_chooses_a_tier(kind):
    with pytest.raises(TypeError, match="not constructed"):
        kind(proposition=proposition("1 == 1"), method="because I say so")
    with pytest.raises(TypeError, match="issued by gradproof.checks"):
        verdicts.issue(kind, proposition("1 == 1"), "because I say so")
