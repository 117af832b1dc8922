"""What a sample says of the whole: people alone in the population, and why a file may be no fair sample."""

import math
import random
from collections import Counter
from datetime import date, timedelta

import pytest

from analysis.assess.population import dankar, pitman, pitman_parameters, shlosser, slide, snb, zayatz
from analysis.assess.projection import persons_of, poisson, projection
from analysis.declare.question import Question
from analysis.ground.watch import Watch
from analysis.ground.words import Words
from analysis.model import Incident
from analysis.pipeline import answer
from tests.conftest import DAY

EN = Words("en")


def restaurant(theta, alpha, people, seed):
    """Class sizes of a population drawn by Pitman's sampling formula (the Chinese restaurant), and whose class each person is
    in."""
    rng, sizes, of = random.Random(seed), [], []
    for at in range(people):
        if rng.random() < (theta + alpha * len(sizes)) / (theta + at):
            sizes.append(1)
            of.append(len(sizes) - 1)
        else:
            while True:  # a person seen before, then accepted as (size - alpha) / size
                chosen = of[rng.randrange(at)]
                if rng.random() < 1 - alpha / sizes[chosen]:
                    break
            sizes[chosen] += 1
            of.append(chosen)
    return sizes, of


@pytest.mark.parametrize(("theta", "alpha"), [(20.0, 0.4), (5.0, 0.7), (200.0, 0.5)])
def test_pitman_s_estimator_finds_the_parameters_and_the_people_alone(theta, alpha):
    sizes, of = restaurant(theta, alpha, 60_000, 4)
    sample = Counter(random.Random(1).sample(of, 6_000))
    histogram = Counter(sample.values())
    found = pitman_parameters(histogram)
    assert found is not None and found[1] == pytest.approx(alpha, abs=0.08)
    truth = sum(size == 1 for size in sizes)
    assert pitman(histogram, 60_000) == pytest.approx(truth, rel=0.25)
    assert dankar(histogram, 60_000).by == "pitman"


def test_the_likelihood_is_highest_at_what_is_found():
    histogram = {1: 300, 2: 60, 3: 20, 7: 4}
    theta, alpha = pitman_parameters(histogram)

    def likelihood(t, a):
        """Pitman's sampling formula, term by term."""
        groups, rows = sum(histogram.values()), sum(size * n for size, n in histogram.items())
        made = sum(math.log(t + j * a) for j in range(1, groups)) - sum(math.log(t + j) for j in range(1, rows))
        return made + sum(n * sum(math.log(j - a) for j in range(1, size)) for size, n in histogram.items())

    best = likelihood(theta, alpha)
    assert all(likelihood(theta * f, alpha) <= best + 1e-9 for f in (0.9, 0.99, 1.01, 1.1))
    assert all(likelihood(theta, alpha + d) <= best + 1e-9 for d in (-0.05, -0.005, 0.005, 0.05))


def test_dankar_s_rule():
    """R9 of the facts on re-identification for Zayatz."""
    assert dankar({2: 50}, 1_000).by == "none" and dankar({2: 50}, 1_000).people == 0
    found = dankar({1: 2, 2: 2}, 12)
    assert found.by == "zayatz" and found.people == pytest.approx(1.9130435)
    assert dankar({1: 60, 2: 20}, 999).by == "snb"  # more than a tenth: the lower of the two
    assert dankar({1: 60}, 500).by == "zayatz"  # SNB needs classes of two
    assert dankar({1: 300, 2: 60, 3: 20, 7: 4}, 100_000).by == "pitman"
    assert dankar({1: 60, 2: 20}, 1_000).by == "zayatz"  # Pitman's likelihood has its peak at the end
    assert dankar({1: 50}, 1_000).by == "zayatz"  # every class alone: Pitman's likelihood has no peak inside
    assert zayatz({1: 60, 2: 20}, 1_000) == pytest.approx(374.8593, abs=1e-3)


@pytest.mark.parametrize(("alpha", "beta", "fraction"), [(1.0, 0.3, 0.3), (2.0, 0.5, 0.2), (0.5, 0.2, 0.5), (3.0, 0.6, 0.4)])
def test_the_slide_negative_binomial_gives_its_own_population_back(alpha, beta, fraction):
    """The expected classes of one and of two, summed over every size a class can have, lead back to the classes of one person."""
    groups, ones, twos = 3000, 0.0, 0.0
    share = beta**alpha  # of classes of one person
    for more in range(2000):
        size = more + 1
        ones += groups * share * size * fraction * (1 - fraction) ** (size - 1)
        twos += groups * share * math.comb(size, 2) * fraction**2 * (1 - fraction) ** max(size - 2, 0)
        share *= (alpha + more) / (more + 1) * (1 - beta)
    people = round(groups * (1 + alpha * (1 - beta) / beta))
    assert slide(groups, people, fraction, (ones, twos)) == pytest.approx(groups * beta**alpha, rel=1e-3)


