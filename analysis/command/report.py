"""A leak in, what is handed over out: summaries, letters, forms, and the lists of those who must be told."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace

from analysis import handover, report
from analysis.command.analyze import question_of
from analysis.command.console import Bar, summary
from analysis.command.door import LISTS, LISTS_IN_CLEAR
from analysis.command.reading import password
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.words import Said, Words, say
from analysis.handover.authority import earlier
from analysis.pipeline import answer, by_controllers, came_back
from analysis.store import Store, estimate


def run(options: Namespace, words: Words) -> int:
    wanted, secret = wanted_of(options), secret_of(options)
    handed: report.Handed | None = None
    told: list[Said] = []
    with Bar(words) as bar:
        question = question_of(options)
        store = Store(on_disk=estimate(question.files))
        try:
            impact = answer(store, question, bar.watch.within(0.0, 0.5))
            if options.lists:
                part, kind = bar.watch.within(0.5, 0.7), options.lists_kind
                place = options.to / (LISTS if secret else LISTS_IN_CLEAR)
                with store.scratch():
                    back = came_back(store, options.returned, part.within(0.0, 0.2))
                    rest = part.within(0.2, 1.0)
                    handed = report.write_lists(store, impact, place, words, rest, secret, kind, options.households, back)
                if handed.back is not None:  # what follows says how many were reached
                    impact = impact.told_of(replace(impact.incident, informed_people=handed.back.told))
            bar.say(say("Writing the documents"))
            if options.split_by:
                part = bar.watch.within(0.7, 1.0)
                position = handover.position_of(impact, options.split_by)
                by = by_controllers(store, impact, position, options.controllers, part)
                n, several, unfinished = handover.split(store, impact, by, options.to, wanted, words, part)
                told.append(say("{n} packs were written; {m} people stand in more than one.", n=n, m=several))
            else:
                unfinished = handover.pack(store, impact, options.to, wanted, words, bar.watch)
        finally:
            store.close()
    summary(impact, words)
    if handed is not None:
        if handed.back is not None:
            told += report.back_said(handed.back)
        told.append(
            say(
                "The lists tell {n} person; {m} cannot be told by them.",
                "The lists tell {n} people; {m} cannot be told by them.",
                n=handed.informed,
                m=handed.not_informed,
            ),
        )
    if unfinished:
        names = ", ".join(handover.called(name, words) for name in unfinished)
        told.append(say("Not finished, and marked so on the first page: {names}.", names=names))
    for said in told:
        print(words.of(said))
    return 0


def wanted_of(options: Namespace) -> handover.Wanted:
    """Which documents, in which formats. Raises Trouble."""
    alone = options.letters or options.authority or options.shareable
    if options.only and alone:
        said = say("Letters, notifications and figures to be shared are about everybody: leave out --only.")
        raise Trouble("only", said, BAD_ARGUMENTS)
    if options.template and not options.letters:
        said = say("The template is one of letters: say --letters as well.")
        raise Trouble("template", said, BAD_ARGUMENTS)
    if options.returned and not options.lists:
        said = say("Lists that came back are followed by new ones: say --lists as well.")
        raise Trouble("returned_alone", said, BAD_ARGUMENTS)
    if options.controllers and not options.split_by:
        said = say("A list of controllers says whose the values of a column are: name the column with --split-by.")
        raise Trouble("controllers_alone", said, BAD_ARGUMENTS)
    if options.split_by and options.shareable:
        said = say("Figures of one controller beside those of all would give small counts away: leave out --shareable.")
        raise Trouble("shareable", said, BAD_ARGUMENTS)
    if (options.since or options.withdraw or options.follows) and not options.authority:
        said = say("An earlier notification is followed or taken back by a new one: name it with --authority.")
        raise Trouble("authority", said, BAD_ARGUMENTS)
    return handover.Wanted(
        formats=among(options.formats, handover.FORMATS),
        letters=options.letters,
        forms=among(options.authority, handover.FORMS),
        shareable=options.shareable,
        follows=options.follows,
        before=earlier(options.since) if options.since else None,
        withdrawn=options.withdraw,
        template=options.template,
    )


def among(asked: str, known: Sequence[str]) -> tuple[str, ...]:
    """The names of a list. Raises Trouble for one that there is not."""
    found = tuple(name.strip() for name in asked.split(",") if name.strip())
    if wrong := next((name for name in found if name not in known), None):
        said = say("No document is called {name}: there are {known}.", name=wrong[:40], known=", ".join(known))
        raise Trouble("formats", said, BAD_ARGUMENTS)
    return found


def secret_of(options: Namespace) -> str | None:
    """The passphrase of the lists; None where they are wanted in clear. Raises Trouble where nobody said which."""
    if not options.lists or options.in_clear:
        return None
    if options.passphrase_file is None:
        said = say(
            "The lists hold names and contacts: give a passphrase with --passphrase-file, or say --in-clear where the disk is "
            "encrypted."
        )
        raise Trouble("lists_secret", said, BAD_ARGUMENTS)
    return password(options.passphrase_file)
