"""A column of whole names in, last and first names out: by a comma, by capitals ("DUPRÉ Amélie"), else by the order that the
column keeps."""

import ibis
from ibis import _

from analysis.classify.cells import bare
from analysis.model import Exposure, Field
from analysis.model.tables import Names, Vocabulary
from analysis.store import Store
from analysis.store.functions import fold, regexp_full_match, regexp_replace
from analysis.store.rows import Column, Rows

TITLE = (
    r"(?i)^(?:(?:m|mm|mr|mme|mrs|ms|mlle|melle|miss|dr|pr|prof|me|monsieur|madame|mademoiselle|docteur|doctor|professeur|professor|ma[iî]tre|herr|frau|meneer|mevrouw|mw|heer"
    r"|se[nñ]or|se[nñ]ora|sr|sra|signor|signora|sig|dhr|mevr|et|and|und)\.? +)+"
)
PARTICLE = r"(?i:de|du|des|d['’]|le|la|les|van|von|vom|zu|der|den|ter|di|da|do|dos|das|del|della|el|al|bin|ben|ould|st|mac|mc)"
LOUD = r"[\p{Lu}][\p{Lu}\pM'’.-]+"  # a word of capitals
LOUD_FIRST = rf"^({LOUD}(?: +{LOUD})*) +(.*\p{{Ll}}.*)$"
LOUD_LAST = rf"^(.*\p{{Ll}}\S*) +({LOUD}(?: +{LOUD})*)$"
# The last name is one word and its particles, at the one end or the other; everything else is first names.
GIVEN_FIRST = rf"^(.+?) +((?:{PARTICLE} +)*\S+)$"
GIVEN_LAST = rf"^((?:{PARTICLE} +)*\S+) +(\S.*)$"
SAMPLE = 2_000  # rows that tell the order


def has_names(exposure: Exposure) -> bool:
    """Whether first and last names are there, in two columns or in one."""
    return bool(exposure.of_kind("last_name") and exposure.of_kind("first_name")) or whole(exposure) is not None


def whole(exposure: Exposure) -> Field | None:
    """The column of whole names, where last and first names have no columns of their own."""
    return None if exposure.of_kind("last_name") and exposure.of_kind("first_name") else exposure.of_kind("full_name")


def parted(store: Store, exposure: Exposure, field: Field) -> tuple[Column, Column]:
    """Last and first name of each row as texts; a single word is a last name."""
    return halves(untitled(store.table(exposure.leak.table), field), given_first(store, exposure, field))


def halves(text: Column, given: bool) -> tuple[Column, Column]:
    """Last and first name of whole names without titles; `given`: the column mostly has the first name first."""
    if given:
        first, last = text.re_extract(GIVEN_FIRST, 1), text.re_extract(GIVEN_FIRST, 2)
    else:
        last, first = text.re_extract(GIVEN_LAST, 1), text.re_extract(GIVEN_LAST, 2)
    comma, loud, quiet = text.contains(","), regexp_full_match(text, LOUD_FIRST), regexp_full_match(text, LOUD_LAST)
    names: tuple[Column, Column] = (
        ibis.cases(
            (comma, text.re_extract("^([^,]*),", 1)),
            (loud, text.re_extract(LOUD_FIRST, 1)),
            (quiet, text.re_extract(LOUD_LAST, 2)),
            else_=last,
        ),
        ibis.cases(
            (comma, text.re_extract(",(.*)$", 1)),
            (loud, text.re_extract(LOUD_FIRST, 2)),
            (quiet, text.re_extract(LOUD_LAST, 1)),
            else_=first,
        ),
    )
    return ibis.coalesce(names[0].nullif(""), text), names[1].nullif("")


def untitled(raw: Rows, field: Field) -> Column:
    """The cells without titles, and with plain blanks."""
    return regexp_replace(bare(raw[f"c{field.position}"]).replace("\u00a0", " "), TITLE, "", "")


def given_first(store: Store, exposure: Exposure, field: Field) -> bool:
    """Whether the first word of the column's cells is more often a first name, by the lists, than the last word is."""
    raw, world, french = store.table(exposure.leak.table), store.reference(Vocabulary), store.reference(Names)
    step = max(1, exposure.leak.rows // SAMPLE)
    text = untitled(raw, field)
    rows = raw.select(at=raw.rowid(), text=text).filter((_.at % step == 0) & _.text.contains(" "))
    words = rows.select(word=fold(rows.text.re_extract(r"^(\S+)", 1)), begins=True).union(
        rows.select(word=fold(rows.text.re_extract(r"(\S+)$", 1)), begins=False)
    )
    bearers = french.select(
        word=french.name, given=(french["first"] - french["last"]) / (french["first"] + french["last"]).nullif(0)
    )
    listed = world.select(word=world.name, listed=(world["first"].cast("int64") - world["last"].cast("int64")).cast("float64"))
    known = words.left_join(bearers, "word").drop("word_right").left_join(listed, "word").drop("word_right")
    given: Column = ibis.coalesce(known.given, known.listed)
    told = dict(store.rows(known.group_by("begins").aggregate(given=given.mean())))
    return (told.get(True) or 0.0) >= (told.get(False) or 0.0)