def test_where_more_than_a_tenth_was_drawn_the_lower_of_two_estimators_is_taken():
    rng, of = random.Random(2), []
    for at in range(4000):  # geometric sizes: alpha 1, beta 0.4
        of += [at] * (1 + int(math.log(1 - rng.random()) / math.log(0.6)))
    alone = sum(size == 1 for size in Counter(of).values())
    histogram = Counter(Counter(rng.sample(of, len(of) // 2)).values())
    assert shlosser(histogram, 0.5) == pytest.approx(4000, rel=0.05)
    found = dankar(histogram, len(of))
    assert found.by == "snb" and found.people == snb(histogram, len(of)) < zayatz(histogram, len(of))
    assert found.people == pytest.approx(alone, rel=0.15)


HEAD = "nom;prenom;date_naissance;code_postal;ville;passage\n"
TOWNS = [
    ("75011", "PARIS"),
    ("69003", "LYON"),
    ("13001", "MARSEILLE"),
    ("33000", "BORDEAUX"),
    ("59000", "LILLE"),
    ("31000", "TOULOUSE"),
]


def line(at, rng, towns=TOWNS, days=3000):
    letters = "".join(rng.choice("ABCDEFGHIJ") for _ in range(6))
    code, town = rng.choice(towns)
    return (f"NOM{letters};Jeanne;{date(1940, 1, 1) + timedelta(days=rng.randrange(25_000)):%d/%m/%Y};{code};{town};"
            f"{date(2015, 1, 1) + timedelta(days=rng.randrange(days)):%d/%m/%Y}")  # fmt: skip


def warned(store, tmp_path, lines):
    path = tmp_path / "sample.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    impact = answer(store, Question(Incident(claimed_people=100_000), DAY, files=(path,)), Watch())
    return impact, " ".join(EN.of(said) for said in impact.warnings)


@pytest.mark.parametrize(("name", "said"), [
    ("fair", ""), ("sorted by name", "sorted by nom"), ("sorted by birth date", "sorted by date_naissance"), ("one place", "one département (Rhône)"),
    ("padded", "% of the rows repeat another"), ("one month", "All dates of passage lie within"), ("small", "too small to tell"),
])  # fmt: skip
def test_a_sample_that_is_no_fair_one_is_told(store, tmp_path, name, said):
    rng = random.Random(7)
    lines = [
        line(at, rng, [("69003", "LYON")] if name == "one place" else TOWNS, 30 if name == "one month" else 3000)
        for at in range(400)
    ]
    if name == "sorted by name":
        lines.sort()
    if name == "sorted by birth date":
        lines.sort(key=lambda text: text.split(";")[2].split("/")[::-1])
    if name == "padded":
        lines += lines[:100]
        rng.shuffle(lines)
    _, told = warned(store, tmp_path, lines[:40] if name == "small" else lines)
    assert said in told and (told == "") == (name == "fair")


def test_distinct_persons_and_people_alone_are_expected_of_the_whole(store, tmp_path):
    rng = random.Random(3)
    lines = [line(at, rng) for at in range(300)]
    impact, _ = warned(store, tmp_path, lines + lines[:30])
    found = {item.code: item for item in projection(impact)}
    assert "persons" not in found, "so many doubles in a sample of a three-hundredth say that it was not drawn by chance"
    assert found["email"].low <= found["email"].expected <= found["email"].high
    fewer = answer(store, Question(Incident(claimed_people=300), DAY, files=(tmp_path / "sample.csv",)), Watch())
    assert projection(fewer) == () and fewer.warnings == ()


@pytest.mark.parametrize("doubles", [0.0, 0.01, 0.1, 0.3, 0.5])
@pytest.mark.parametrize("fraction", [0.05, 0.1, 0.3])
def test_the_bounds_of_distinct_persons_hold_the_truth(doubles, fraction):
    """Wholes of 40,000 rows; persons of two rows, some of three: of twenty samples at most two lie outside."""
    outside = 0
    for seed in range(20):
        rng = random.Random(seed)
        whole, person = [], 0
        while len(whole) < 40_000:
            size = rng.choice((2, 2, 2, 3)) if rng.random() < doubles else 1
            whole += [person] * size
            person += 1
        rows = rng.sample(whole, round(len(whole) * fraction))
        histogram = Counter(Counter(rows).values())
        bounds = persons_of(histogram, len(whole))
        if bounds is not None:
            low, best, high = bounds
            assert len(set(rows)) <= low <= best <= high <= len(whole)
            outside += not low <= person <= high
    assert outside <= 2


def test_where_nothing_bounds_the_persons_no_figure_is_given():
    assert persons_of({1: 20, 2: 15}, 100_000) is None
    assert persons_of({1: 2}, 10) is None


def test_bounds_of_a_count_are_those_of_poisson():
    """Exact ones: 0 to 3.69, 3.45 to 15.76 (8), 37.1 to 65.9 (50)."""
    assert poisson(0) == pytest.approx((0.0, 3.69), abs=0.1)
    assert poisson(8) == pytest.approx((3.45, 15.76), abs=0.05)
    assert poisson(50) == pytest.approx((37.11, 65.92), abs=0.05)
