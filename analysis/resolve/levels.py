"""A column of evidence in, the levels by which Splink compares it out, from equal to different."""

from typing import TYPE_CHECKING

from analysis.resolve.compared import BOX, DIGITS, Compared
from analysis.resolve.conflict import MISSPELLED, SLIPS

if TYPE_CHECKING:
    from splink.comparison_level_library import CustomLevel
    from splink.comparison_library import CustomComparison

GIVEN = ("first_name", "middle_name")  # names that are shortened to their beginning
NO_DAY, UNKNOWN_DAY = "('0000')", "('0000', '0101', '1231')"  # what stands for the day of a year that is known
MAILBOX = 6  # signs of a mailbox's name that is one's own
SWAPPED = 0.85  # Jaro-Winkler of names in each other's place


def comparison(item: Compared) -> "CustomComparison":
    """Levels from equal to different, by form."""
    import splink.comparison_level_library as levels
    from splink.comparison_library import CustomComparison

    name = item.name
    exact = levels.ExactMatchLevel(
        name, term_frequency_adjustments=item.form in ("name", "text", "email", "code") or item.distinct > 30
    )
    match item.form:
        case "name":
            swapped, crossed = elsewhere(item)
            begun = [levels.CustomLevel(f"starts_with({name}_l, {name}_r) OR starts_with({name}_r, {name}_l)", "begun")]
            begun = begun if item.field.kind in GIVEN else []
            near = [*swapped, levels.JaroWinklerLevel(name, 0.92), *begun, levels.JaroWinklerLevel(name, 0.8), *crossed]
        case "email":
            near = near_mailboxes(name)
        case "text":
            near = [levels.JaroWinklerLevel(name, 0.92), levels.JaroWinklerLevel(name, 0.8)]
        case "date":
            alone = " OR ".join(f"right({name}_{side}, 4) IN {UNKNOWN_DAY if item.unsure else NO_DAY}" for side in "lr")
            alone = f"left({name}_l, 4) = left({name}_r, 4) AND ({alone})"
            year = levels.CustomLevel(alone, "same year, no day")
            near = [slips(name, 1), year, slips(name, 2)]
        case "code":
            near = [slips(name, 1), slips(name, 2)]
        case _:
            near = []
    told = [levels.CustomLevel(f"{place}_l = {place}_r", f"same {place}").configure(is_null_level=True) for place in item.within]
    return CustomComparison(
        output_column_name=name, comparison_levels=[levels.NullLevel(name), *told, exact, *near, levels.ElseLevel()]
    )


def slips(name: str, most: int, where: str = "TRUE") -> "CustomLevel":
    """Level of texts that are so many slips apart: `store/functions.slips` in the library's own language. `where`: a condition
    that is cheaper to ask."""
    from splink.comparison_level_library import CustomLevel

    one, other = f"{name}_l", f"{name}_r"
    far = f"NOT ({where}) OR levenshtein({one}, {other}) > {2 * most}"
    return CustomLevel(f"CASE WHEN {far} THEN FALSE ELSE damerau_levenshtein({one}, {other}) <= {most} END", f"slips {most}")


def near_mailboxes(name: str) -> "list[CustomLevel]":
    """Levels of an e-mail: a slip or two, the same name before the sign at another provider. Its letters are mostly those of
    a name that is compared already: what tells two people of that name apart are the digits, which a slip leaves alone."""
    from splink.comparison_level_library import CustomLevel

    same = f"{name}{DIGITS}_l = {name}{DIGITS}_r AND abs(length({name}_l) - length({name}_r)) <= {SLIPS}"
    elsewhere = CustomLevel(f"{name}{BOX}_l = {name}{BOX}_r AND length({name}{BOX}_l) >= {MAILBOX}", "same mailbox elsewhere")
    return [slips(name, SLIPS, same), elsewhere]


def elsewhere(item: Compared) -> "tuple[list[CustomLevel], list[CustomLevel]]":
    """Levels of a name that stands where the other one has its first name, and the other way round: equal ones, and behind those
    that are alike where they stand, alike ones; and of whole names, of one that stands alone."""
    from splink.comparison_level_library import CustomLevel

    name, other = item.name, item.other
    if not other:
        return [], []
    crossed = ((f"{name}_l", f"{other}_r"), (f"{other}_l", f"{name}_r"))
    alike = " AND ".join(f"jaro_winkler_similarity({one}, {two}) >= {SWAPPED}" for one, two in crossed)
    halves = [
        f"{same[0]} = {same[1]} AND (jaro_winkler_similarity({one}, {two}) >= {MISSPELLED} OR starts_with({one}, {two}) OR "
        f"starts_with({two}, {one}))"
        for same, (one, two) in (crossed, crossed[::-1])
    ]
    alike = " OR ".join(f"({way})" for way in (alike, *halves))
    swapped = [CustomLevel(" AND ".join(f"{one} = {two}" for one, two in crossed), "swapped")]
    if item.half != "last":
        return swapped, [CustomLevel(alike, "nearly swapped")]
    alone = f"({other}_l IS NULL AND {name}_l = {other}_r) OR ({other}_r IS NULL AND {name}_r = {other}_l)"
    return [*swapped, CustomLevel(alone, "alone")], [CustomLevel(alike, "nearly swapped")]
