"""Class sizes of a sample in, how many people are alone in the population that it was drawn from out: the estimators of
Zayatz, of Pitman and of Chen and Keller-McNulty (SNB), chosen by Dankar's rule (as ARX, RiskModelPopulationUniqueness)."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

SMALL = 0.1  # sampling fraction up to which Pitman's estimator is preferred
GRID = 400  # values of beta between which a root of the SNB equations is looked for
STEPS = 80  # of a golden section


@dataclass(frozen=True, slots=True)
class Alone:
    """`people` alone in the population, and the estimator that says so: none, zayatz, pitman, snb."""

    people: float
    by: str


def dankar(histogram: Mapping[int, int], people: int) -> Alone:
    """`histogram`: size of a class in the sample, classes of that size; `people`: in the population."""
    if not histogram.get(1, 0):
        return Alone(0.0, "none")
    rows = sum(size * classes for size, classes in histogram.items())
    if rows / people <= SMALL:
        found = pitman(histogram, people)
        if found is not None:
            return Alone(min(found, float(people)), "pitman")
        return Alone(min(zayatz(histogram, people), float(people)), "zayatz")
    either = [Alone(min(zayatz(histogram, people), float(people)), "zayatz")]
    if (other := snb(histogram, people)) is not None:
        either.append(Alone(min(other, float(people)), "snb"))
    return min(either, key=lambda found: found.people)


def zayatz(histogram: Mapping[int, int], people: int) -> float:
    """Expected number of people alone in the population whose records are a sample. `histogram`: size of a class in the
    sample, classes of that size. As ARX (ModelZayatz): e1 c / pi, with the hypergeometric probability that of a class of i
    people exactly one was drawn."""
    rows = sum(size * classes for size, classes in histogram.items())
    groups, singles = sum(histogram.values()), histogram.get(1, 0)
    if not singles:
        return 0.0
    drawn = {size: one_drawn(size, people, rows) for size in histogram}
    expected = sum(classes / groups * drawn[size] for size, classes in histogram.items())
    return singles * (singles / groups * drawn[1] / expected) / (rows / people)


def one_drawn(size: int, people: int, rows: int) -> float:
    """C(i, 1) C(N - i, n - 1) / C(N, n)."""
    if people - size < rows - 1:
        return 0.0
    log = log_choose(people - size, rows - 1) - log_choose(people, rows)
    return size * math.exp(log)


def log_choose(many: int, few: int) -> float:
    return math.lgamma(many + 1) - math.lgamma(few + 1) - math.lgamma(many - few + 1)


def pitman(histogram: Mapping[int, int], people: int) -> float | None:
    """Expected people alone in a population of Pitman's sampling formula (Hoshino 2001, as ARX's ModelPitman): Gamma(t + 1) /
    Gamma(t + a) N^a, with t and a of the greatest likelihood. None where the likelihood has its peak at an end of 0 < a < 1."""
    found = pitman_parameters(histogram)
    if found is None:
        return None
    theta, alpha = found
    return math.exp(math.lgamma(theta + 1) - math.lgamma(theta + alpha) + alpha * math.log(people))


def pitman_parameters(histogram: Mapping[int, int]) -> tuple[float, float] | None:
    """Theta and alpha of the greatest likelihood: sum over j of log(t + j a), less that of log(t + j), and for each class the
    sum of log(j - a)."""
    rows, groups = sum(size * classes for size, classes in histogram.items()), sum(histogram.values())
    if groups < 2 or groups == rows:
        return None

    def likelihood(theta: float, alpha: float) -> float:
        ratio = theta / alpha
        made = (groups - 1) * math.log(alpha) + math.lgamma(ratio + groups) - math.lgamma(ratio + 1)
        drawn = math.lgamma(theta + rows) - math.lgamma(theta + 1)
        inside = sum(
            classes * (math.lgamma(size - alpha) - math.lgamma(1 - alpha)) for size, classes in histogram.items() if size > 1
        )
        return made - drawn + inside

    def best_theta(alpha: float) -> float:
        return math.exp(highest(lambda log: likelihood(math.exp(log), alpha), -7.0, math.log(rows) + 9.0))

    alpha = highest(lambda value: likelihood(best_theta(value), value), 1e-4, 1 - 1e-4)
    return None if not 0.001 < alpha < 0.999 else (best_theta(alpha), alpha)


def shlosser(histogram: Mapping[int, int], fraction: float) -> float:
    """Classes of the population, by the modified estimator of Shlosser (Haas and Stokes 1998): those seen, and as many unseen
    ones for each that is alone in the sample as the sampling fraction makes likely."""
    missed = sum((1 - fraction) ** size * classes for size, classes in histogram.items())
    alone = sum(size * fraction * (1 - fraction) ** (size - 1) * classes for size, classes in histogram.items())
    twice = sum(size * fraction**2 * (1 - fraction**2) ** (size - 1) * classes for size, classes in histogram.items())
    seen = sum((1 - fraction) ** size * ((1 + fraction) ** size - 1) * classes for size, classes in histogram.items())
    return sum(histogram.values()) + histogram.get(1, 0) * (twice / seen) * (missed / alone) ** 2


def snb(histogram: Mapping[int, int], people: int) -> float | None:
    """Expected people alone in a population whose classes' sizes less one are negative binomial; None where `slide` finds no
    such population."""
    rows = sum(size * classes for size, classes in histogram.items())
    ones, twos, fraction = histogram.get(1, 0), histogram.get(2, 0), rows / people
    if not ones or not twos or fraction >= 1:
        return None
    return slide(shlosser(histogram, fraction), people, fraction, (ones, twos))


def slide(groups: float, people: int, fraction: float, drawn_classes: tuple[float, float]) -> float | None:
    """The slide negative binomial model (Chen and Keller-McNulty 1998): K beta^alpha for K classes, with alpha and beta from
    the classes of which one and two people were drawn. Where more than one pair fits, the one whose population is nearest to
    `people`.

    (ARX 3.9 multiplies by (1 - d)^(alpha + 2) in its second equation where the model divides by it; ours follows the model.)
    """
    ones, twos = drawn_classes

    def alpha_of(beta: float) -> float:
        """That gives the ratio of twos to ones: the positive root of a quadratic equation."""
        drawn = (1 - fraction) * (1 - beta)
        square = fraction * (1 - beta) * drawn
        linear = fraction * (1 - beta) * (2 - drawn) - 2 * twos / ones * (1 - drawn) * drawn
        return (-linear + math.sqrt(linear**2 + 8 * square * twos / ones * (1 - drawn) ** 2)) / (2 * square)

    def excess(beta: float) -> float:
        """Expected classes of one in the sample, less those that are there."""
        drawn, alpha = (1 - fraction) * (1 - beta), alpha_of(beta)
        share = (beta / (1 - drawn)) ** alpha * (1 + alpha * drawn / (1 - drawn))
        return groups * fraction * share - ones

    places = [at / GRID for at in range(1, GRID)]
    roots = [root(excess, low, high) for low, high in pairwise(places) if excess(low) * excess(high) <= 0]
    if not roots:
        return None
    beta = min(roots, key=lambda beta: abs(groups * (1 + alpha_of(beta) * (1 - beta) / beta) - people))
    return groups * beta ** alpha_of(beta)


def root(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that changes its sign is zero, by halves."""
    rising = of(low) <= 0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (of(middle) <= 0) == rising else (low, middle)
    return (low + high) / 2


def highest(of: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one peak is highest (golden section; Kiefer 1953)."""
    golden = (math.sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = of(left), of(right)
    for _ in range(STEPS):
        if at_left < at_right:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = of(right)
        else:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = of(left)
    return (low + high) / 2
