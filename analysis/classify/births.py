"""A store in, the births of each first name out (Insee), by the name as the engine folds it."""

from analysis.ground.watch import Watch
from analysis.model import tables
from analysis.model.tables import FirstNames
from analysis.store import Store
from analysis.store.functions import fold
from analysis.store.rows import Rows


def folded_births(store: Store) -> Rows:
    """folded, sex, decade, births: made once."""
    folded = store.reference(FirstNames).select("sex", "decade", "births", folded=lambda t: fold(t.name))
    return store.table(store.keep(tables.NameBirths, folded, Watch()))
