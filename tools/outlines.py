"""Map sources in, plain rings of points out: an SVG path parser and a TopoJSON decoder, for tools/reference.py."""

import re
import struct
from itertools import pairwise

Point = tuple[float, float]
Ring = list[Point]
# Boxes (lon min, lat min, lon max, lat max) that hold the overseas départements inside the polygon "France", and the
# place (x, y, size) of each inset on the 613 x 585 canvas of the mainland map.
DROM = {"971": ((-62, 15.7, -60.9, 16.7), (8, 385, 52)), "972": ((-61.4, 14.2, -60.6, 15), (8, 447, 52)),
        "973": ((-55, 2, -51, 6.2), (8, 509, 62)), "974": ((55, -21.6, 56, -20.6), (78, 447, 46)),
        "976": ((44.9, -13.2, 45.5, -12.4), (78, 509, 46))}  # fmt: skip
TOKEN = re.compile(r"[MmLlHhVvCcZz]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
WIDTH = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6}


def svg_rings(path: str) -> list[Ring]:
    """Rings of an SVG path made of M L H V C Z in both cases; curves count by their end point."""
    rings: list[Ring] = []
    x = y = 0.0
    start: Point = (0.0, 0.0)
    command, ring = "", []
    tokens = TOKEN.findall(path)
    at = 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
            if command in "Zz":
                rings.append(ring)
                ring, (x, y) = [], start
                continue
        width = WIDTH[command.upper()]
        numbers = [float(token) for token in tokens[at : at + width]]
        at += width
        x, y = moved(command, numbers, x, y)
        if command in "Mm":
            if ring:
                rings.append(ring)
            ring, start = [], (x, y)
            command = "l" if command == "m" else "L"
        elif not ring:
            ring.append(start)
        ring.append((round(x, 1), round(y, 1)))
    return [closed for closed in [*rings, ring] if len(closed) > 2]


def moved(command: str, numbers: list[float], x: float, y: float) -> Point:
    relative = command.islower()
    letter = command.upper()
    if letter == "H":
        return (x + numbers[0] if relative else numbers[0]), y
    if letter == "V":
        return x, (y + numbers[0] if relative else numbers[0])
    dx, dy = numbers[-2:]
    return (x + dx, y + dy) if relative else (dx, dy)


def arcs_of(world: dict) -> list[Ring]:
    """Every arc of a TopoJSON file in degrees: cumulative sums of its deltas, scaled and translated."""
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for deltas in world["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def drom_rings(world: dict) -> dict[str, list[Ring]]:
    """Rings of the five overseas départements, placed as insets at the lower left of the mainland."""
    arcs = arcs_of(world)
    france = next(g for g in world["objects"]["countries"]["geometries"] if g.get("id") == "250")
    found: dict[str, list[Ring]] = {code: [] for code in DROM}
    for polygon in france["arcs"]:
        ring: Ring = []
        for index in polygon[0]:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            ring += arc[1:] if ring else arc
        lon = sum(p[0] for p in ring) / len(ring)
        lat = sum(p[1] for p in ring) / len(ring)
        for code, ((west, south, east, north), _) in DROM.items():
            if west <= lon <= east and south <= lat <= north:
                found[code].append(ring)
    return {code: inset(rings, DROM[code][1]) for code, rings in found.items()}


def inset(rings: list[Ring], place: tuple[int, int, int]) -> list[Ring]:
    left, top, size = place
    xs = [p[0] for ring in rings for p in ring]
    ys = [p[1] for ring in rings for p in ring]
    scale = size / max(max(xs) - min(xs), max(ys) - min(ys))
    return [[(round(left + (x - min(xs)) * scale, 1), round(top + (max(ys) - y) * scale, 1)) for x, y in ring]
            for ring in rings]  # fmt: skip


def wkb_rings(told: bytes) -> list[Ring]:
    """The outer ring of each polygon of a multipolygon in well-known binary, little-endian."""
    rings: list[Ring] = []
    at = 9
    for _ in range(struct.unpack_from("<I", told, 5)[0]):
        holes = struct.unpack_from("<I", told, at + 5)[0]
        at += 9
        for place in range(holes):
            size = struct.unpack_from("<I", told, at)[0]
            flat = struct.unpack_from(f"<{2 * size}d", told, at + 4)
            at += 4 + 16 * size
            if not place:
                rings.append(list(zip(flat[::2], flat[1::2], strict=True)))
    return rings


def stepped(ring: Ring, scale: int, longest: int = 127) -> tuple[int, int, bytes, bytes] | None:
    """A ring on a grid: where it begins, and its steps to the east and the north, a signed byte each (a longer way is several
    steps). Points that fall together are one; None for a ring of less than three."""
    points = [(round(x * scale), round(y * scale)) for x, y in ring]
    points = [one for one, following in zip(points, points[1:] + points[:1], strict=True) if one != following]
    if len(points) < 3:
        return None
    steps: list[tuple[int, int]] = []
    for (x, y), (to_x, to_y) in pairwise(points):
        parts = -(-max(abs(to_x - x), abs(to_y - y)) // longest)
        marks = [(x + (to_x - x) * n // parts, y + (to_y - y) * n // parts) for n in range(parts + 1)]
        steps += [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(marks)]
    east, north = (bytes(step[axis] & 255 for step in steps) for axis in (0, 1))
    return (*points[0], east, north)
