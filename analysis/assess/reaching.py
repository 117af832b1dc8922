"""Persons in, what decides whether they can be told out: contacts that reach nobody in particular, who is dead, and through
whom a minor is reached."""

from operator import or_

from ibis import _, literal, union

from analysis.assess.profile import BY
from analysis.ground.watch import Watch
from analysis.model import People, Status, tables
from analysis.model.codes import Role
from analysis.model.tables import Kept
from analysis.resolve.gather import groups
from analysis.resolve.mentions import mention_of, row_of, slot_of
from analysis.rules import shapes
from analysis.rules.loading import load
from analysis.store import Store
from analysis.store.balance import balanced
from analysis.store.rows import Column, Rows

REPRESENTATIVES = (Role.GUARDIAN,)
SHARED = ("email", "phone")


def contacts(store: Store, persons: Rows, watch: Watch) -> Kept[tables.Contacts]:
    """The e-mails and phones that several persons share, and whether they are a crowd's."""
    both = union(
        *(of_crowds(persons, kind).select(kind=literal(kind), contact=_[kind], size=_["size"], crowd=_.crowd) for kind in SHARED)
    )
    return store.keep(tables.Contacts, both, watch, load(shapes.Places).version)


def of_crowds(persons: Rows, kind: str) -> Rows:
    """The values of a kind that several persons have, their size, and whether people of many last names share one: of a ward, a
    school or a clerk, it reaches nobody in particular. (A family has one name or two; where nobody has a name, a crowd is
    larger.)"""
    rule = load(shapes.Places).crowd
    several = of_several(persons, kind)
    among = persons.semi_join(several.filter(several["size"] >= rule.names), kind)
    names = among.group_by(kind).aggregate(names=among.last_name.nunique(), named=among.last_name.count())
    told = several.left_join(names, kind).drop(f"{kind}_right")
    many = (told.names >= rule.names) | ((told.named == 0) & (told["size"] >= rule.people))
    return told.mutate(crowd=many.fill_null(False))


def of_several(persons: Rows, kind: str) -> Rows:
    """The values of a kind that several persons have, and their size."""
    used = persons.filter(persons[kind].notnull()).group_by(kind).aggregate(size=_.count())
    return used.filter(used["size"] > 1)


def crowded(store: Store, name: Kept[tables.Contacts], kind: str) -> Column:
    """The contacts of a kind that reach nobody in particular."""
    shared = store.table(name)
    return shared.filter((shared.kind == kind) & shared.crowd).contact


def dead(store: Store, people: People) -> Rows | None:
    """`person`: those with a valid date of death; None where no column holds one."""
    fields = [field for field in people.exposure.fields if field.kind == "death_date" and field.valid]
    if not fields:
        return None
    statuses, links = store.table(people.exposure.table), store.table(people.links)
    dated = statuses.filter(balanced(or_, [statuses[f"s{field.position}"] == int(Status.VALID) for field in fields]))
    return links.semi_join(dated.select(mention=mention_of(dated.row)), "mention").select("person").distinct()


def represented(store: Store, people: People, persons: Rows) -> Rows | None:
    """person, by_email, by_sms, by_post: by what the parent or guardian who stands in her row can be reached; None where no
    column describes one."""
    every = groups(people.exposure)
    slots = [item.slot for item in every if item.place and item.role in REPRESENTATIVES]
    subjects = [item.slot for item in every if not item.place]
    if not slots:
        return None
    links = store.table(people.links)
    told = links.select("person", row=row_of(links.mention), slot=slot_of(links.mention))
    contact = persons.select("person", "email", "phone", "home", "mobile", "email_role")
    beside = told.filter(told["slot"].isin(slots)).inner_join(contact, "person")
    by = beside.group_by("row").aggregate(
        by_email=(beside.email.notnull() & ~beside.email_role.fill_null(False)).any(),
        by_sms=(beside.phone.notnull() & beside.mobile.fill_null(False)).any(),
        by_post=beside["home"].notnull().any(),
    )
    hers = told.filter(told["slot"].isin(subjects)).select("person", "row").inner_join(by, "row")
    return hers.group_by("person").aggregate(**{name: hers[name].any() for name in BY})
