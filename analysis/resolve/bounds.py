"""What was found in, how few and how many persons there may be out."""

from functools import reduce
from math import ceil, exp
from operator import and_

import ibis

from analysis.ground.watch import Watch
from analysis.model.codes import Role
from analysis.model.people import Measured
from analysis.resolve.by_role import differing
from analysis.resolve.clusters import Found
from analysis.resolve.identity import KEPT, tagged
from analysis.resolve.mentions import bit_of
from analysis.resolve.review import ENOUGH
from analysis.store import Store
from analysis.store.functions import hash_all
from analysis.store.rows import Rows

# The recall that the model claims for itself is taken for less (natural log of the odds, and no less than a share of it), and a
# chain of pairs never for less than the last: the low bound.
PRUDENT, LEAST_SHARE, LEAST_RECALL = 1.5, 0.55, 0.3
WRONG = 1 / 3  # share of the links that may be wrong: twice what was the most on the public sets with truth
LEAST_WRONG, DOUBLED = 0.1, 2  # where the model is surer: that share at least, and twice what it expects itself
UNTHOUGHT = 1 / 500  # merges that no bound thought of, for each that was made: twice what slips of every kind in one row leave
FEW = 10  # links of which all may be wrong


def least(found: Found, exact: int, best: int, names: int, fewer: int, review: Measured | None) -> int:
    """The low bound: pairs that are possible, pairs that the model cannot find, namesakes (`names`: how many fewer, if they are
    one), less those of whom a name alone, or nothing, is known (`fewer`). Enough answers of a person stand above what is
    possible; of pairs that nobody was shown they say nothing."""
    possible = found.possible()
    if review is not None and review.answers >= ENOUGH:
        possible = min(possible, review.missed)
    unseen = fewest(exact, best, prudent(found.recall)) if found.recall < 1 else best
    possible += int(UNTHOUGHT * sum(found.reasons.values()))
    low = min(best - possible, unseen, best - names) - fewer
    return max(min(low, best), min(best, 1))


def prudent(recall: float) -> float:
    """The recall that may be counted on, where a model claims so much of itself: on 16 public sets with truth it was less by up
    to 1.2 of the log odds."""
    held = recall / (recall + (1 - recall) * exp(PRUDENT))
    return max(held, LEAST_SHARE * recall)


def fewest(exact: int, best: int, recall: float) -> int:
    """How few persons there may be, where a model finds `recall` of the pairs of one person: so few that the merges it would
    then have found are as many as it found. A person of k exact persons is found whole by any chain of her pairs."""
    if recall >= 1 or best >= exact:
        return best
    for persons in range(best, 1, -max(best // 1000, 1)):
        links = max(exact / persons - 1, 1.0)
        if (exact - persons) * max(1 - (1 - recall) ** links, LEAST_RECALL) >= exact - best:
            return persons
    return 1


def names_alone(store: Store, persons: Rows, watch: Watch) -> int:
    """How many fewer there may be, where subjects of whom a name (and a town: people move) is all that is known are whoever else
    has that name."""
    subjects = persons.filter(persons.names.notnull() & ((persons.roles & bit_of(Role.SUBJECT)) != 0))
    bare = reduce(and_, [subjects[name].isnull() for name in ("birth_date", "email", "phone", "home")])
    named = subjects.group_by("names").aggregate(n=subjects.count(), bare=bare.cast("int64").sum())
    known = named.n > named.bare
    return int(store.one(named.aggregate(n=(named.bare - (~known & (named.bare > 0)).cast("int64")).sum()), watch)["n"] or 0)


def nameless(store: Store, rows: Rows, watch: Watch) -> int:
    """How many fewer there may be, where rows of which nothing says whose they are say the same."""
    own = rows.filter(rows.identity == tagged(7, rows.mention))
    told = own.aggregate(n=own.count(), distinct=hash_all(ibis.struct({name: own[name] for name in KEPT})).nunique())
    found = store.one(told, watch)
    return int(found["n"]) - int(found["distinct"])


def doubtful(store: Store, rows: Rows, found: Found, unlike: int, review: Measured | None, watch: Watch) -> int:
    """How many persons more there may be: of links a share is wrong (which, a person's answers say); rows of one identity without
    a name or birth date may be two wherever they differ, those of one name and birth date where they have nothing else in common
    (`unlike`)."""
    weak = rows.filter(rows.birth_date.isnull() | rows.names.isnull())
    links = sum(found.reasons.values()) - found.reasons["by_hand"]
    wrong = ceil(wrong_share(found) * links) + FEW
    if review is not None and review.answers >= ENOUGH:
        wrong = ceil((1 - review.precision.low) * links)
    return min(links, wrong) + differing(store, weak, watch) + unlike


def wrong_share(found: Found) -> float:
    """The share of the links that may be wrong, by how sure of them was who linked."""
    linked = [probability for probability, linked in found.doubts.values() if linked]
    expected = 1 - sum(linked) / len(linked) if linked else WRONG
    return min(WRONG, max(LEAST_WRONG, DOUBLED * expected))
