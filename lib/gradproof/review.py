"""`gradproof review`: which statements were read against the passage that they come from."""

from __future__ import annotations

import re

from gradproof import catalogue
from gradproof.catalogue import CatalogueError, Claim, sources
from gradproof.claims.words import Plain, edited
from gradproof.project import UsageError


def add_arguments(parser) -> None:
    """Declare the options of the command."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="show these claims for reading")
    parser.add_argument("--sign", nargs="+", metavar="ID", default=[],
                        help="you have read these claims beside their passages")
    parser.add_argument("--check", action="store_true", help="fail if a claim is unreviewed")


def run(args) -> int:
    """List, show or sign claims; with --check 1 if one is unreviewed."""
    try:
        for id in args.sign:
            print(f"{id}: signed {sign(catalogue.claim(id))}")
        for id in args.ids:
            print(sheet(catalogue.claim(id)), end="\n\n")
        if args.sign:
            catalogue.forget()
        claims = [claim for chapter in catalogue.chapters() for claim in chapter.claims]
    except CatalogueError as error:
        raise UsageError(str(error)) from None
    waiting = [claim for claim in claims if claim.reviewed != claim.digest]
    if not args.ids:
        for claim in waiting:
            why = "edited since it was signed" if claim.reviewed else "not reviewed"
            print(f"{claim.id} {claim.title} ({claim.locator}): {why}")
        print(f"{len(claims) - len(waiting)} of {len(claims)} claims are reviewed")
    return 1 if args.check and waiting else 0


def sheet(claim: Claim) -> str:
    """The claim for reading beside its source: prose, clauses, variants, printed forms."""
    lines = [f"{claim.id} {claim.title}", f"{sources()[claim.source]['title']}, {claim.locator}",
             claim.statement, *(f"  let {left} = {right}" for left, right in claim.let)]
    for clause in claim.clauses:
        lines.append(f"  {clause.id}  {_stated(clause.proposition, clause.says)}")
        lines += [f"      uses {', '.join(clause.uses)}"] if clause.uses else []
    lines += [f"  false: {v.id}  {v.of} {edited(v.edit, Plain)}"
              + (f" ({v.because})" if v.because else "") for v in claim.variants]
    lines += [f"  printed ({p.reading}{', a step of the proof' if p.step else ''}): {p.id}  "
              f"{_stated(p.proposition, p.says)}\n"
              f"      because {p.because}\n      repair {p.repair}" for p in claim.printed]
    return "\n".join([*lines, f"  clauses make the statement by: {claim.bridge.kind} "
                              f"{claim.bridge.text}".rstrip(), f"  hash {claim.digest}"])


def _stated(proposition, says: str) -> str:
    scope = proposition.scope()
    return " ".join(filter(None, [f"{says}:" if says else "", f"{scope}:" if scope else "",
                                  proposition.text()]))


def sign(claim: Claim) -> str:
    """Write the claim's hash into its file as ``reviewed``; return it."""
    path = catalogue.folder() / f"{claim.chapter}.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(signed(text, claim.id, claim.digest), encoding="utf-8", newline="\n")
    return claim.digest


def signed(text: str, id: str, digest: str) -> str:
    """The file's text with ``reviewed = "digest"`` under the claim ``id``, and no older one."""
    head = re.search(rf'^id *= *"{re.escape(id)}"[^\n]*\n', text, re.MULTILINE)
    if head is None:
        raise UsageError(f'{id}: no line id = "{id}" of its own to put the hash under')
    following = re.compile(r"^\[", re.MULTILINE).search(text, head.end())
    end = following.start() if following else len(text)
    before = text.rfind("[[claim]]", 0, head.start()) + len("[[claim]]\n")
    old = re.compile(r'^reviewed *= *[^\n]*\n', re.MULTILINE)
    return (text[:before] + old.sub("", text[before:head.start()]) + head[0]
            + f'reviewed = "{digest}"\n' + old.sub("", text[head.end():end]) + text[end:])


