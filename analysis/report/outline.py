"""Impact in, a neutral outline out: titled tables with a sentence each, that any medium can render."""

from analysis import __version__
from analysis.assess.projection import projection
from analysis.ground.words import Said, Words, say
from analysis.model import MANY_ROWS, Impact, Matched
from analysis.model.codes import Channel, MergeReason, RowReason
from analysis.report.counted import by_role, every_table
from analysis.report.declared import incident_page
from analysis.report.duties import due, duties_page, to_decide
from analysis.report.exposed import fields
from analysis.report.groups import PLACES, groups, parts_said
from analysis.report.lived import ages, communes, departments
from analysis.report.matches import sentences
from analysis.report.methods import other_methods, scenario_sheet, singled_out
from analysis.report.reviewed import reviewed
from analysis.report.severity import headline, severity
from analysis.report.sheet import Cell, Page
from analysis.report.texts import texts_page
from analysis.rules.kinds import kinds


def reason_of(code: str) -> Said:
    """Why records were mended, or rows merged."""
    return next((kind(code).said for kind in (RowReason, MergeReason) if code in set(kind)), say(code))


def sheets(impact: Impact, words: Words) -> tuple[Page, ...]:
    """The whole report, in reading order."""
    return (
        summary(impact, words),
        incident_page(impact, words),
        duties_page(impact, words),
        *by_role(impact, words),
        fields(impact, words),
        severity(impact, words),
        ages(impact, words),
        departments(impact, words),
        *((communes(impact, words),) if impact.census.communes else ()),
        care(impact, words),
        contact(impact, words),
        *texts_page(impact, words),
        *(comparison(item, words) for item in impact.matches),
        identification(impact, words),
        *singled_out(impact, words),
        scenario_sheet(impact, words),
        other_methods(impact, words),
        *projected(impact, words),
        *every_table(impact, words),
        quality(impact, words),
        method(impact, words),
    )


def projected(impact: Impact, words: Words) -> list[Page]:
    """What may be expected of all who are claimed, where the file is a sample of them."""
    found = projection(impact)
    if not found:
        return []
    rows = tuple((words.of(item.said), item.found, item.found / item.among, item.low, item.expected, item.high) for item in found)
    columns = (words("People"), words("In the file"), words("Share"), words("At least"), words("Expected"), words("At most"))
    said = words(
        "Among {n} people claimed, at 95 %, if the file is a random sample of them; a seller's sample seldom is.",
        n=impact.incident.claimed_people,
    )
    return [Page(words("Projection"), " ".join((said, *(words.of(item) for item in impact.warnings))), columns, rows)]


def summary(impact: Impact, words: Words) -> Page:
    people, leak = impact.people, impact.people.exposure.leak
    rows: list[tuple[Cell, ...]] = [
        *in_view(impact, words),
        (words("Records in the file"), leak.rows),
        (words("People, best estimate"), people.best),
        (words("People, low bound"), people.low),
        (words("People, high bound"), people.high),
        (words("Personal fields disclosed"), len(people.exposure.personal)),
        *headline(impact, words),
        (words("Minors"), impact.verdict.minors),
        *at_most_minors(impact, words),
        (words("People of 75 or older"), impact.verdict.over_75),
        (words("Reachable by e-mail"), impact.verdict.reach.any_email),
        (words("Reachable by SMS"), impact.verdict.reach.any_sms),
        (words("Reachable by letter"), impact.verdict.reach.any_post),
        (words("Reachable by a phone call"), impact.verdict.reach.any_call),
        (words("Minors among them: through their representatives"), impact.verdict.reach.minors),
        (words("Deceased: their relatives are told"), impact.verdict.reach.deceased),
        (words("Not reachable"), impact.verdict.reach.none),
    ]
    rows += [(words("To know"), words.of(item.said)) for item in impact.findings]
    rows += [(words("To do (presumption, to be confirmed)"), words.of(said)) for said in due(impact)]
    rows += [(words("To decide"), words.of(said)) for said in to_decide(impact)]
    rows += [(words("Limit"), words.of(said)) for said in people.limits]
    if people.review is not None:
        rows.append((words("Looked at by a person"), words.of(reviewed(people.review))))
    said = words("Leaked file {hash}, analyzed on this machine without any network.", hash=leak.sha256[:16])
    return Page(words("Summary"), said, (words("Item"), words("Value")), tuple(rows))


