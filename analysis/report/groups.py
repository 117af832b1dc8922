"""Impact in, the groups of people that can be listed out: a code (see `assess.listing.those_of`), its name, how many people."""

from collections.abc import Iterator

from analysis.ground.words import Said, say
from analysis.model import Impact

PLACES = {
    "care_home": say("Residents of what looks like care homes"),
    "boarding_school": say("Residents of what looks like boarding schools"),
    "barracks_or_prison": say("Residents of what looks like barracks or prisons"),
}


HELD = {
    "register": (say("In your register"), say("Perhaps in your register"), say("Not in your register")),
    "earlier": (say("In the earlier leak"), say("Perhaps in the earlier leak"), say("Not in the earlier leak")),
}


def groups(impact: Impact) -> Iterator[tuple[str, Said, int]]:
    around = impact.census.surroundings
    yield "minor", say("Minors"), impact.verdict.minors
    yield "old", say("People of 75 or older"), impact.verdict.over_75
    yield "deceased", say("Possibly deceased"), around.deceased
    yield from ((item.kind, PLACES[item.kind], item.people) for item in around.places)
    yield "village", say("Inhabitants of villages"), around.village
    yield "shared_email", say("People who share an e-mail address"), around.emails.people
    yield "shared_phone", say("People who share a phone"), around.phones.people
    yield "unreachable", say("Not reachable"), impact.verdict.reach.none
    yield from ((f"role:{item.role}", item.role.said, item.best) for item in impact.people.roles)
    for match in impact.matches:
        if match.table:
            counts = (match.confirmed, match.ambiguous, match.not_found)
            yield from zip(
                (f"{match.what}:{part}" for part in ("sure", "perhaps", "none")), HELD[match.what], counts, strict=True
            )
