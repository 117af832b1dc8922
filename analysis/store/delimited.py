"""How a delimited text is cut into cells in, the engine's statement that reads it out."""

from analysis.store.engine import MEBIBYTE, literal
from analysis.store.gate import Shape

GROUP = 147_456  # rows of a buffer of text: a little more than the engine's own groups of rows, which is a third faster
ENGINE_LINE = 2_000_000  # bytes of a line that the engine's reader takes unasked
BUFFERS = (4 * MEBIBYTE, 64 * MEBIBYTE)  # bytes of such a buffer
REFUSED = (
    "SELECT line_byte_position, min(error_type::VARCHAR), any_value(csv_line) FROM reject_errors "
    "GROUP BY line_byte_position ORDER BY line_byte_position"
)
FORGET = "DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans"


def selected(source: str, columns: int, shape: Shape) -> str:
    """All columns of the stream of that name as text c0 ... cN."""
    names = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(columns))
    nulls = f"nullstr = {literal(shape.null)}, allow_quoted_nulls = false, " if shape.null else ""
    nulls += f"new_line = {literal(shape.end)}, " if shape.end else ""
    buffer = f"buffer_size = {min(max(GROUP * shape.line, BUFFERS[0]), BUFFERS[1])}, " if shape.line else ""
    if shape.longest:
        buffer = f"max_line_size = {shape.longest}, buffer_size = {2 * shape.longest}, "
    return (
        f"SELECT {chosen(columns, shape)} FROM read_csv({literal(source)}, {nulls}"
        f"delim = {literal(shape.delimiter)}, quote = {literal(shape.quote)}, "
        f"escape = {literal(shape.escape or shape.quote)}, header = false, skip = {shape.skip}, auto_detect = "
        f"false, {buffer}columns = {{{names}}}, store_rejects = true, rejects_limit = 0)"
    )


def chosen(columns: int, shape: Shape) -> str:
    """The columns, the last one parted where it holds a text that gets a column of its own."""
    if not shape.parted:
        return "*"
    last = f"c{columns - 1}"
    held = f"contains({last}, {literal(shape.parted)})"
    before, after = (f"split_part({last}, {literal(shape.parted)}, {part})" for part in (1, 2))
    own = f"CASE WHEN {held} THEN {after} END AS c{columns}"
    return f"* REPLACE (CASE WHEN {held} THEN nullif({before}, '') ELSE {last} END AS {last}), {own}"