def in_view(impact: Impact, words: Words) -> list[tuple[Cell, ...]]:
    """Which part of the people the figures are of, where they are not of everybody."""
    if not impact.parts:
        return []
    return [(words("ONLY THESE PEOPLE"), parts_said(impact, words)), (words("People in all"), impact.among)]


def at_most_minors(impact: Impact, words: Words) -> list[tuple[Cell, ...]]:
    """Where births are told by the year or month alone."""
    most = impact.census.minors_at_most
    said = words("Minors at most: the day of birth is not told")
    return [(said, most)] if most > impact.verdict.minors else []


def care(impact: Impact, words: Words) -> Page:
    """Who needs care, and who lives together."""
    found, best = impact.census.surroundings, max(impact.people.best, 1)
    rows: list[tuple[Cell, ...]] = [(words.of(said), count, count / best) for _, said, count in groups(impact)]
    rows += [
        (words("Households (addresses of two people or more)"), found.households, ""),
        (words("People in them"), found.in_households, found.in_households / best),
        (words("Most people at one address"), found.largest, ""),
    ]
    rows += [(words("{place}: addresses", place=PLACES[item.kind]), item.addresses, "") for item in found.places]
    rows += [
        (
            words("Persons with {n} row", "Persons with {n} rows", n=size)
            if size < MANY_ROWS
            else words("Persons with {n} rows or more", n=MANY_ROWS),
            n,
            n / best,
        )
        for size, n in impact.people.sizes
    ]
    said = words("Places are told by how many people share an address and how old they are (our convention).")
    return Page(words("Vulnerable people"), said, (words("Group"), words("People"), words("Share")), tuple(rows))


def contact(impact: Impact, words: Words) -> Page:
    """How everybody can be told, and what it costs."""
    found, costs = impact.verdict.reach, dict(impact.verdict.reach.costs)
    best = {"email": found.email, "sms": found.sms, "post": found.post, "call": found.call}
    rows: list[tuple[Cell, ...]] = [
        (words("Best channel: {channel}", channel=Channel(name).said), count, f"{words.decimal(costs.get(name, 0.0))} €")
        for name, count in best.items()
    ]
    rows += [
        (words("Not reachable: public communication (Article 34(3)(c))"), found.none, ""),
        (words("Minors among them: through their representatives"), found.minors, ""),
        (words("Deceased: their relatives are told"), found.deceased, ""),
        (words("All of them, once"), sum(best.values()), f"{words.decimal(sum(costs.values()))} €"),
    ]
    rows += [(" + ".join(words.of(Channel(part).said) for part in name.split("+")), n, "") for name, n in found.together if name]
    for what, item in (
        (say("E-mail addresses of several people"), impact.census.surroundings.emails),
        (say("Phones of several people"), impact.census.surroundings.phones),
    ):
        rows += [(words.of(what), item.points, ""), (words("Most people who share one"), item.most, "")]
    said = words(
        "A message is costed at the price that the incident file gives, else at our assumption; the best channel is e-mail, "
        "then SMS, then a letter."
    )
    return Page(words("Reach"), said, (words("Channel"), words("People"), words("Cost")), tuple(rows))


def comparison(found: Matched, words: Words) -> Page:
    """The leak against another file."""
    rows: list[tuple[Cell, ...]] = [(words.of(said), "", "", "", "") for said in sentences(found)]
    rows += [
        (words.of(kinds()[item.kind].said), item.agree, item.differ, item.only_here, item.only_there) for item in found.fields
    ]
    rows += [(f"{item.column} : {item.value}"[:200], item.leaked, "", "", item.records) for item in found.sites]
    title = words("Own register") if found.what == "register" else words("Earlier leak")
    columns = (
        words("Field, or value of the register"),
        words("Agree"),
        words("Differ"),
        words("Only in the leak"),
        words("Only in the other file, or its records"),
    )
    return Page(title, words("Persons who are in both files, and how far their fields agree."), columns, tuple(rows))


