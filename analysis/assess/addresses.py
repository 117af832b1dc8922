"""Impact in, how each person is told out: her name, the contact that reaches her (or her representative), in the engine. What is
there is leak text: it goes to the lists of those who must be told, and nowhere else."""

from collections.abc import Sequence
from functools import reduce

import ibis
from ibis import _

from analysis.assess.reaching import REPRESENTATIVES
from analysis.classify.cells import bare
from analysis.ground.watch import Watch
from analysis.model import HOUSE, Impact, Status, tables
from analysis.model.tables import Kept
from analysis.resolve.gather import Group, groups
from analysis.resolve.mentions import mention_of, row_of, slot_of
from analysis.store import Store
from analysis.store.functions import octets, regexp_full_match, regexp_replace
from analysis.store.rows import Column, Rows

TEXTS = {
    "last_name": ("last_name",),
    "first_name": ("first_name",),
    "full_name": ("full_name",),
    "email": ("email",),
    "phone": ("phone",),
    "street": ("address",),
    "postal_code": ("postal_code",),
    "city": ("city",),
}
BLANK = r"[\s\x00-\x1f\x7f-\x9f\x{2028}\x{2029}\x{202a}-\x{202e}\x{2066}-\x{2069}]+"  # and what turns a line round
PLAIN = r"[!-~\x{a1}-\x{2027}]+(?: [!-~\x{a1}-\x{2027}]+)*"  # nothing of that is in it
LONGEST = 200  # signs
CHECKED = frozenset({"email", "phone"})  # only what is valid reaches anybody


def addresses(store: Store, impact: Impact, watch: Watch) -> Kept[tables.Addresses]:
    """One row for each person in view: what tells and reaches her, and the representative of a minor."""
    people = impact.people
    every = groups(people.exposure)
    told = reduce(lambda one, more: one.union(more), [of_group(store, group) for group in every])
    links, persons = store.table(people.links).select("mention", "person"), store.table(people.table)
    scores = store.table(impact.verdict.table).select("person", "age", "minor", "channel", "profile")
    shared = persons.select("person", "roles", mail="email", line="phone", house="home", n="rows")
    whole = scores.inner_join(shared, "person")
    for kind, size in (("mail", "same_mail"), ("line", "same_line"), ("house", "same_house")):
        sizes = shared.filter(shared[kind].notnull()).group_by(kind).aggregate(**{size: _.count()})
        whole = whole.left_join(sizes, kind).drop(f"{kind}_right").mutate(**{size: lambda t, size=size: t[size].fill_null(1)})
    reached = with_texts(whole, told, links)  # texts last: what carries them is slow
    slots = [item.slot for item in every if item.place and item.role in REPRESENTATIVES]
    if not slots:
        alone = reached.mutate(**{f"by_{name}": ibis.null("string") for name in (*TEXTS, "name")})
        return store.keep(tables.Addresses, alone.drop("n"), watch)
    everybody = with_texts(persons.select("person", n="rows"), told, links)
    return store.keep(
        tables.Addresses, with_representative(slots, store.table(people.links), everybody, reached).drop("n"), watch
    )


def with_texts(persons: Rows, told: Rows, links: Rows) -> Rows:
    """The persons (`n`: mentions of each), with the first text of each kind that these hold. Most have one mention, which bears
    their number."""
    several = persons.filter(persons.n > 1).select("person")
    hers = told.inner_join(links.semi_join(several, "person"), "mention")
    more = hers.group_by("person").aggregate(
        **{f"m_{name}": hers[name].argmin(hers.mention, where=hers[name].notnull()) for name in TEXTS}
    )
    first = persons.left_join(told.rename(person="mention"), "person").drop("person_right")
    both = first.left_join(more, "person").drop("person_right")
    texts = both.select(*persons.columns, **{name: ibis.coalesce(both[name], both[f"m_{name}"]) for name in TEXTS})
    parts = (texts.first_name.fill_null("") + " " + texts.last_name.fill_null("")).strip().nullif("")
    return texts.mutate(name=ibis.coalesce(parts, texts.full_name, ibis.literal("")))


def of_group(store: Store, group: Group) -> Rows:
    """mention, and a text for each of `TEXTS`: empty ones, and contacts that are not valid, are NULL."""
    exposure = group.exposure
    raw, statuses = store.table(group.table.leak.table), store.table(group.table.table)
    rows = raw.select(row=raw.rowid(), **{column: raw[column] for column in raw.columns})
    rows = rows.inner_join(statuses, "row")
    fields = {name: field for name, kinds in TEXTS.items() if (field := exposure.of_kind(*kinds))}
    texts = {name: bare(rows[f"c{field.position}"]) for name, field in fields.items()}
    if "street" in texts and (house := next((item for item in exposure.fields if item.variant == HOUSE), None)):
        texts["street"] = bare(rows[f"c{house.position}"]) + " " + texts["street"]
    for name in CHECKED & fields.keys():
        texts[name] = ibis.ifelse(rows[f"s{fields[name].position}"] == int(Status.VALID), texts[name], None)
    known = rows.select("row", **texts).view()  # each text once
    known = known.select("row", **{name: in_one_line(known[name]) for name in fields}).view()
    found = {name: short(known[name]) if name in fields else ibis.null("string") for name in TEXTS}
    told = known.select(mention=mention_of(known.row, group.slot), **found)
    return told.filter(told.mention.notnull())  # ends the join, so that another one may follow


def in_one_line(text: Column) -> Column:
    return ibis.ifelse(regexp_full_match(text, PLAIN), text, regexp_replace(text, BLANK, " ", "g"))


def short(text: Column) -> Column:
    return ibis.ifelse(octets(text) > LONGEST, text.left(LONGEST), text).nullif("")


def with_representative(slots: Sequence[int], links: Rows, everybody: Rows, reached: Rows) -> Rows:
    """The persons with the name and contacts of the parent or guardian who stands in the row of a minor."""
    names = {name: f"by_{name}" for name in (*TEXTS, "name")}
    told = links.select("person", row=row_of(links.mention), slot=slot_of(links.mention))
    beside = told.filter(told["slot"].isin(slots)).select("row", by="person")
    hers = told.filter(~told["slot"].isin(slots)).inner_join(beside, "row").group_by("person").aggregate(by=_.by.min())
    theirs = everybody.drop("n").rename({new: old for old, new in names.items()} | {"by": "person"})
    pairs = hers.inner_join(theirs, "by").drop("by")
    joined = reached.left_join(pairs, "person").drop("person_right")
    return joined.mutate(**{name: ibis.ifelse(joined.minor, joined[name], ibis.null("string")) for name in names.values()})
