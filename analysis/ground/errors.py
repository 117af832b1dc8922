"""What can go wrong, said for people: a code, one sentence, an exit status, and never a cell of the leak."""

from analysis.ground.words import Said

CANNOT_ANALYZE = 3
BAD_ARGUMENTS = 2


class Trouble(Exception):
    """Something that the person can act upon. Raise it `from None`: an engine's own words quote cells."""

    def __init__(self, code: str, said: Said, status: int = CANNOT_ANALYZE) -> None:
        super().__init__(code)
        self.code = code
        self.said = said
        self.status = status


class Cancelled(Exception):
    """Somebody called `Watch.stop()`."""