def identification(impact: Impact, words: Words) -> Page:
    found = impact.census.reidentification
    rows: list[tuple[Cell, ...]] = [
        (words("People with birth date, sex and postal code"), found.rows),
        (words("Equivalence classes"), found.classes),
        (words("k-anonymity (smallest class)"), found.k),
        (words("Alone in the file"), found.uniques),
        (words("Highest prosecutor risk"), found.highest),
        (words("Average prosecutor risk"), found.average),
        (words("Share of records at a risk above 0.2"), found.at_risk),
        (
            words("Expected share alone in the real population of their town"),
            found.alone_in_town if found.covered else "–",
        ),
        (words("Median number of other people expected to share the three"), words.decimal(found.median_others)),
    ]
    said = words(
        "Alone in the file is not alone in town: the second figure counts the real inhabitants, of the commune where it is known "
        "({n} people), else of the postal code.",
        n=found.communes,
    )
    return Page(words("Re-identification"), said, (words("Measure"), words("Value")), tuple(rows))


def quality(impact: Impact, words: Words) -> Page:
    leak = impact.people.exposure.leak
    ledger = leak.ledger
    rows: list[tuple[Cell, ...]] = [
        (words("Physical lines"), ledger.physical_lines),
        (words("Records read"), ledger.records_read),
        (words("Header"), ledger.header),
        (words("Lines before the header"), ledger.preamble),
        (words("Blank"), ledger.blank),
        (words("Kept as they stand"), ledger.kept),
        (words("Irregular"), ledger.irregular),
        (words("Repaired"), ledger.repaired),
        (words("Rejected"), ledger.rejected),
    ]
    rows += [(words("of which: {reason}", reason=reason_of(reason)), count) for reason, count in ledger.reasons]
    rows += [(words("Rows merged: {reason}", reason=reason_of(reason)), count) for reason, count in impact.people.merges]
    said = words("Records read = header + lines before it + blank + kept + irregular + repaired + rejected.")
    return Page(words("Data quality"), said, (words("Item"), words("Records")), tuple(rows))


METHOD: tuple[Said, ...] = (
    say("Severity: ENISA, Recommendations for a methodology of the assessment of severity of personal data breaches, 2013."),
    say("One score per person, and the CNIL level of a band, are our convention: neither ENISA's nor the CNIL's."),
    say("A duty drawn from a band is a presumption; the legal tests are Articles 33(1) and 34(1) GDPR."),
    say(
        "High bound: a third of the linked pairs may be wrong, and rows of one name and birth date with nothing else in common. "
        "Best estimate: same normalized identity, and slips tied by a contact point. "
        "Low bound: possible slips too, and the pairs that the model itself says it cannot find."
    ),
    say("k-anonymity and prosecutor risks: as ARX computes them, on birth date, sex and postal code."),
    say(
        "Alone in town: expected from the inhabitants of the postal code and the French age pyramid, births uniform over the "
        "year."
    ),
    say("A name is common when more than 10 namesakes are expected in France from the Insee lists (our convention)."),
    say("Main e-mail address, public directory: not knowable offline; the most prudent reading is taken."),
)


def method(impact: Impact, words: Words) -> Page:
    leak = impact.people.exposure.leak
    rows: list[tuple[Cell, ...]] = [(words("Method"), words.of(said)) for said in METHOD]
    rows += [
        (words("SHA-256 of the file"), leak.sha256),
        (words("Encoding and delimiter"), f"{leak.dialect.encodings}  {leak.dialect.delimiter!r}"),
        (words("Rules"), impact.rules),
        (words("Program"), f"Ampleur {__version__}"),
        (words("Incident"), impact.incident.controller or words("not declared")),
        (words("Rule for the full name"), impact.incident.identifiers_rule),
    ]
    return Page(
        words("Method"), words("How each figure was computed, and with what."), (words("Item"), words("Description")), tuple(rows)
    )
