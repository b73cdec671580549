"""Every small wrong in a pack is noticed: by an example case, by the quotes, or by the people at the edges of its route."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import product
from math import prod
from pathlib import Path

import pytest
from boundaries import asked_of, oracle_of, people_at_the_edges
from mutants import Mutant, mutants
from worlds import AS_OF, PACKS, VOCABULARY, exact

from bot import paths
from bot.eligibility.codec import parse_facts
from bot.eligibility.screening import evaluate, screen
from bot.policy.check import check
from bot.policy.model import Atom, Condition, Pack, atoms

_WORDS = {True: "yes", False: "no", None: "open"}
# A condition with more possible people than this cannot be gone through.
_EVERYBODY = 60_000
POLICIES = [p.id for p in PACKS]


def cases_hold(pack: Pack) -> bool:
    """Whether every example case gives the verdicts it expects."""
    for case in pack.cases:
        result = screen(pack, parse_facts(case.facts, VOCABULARY), case.as_of, vocabulary=VOCABULARY)
        if result.verdict.value != case.verdict or any(result.route(r).verdict.value != v for r, v in case.routes.items()):
            return False
    return True


def quotes_hold(pack: Pack) -> bool:
    """Whether every quote stands in its article."""
    text = {a.path: "".join(a.text.split()) for a in pack.articles}
    return all("".join(a.quote.split()) in text[a.article] for r in pack.routes for a in atoms(r.when))


def verdict(pack: Pack, route_id: str, facts) -> str:  # type: ignore[no-untyped-def]
    return _WORDS[evaluate(pack.route(route_id).when, facts, AS_OF, vocabulary=VOCABULARY).value]


@pytest.mark.parametrize("policy", POLICIES)
def test_every_example_case_gives_its_verdicts(policy: str) -> None:
    pack = PACKS.by_id[policy]
    for case in pack.cases:
        result = screen(pack, parse_facts(case.facts, VOCABULARY), case.as_of, vocabulary=VOCABULARY)
        assert result.verdict.value == case.verdict, case.id
        assert {r: result.route(r).verdict.value for r in case.routes} == dict(case.routes), case.id


@pytest.mark.parametrize("policy", POLICIES)
def test_every_mutant_is_killed(policy: str, capsys: pytest.CaptureFixture[str]) -> None:
    pack = PACKS.by_id[policy]
    assert cases_hold(pack)
    assert quotes_hold(pack)
    oracle = oracle_of(policy)
    edges = {}
    for route in pack.routes:
        people = people_at_the_edges(pack, route)
        # Without the oracle the unharmed pack stands in for it: then this proves only that the people tell every mutant apart.
        said = [(f, verdict(pack, route.id, f)) for f in people]
        # Where the two disagree every mutant would seem killed; that they agree everywhere is proved in tests/exhaustive.
        edges[route.id] = [(f, v) for f, v in said if oracle is None or asked_of(oracle, pack, route, f) == v]
    killed: Counter[str] = Counter()
    alive = []
    harmless = 0
    for mutant in mutants(pack):
        by = killer(mutant, edges[mutant.route])
        if by is not None:
            killed[by] += 1
        elif changes_nobody(pack, mutant):
            harmless += 1
        else:
            alive.append(mutant.what)
    total = sum(killed.values()) + len(alive)
    with capsys.disabled():
        told = ", ".join(f"{n} by {by}" for by, n in killed.most_common())
        print(f"\n{policy}: mutants killed {total - len(alive)}/{total} ({told}; {harmless} more change no verdict; ", end="")
        print("against the independent oracle)" if oracle else "no oracle yet)")
    assert not alive


def killer(mutant: Mutant, edges) -> str | None:  # type: ignore[no-untyped-def]
    """What notices the mutant, if anything does."""
    if not quotes_hold(mutant.pack):
        return "quotes"
    if not cases_hold(mutant.pack):
        return "cases"
    return "edges" if any(verdict(mutant.pack, mutant.route, facts) != wanted for facts, wanted in edges) else None


def changes_nobody(pack: Pack, mutant: Mutant) -> bool:
    """Whether provably every person, with every fact known, gets the same verdict: then it is no wrong, only another wording.

    Tried on the part of the route that differs, then on what is around it.
    """
    around = [(pack.route(mutant.route).when, mutant.pack.route(mutant.route).when)]
    while True:
        right, wrong = around[-1]
        if isinstance(right, Atom) or isinstance(wrong, Atom) or len(right.of) != len(wrong.of):
            break
        around.append(next(pair for pair in zip(right.of, wrong.of, strict=True) if pair[0] != pair[1]))
    return any(same_for_everybody(right, wrong) for right, wrong in reversed(around))


def same_for_everybody(right: Condition, wrong: Condition) -> bool:
    names = [f for f in dict.fromkeys(a.fact for a in atoms(right)) if VOCABULARY.facts[f].answered_by != "authority"]
    if prod(len(exact(f)) for f in names) > _EVERYBODY:
        return False
    people = (dict(zip(names, values, strict=True)) for values in product(*(exact(f) for f in names)))
    return all(
        evaluate(right, facts, AS_OF, vocabulary=VOCABULARY).value is evaluate(wrong, facts, AS_OF, vocabulary=VOCABULARY).value
        for facts in people
    )


@pytest.mark.parametrize("policy", POLICIES)
def test_the_checker_refuses_a_quote_from_elsewhere(policy: str, tmp_path: Path) -> None:
    folder = tmp_path / policy
    shutil.copytree(paths.POLICIES / policy, folder)
    pack = PACKS.by_id[policy]
    first = next(atoms(pack.routes[0].when))
    other = next(a.quote for r in pack.routes for a in atoms(r.when) if a.article != first.article)
    source = (folder / "routes.yml").read_text(encoding="utf-8")
    assert first.quote in source
    (folder / "routes.yml").write_text(source.replace(first.quote, other, 1), encoding="utf-8")
    before = {(p.code, p.message) for p in check(paths.POLICIES / policy, VOCABULARY)}
    after = {(p.code, p.message) for p in check(folder, VOCABULARY)}
    assert after - before
