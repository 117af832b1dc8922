"""A case file in and out: all that a person said of a leak (JSON; `.ampleur`). It holds the incident, positions and kinds of
columns, numbers of rows and lines, names of tables and of the sources, filters, what was exported, and no cell of the leak."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.declare.case import case_of, text, wrong
from analysis.declare.incident import incident_of, told
from analysis.declare.question import Question
from analysis.ground.errors import BAD_ARGUMENTS, Trouble
from analysis.ground.whole import whole
from analysis.ground.words import say
from analysis.model import Asked, Case, Incident, Key

ENDING = ".ampleur"
VERSION = 2
MOST = 1 << 24  # bytes of a case file
SPOKEN = ("encoding", "delimiter", "quote", "header", "table", "join")  # of how a file is written; never a password
LINKS = ("auto", "exact", "full")


@dataclass(frozen=True, slots=True)
class Exported:
    """A document that was written: its name (without its path), and when (ISO 8601, with its offset)."""

    name: str
    at: str


OF_CELLS = ("value:", "text:", "range:")  # filters that are not kept


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that was said of a leak. `sha256`: of what was read, `sources`: names of the files, without their paths."""

    sha256: str = ""
    sources: tuple[str, ...] = ()
    incident: Incident = field(default_factory=Incident)
    cases: tuple[Case, ...] = ()
    asked: Asked = field(default_factory=Asked)
    table: str | Key = ""
    link: str = "exact"
    parts: tuple[str, ...] = ()
    exports: tuple[Exported, ...] = ()
    choices: tuple[str, ...] = ()  # what was ticked to be handed over: documents, formats, `split:3`
    hidden: tuple[str, ...] = ()  # columns of the list that are not shown: `score`, `c3`

    @property
    def says(self) -> bool:
        """Whether there is anything in it that a person would miss."""
        cases = tuple(item for item in self.cases if decides(item))
        return replace(self.decided, sha256="", sources=(), cases=cases) != Dossier()

    @property
    def decided(self) -> "Dossier":
        """Without what was exported, ticked and hidden: nobody is asked whether to save that."""
        return replace(self, exports=(), choices=(), hidden=())

    def question(self, files: tuple[Path, ...], today: date) -> Question:
        """What is asked of the leak with all that was said."""
        return Question(self.incident, today, files, self.asked, self.table, self.cases, self.link, parts=self.parts)


def decides(case: Case) -> bool:
    """Whether a person decided anything in it."""
    return replace(case, sha256="", table=0, rules="", kinds=()) != Case()


def dossier_of(
    question: Question, cases: tuple[Case, ...], sha256: str, exports: tuple[Exported, ...] = (), choices: tuple[str, ...] = ()
) -> Dossier:
    """What was said, without paths, passwords, the other files and filters that hold what stands in a cell. `cases`: as they are
    known by now."""
    parts = tuple(code for code in question.parts if not code.startswith(OF_CELLS))
    asked = replace(question.asked, password="", placed=())
    names = tuple(path.name for path in question.files)
    return Dossier(sha256, names, question.incident, cases, asked, question.table, question.link, parts, exports, choices)


def written(dossier: Dossier) -> bytes:
    """The bytes of a case file."""
    spoken = {name: getattr(dossier.asked, name) for name in SPOKEN}
    found = {
        "case": VERSION,
        "sha256": dossier.sha256,
        "sources": dossier.sources,
        "incident": told(dossier.incident),
        "tables": [asdict(case) for case in dossier.cases],
        "asked": {name: value for name, value in spoken.items() if value not in ("", None)},
        "table": asdict(dossier.table) if isinstance(dossier.table, Key) else dossier.table,
        "link": dossier.link,
        "parts": dossier.parts,
        "exports": [asdict(item) for item in dossier.exports],
        "choices": dossier.choices,
        "hidden": dossier.hidden,
    }
    return (json.dumps(found, indent=1, ensure_ascii=False, default=date.isoformat) + "\n").encode()


def read(data: bytes) -> Dossier:
    """Raises Trouble for what is no case file. One of the first version, of a single table, opens too."""
    try:
        found = json.loads(data)
        version = int(found["case"]) if "case" in found else 1
        if version > VERSION:
            said = say("This case file was written by a newer version of Ampleur: open it with that one.")
            raise Trouble("case_newer", said, BAD_ARGUMENTS)
        if version == 1:
            case = case_of(found)
            return Dossier(case.sha256, cases=(case,))
        asked = {name: found["asked"][name] for name in SPOKEN if name in found["asked"]}
        if not all(isinstance(value, int if name == "header" else str) for name, value in asked.items()):
            raise ValueError
        return Dossier(
            text(found["sha256"]),
            tuple(text(name) for name in found["sources"]),
            incident_from(found["incident"]),
            tuple(case_of(item) for item in found["tables"]),
            Asked(**asked),
            Key(**found["table"]) if isinstance(found["table"], dict) else text(found["table"]),
            LINKS[LINKS.index(found["link"])],
            tuple(text(code) for code in found["parts"]),
            tuple(Exported(text(item["name"]), text(item["at"])) for item in found["exports"]),
            tuple(text(name) for name in found.get("choices", ())),
            tuple(text(name) for name in found.get("hidden", ())),
        )
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        raise wrong() from None


def incident_from(found: Mapping[str, Any]) -> Incident:
    """Raises Trouble that names the key."""
    said = dict(found)
    if "breach_date" in said:
        said["breach_date"] = date.fromisoformat(str(said["breach_date"]))
    return incident_of(said)


def load_dossier(path: Path) -> Dossier:
    """Raises Trouble for what is no case file."""
    try:
        if path.stat().st_size > MOST:
            raise wrong()
        return read(path.read_bytes())
    except FileNotFoundError:
        raise Trouble("case", say("There is no such case file."), BAD_ARGUMENTS) from None
    except OSError:
        raise wrong() from None


def save_dossier(dossier: Dossier, path: Path) -> None:
    """Written whole or not at all."""
    with whole(path) as part:
        part.write_bytes(written(dossier))
