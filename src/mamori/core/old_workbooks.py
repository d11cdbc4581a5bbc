"""How far the sheets of an old workbook (xls) reach, told from its records before it is read."""

import struct
from collections.abc import Iterator

from mamori.core.sheet_bounds import Extent, Unreadable

MAX_RECORDS = 6_000_000
LAST_ROW, LAST_COLUMN = 65_536, 256
NAMES = ("workbook", "book")
_END, _FREE_FROM = 0xFFFFFFFE, 0xFFFFFFFA
_SHEET, _EOF, _DIMENSIONS = 0x85, 0x0A, 0x200
# Records of cells begin with row and column; those of several cells end with the last column.
_CELLS = frozenset((0x06, 0x206, 0x406, 0x203, 0x204, 0x205, 0x207, 0x27E, 0xFD, 0xD6, 0x03, 0x04))
_SEVERAL = 0xBD


def extents(content: bytes) -> list[Extent]:
    """Give how far each sheet reaches. Errors: Unreadable when the file is not sound."""
    try:
        streams = list(_streams(content))
        if not streams:
            raise Unreadable
        return [reach for stream in streams for reach in _sheets(stream)]
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unreadable from error


def _streams(content: bytes) -> Iterator[bytes]:
    """Give every stream of a compound file that holds a workbook."""
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or small_shift > shift:
        raise Unreadable
    size = 1 << shift
    directory, cutoff, small_table = (
        struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60)
    )
    table = _table(content, size)
    folder = _chain(content, table, directory, size, (1 << 30) // size)
    entries = [folder[at : at + 128] for at in range(0, len(folder), 128)]
    small = b""
    for entry in entries:
        length = struct.unpack_from("<H", entry, 64)[0]
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace").lower()
        start, held = struct.unpack_from("<II", entry, 116)
        if name.strip("\0") not in NAMES:
            continue
        if held >= cutoff:
            yield _chain(content, table, start, size, len(content) // size + 1)[:held]
            continue
        if not small:
            root = struct.unpack_from("<I", entries[0], 116)[0]
            small = _chain(content, table, root, size, len(content) // size + 1)
            links = _chain(content, table, small_table, size, len(content) // size + 1)
            small_links = struct.unpack(f"<{len(links) // 4}I", links)
        yield _chain(bytes(1 << small_shift) + small, small_links, start, 1 << small_shift, 1 << 20)


def _table(content: bytes, size: int) -> tuple[int, ...]:
    """Give which sector follows which."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    more, left = struct.unpack_from("<II", content, 68)
    while more < _FREE_FROM and left:
        found = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        sectors += found[:-1]
        more, left = found[-1], left - 1
    used = [sector for sector in sectors if sector < _FREE_FROM]
    if len(used) > len(content) // size:
        raise Unreadable
    raw = b"".join(content[(one + 1) * size : (one + 2) * size] for one in used)
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _chain(content: bytes, table: tuple[int, ...], start: int, size: int, most: int) -> bytes:
    """Follow a chain of sectors; one that turns back on itself is refused."""
    pieces: list[bytes] = []
    at = start
    while at < _FREE_FROM:
        if len(pieces) > most:
            raise Unreadable
        pieces.append(content[(at + 1) * size : (at + 2) * size])
        at = table[at]
    return b"".join(pieces)


def _sheets(stream: bytes) -> Iterator[Extent]:
    """Give how far each sheet that a workbook names reaches."""
    seen = 0
    offsets: list[int] = []
    for kind, start, length in _records(stream, 0):
        seen += 1
        if kind == _SHEET and length >= 4:
            offsets.append(struct.unpack_from("<I", stream, start)[0])
    for offset in offsets:
        last = widest = 0
        for kind, start, length in _records(stream, offset):
            seen += 1
            if seen > MAX_RECORDS:
                raise Unreadable
            row, column = _place(stream, kind, start, length)
            last, widest = max(last, row), max(widest, column)
        yield Extent(last, widest, last * widest)


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """Give kind, start and length of each record up to the end of a sheet."""
    end = len(stream)
    while offset + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind == _EOF:
            return
        yield kind, offset + 4, length
        offset += 4 + length


def _place(stream: bytes, kind: int, start: int, length: int) -> tuple[int, int]:
    """Give the row and the column, from 1, that a record reaches; (0, 0) for other records."""
    if kind in _CELLS and length >= 4:
        row, column = struct.unpack_from("<HH", stream, start)
        return row + 1, column + 1
    if kind == _SEVERAL and length >= 6:
        row, first = struct.unpack_from("<HH", stream, start)
        last = struct.unpack_from("<H", stream, start + length - 2)[0]
        return row + 1, max(first + (length - 4) // 2, last + 1)
    if kind == _DIMENSIONS and length >= 10:
        wide = length >= 14
        rows, columns = struct.unpack_from("<4xI2xH" if wide else "<2xH2xH", stream, start)
        return (rows, columns) if rows > LAST_ROW or columns > LAST_COLUMN else (0, 0)
    return 0, 0
