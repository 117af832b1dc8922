"""What a person's answers on doubtful pairs say of the count in, a sentence out."""

from analysis.ground.words import Said, say
from analysis.model import Measured


def reviewed(found: Measured) -> Said:
    """Precision and recall with their bounds."""
    return say(
        "{n} doubtful pair was looked at by a person: of those taken for one person, {right} are right ({least} to {most}); of "
        "those that are one person, {found} are found ({few} to {many}).",
        "{n} doubtful pairs were looked at by a person: of those taken for one person, {right} are right ({least} to {most}); "
        "of those that are one person, {found} are found ({few} to {many}).",
        n=found.answers + found.unsure,
        right=found.precision.best,
        least=found.precision.low,
        most=found.precision.high,
        found=found.recall.best,
        few=found.recall.low,
        many=found.recall.high,
    )
