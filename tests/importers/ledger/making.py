"""Makes ledger files of every kind for the tests, also kinds that no library here can write."""

import struct
import zipfile
from html import escape
from io import BytesIO

import xlsxwriter

HEADINGS = [
    *("管理番号", "メーカー", "OS", "ソフトウェア", "バージョン", "IPアドレス"),
    *("コンピュータ名", "設置場所", "利用者", "登録日", "状態", "備考"),
]


def row(number, **changes):
    """A plain good row, with some cells changed by heading."""
    usual = {
        "管理番号": f"{number:03d}",
        "メーカー": "富士通",
        "OS": "Windows 11 Pro",
        "ソフトウェア": "XX電子カルテ",
        "バージョン": "2.0",
        "IPアドレス": f"192.168.1.{number}",
        "コンピュータ名": f"PC-{number:03d}",
        "設置場所": "外来診察室",
        "利用者": "医師a、看護師b",
        "登録日": "2020/12/01",
        "状態": "使用中",
        "備考": "",
    }
    return [(usual | changes)[heading] for heading in HEADINGS]


def csv(rows, encoding="utf-8", separator=","):
    """Rows as separated text."""
    lines = []
    for one in rows:
        quoted = ['"' + str(c).replace('"', '""') + '"' if c != "" else "" for c in one]
        lines.append(separator.join(quoted))
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def xlsx(sheets, merges=()):
    """Sheets (name → rows) as a workbook; merges are (sheet, top, left, bottom, right), from 0."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy/mm/dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, one in enumerate(rows):
            for column, cell in enumerate(one):
                if hasattr(cell, "year"):
                    sheet.write_datetime(at, column, cell, day)
                elif cell != "":
                    sheet.write(at, column, cell)
        for where, top, left, bottom, right in merges:
            if where == name:
                value = rows[top][left]
                sheet.merge_range(top, left, bottom, right, value)
    book.close()
    return content.getvalue()


def _record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def _biff(name, rows, merges, *, locked, more=b""):
    """An Excel 97 workbook stream of one sheet."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    label = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    filepass = _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if locked else b""
    head = _record(0x809, bof) + filepass
    bound = len(head) + 4 + 6 + len(label) + 4
    head += _record(0x85, struct.pack("<IH", bound, 0) + label) + _record(0x0A, b"")
    body = _record(0x809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for at, one in enumerate(rows):
        for column, cell in enumerate(one):
            if isinstance(cell, float | int):
                body += _record(0x203, struct.pack("<HHHd", at, column, 0, cell))
            elif cell:
                text = cell.encode("utf-16-le")
                head_of = struct.pack("<HHHHB", at, column, 0, len(cell), 1)
                body += _record(0x204, head_of + text)
    if merges:
        ranges = b"".join(struct.pack("<HHHH", t, b, le, r) for t, le, b, r in merges)
        body += _record(0xE5, struct.pack("<H", len(merges)) + ranges)
    return head + body + more + _record(0x0A, b"")


def ole(name, stream):
    """A compound file (as old Office wrote them) with one stream."""
    stream += bytes(-len(stream) % 512)
    stream += bytes(max(0, 4096 - len(stream)))
    sectors = len(stream) // 512
    assert sectors <= 126
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(title, kind, child, start, size):
        text = title.encode("utf-16-le") + b"\0\0"
        data = text + bytes(64 - len(text)) + struct.pack("<HBB", len(text), kind, 1)
        data += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
        return data + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    folder += entry(name, 2, 0xFFFFFFFF, 2, len(stream))
    folder += bytes(512 - len(folder))
    return header + struct.pack("<128I", *fat) + folder + stream


def xls(rows, name="台帳", merges=(), *, locked=False, more=b""):
    """Rows as an Excel 97 workbook; `more` records are put after the last cell."""
    return ole("Workbook", _biff(name, rows, merges, locked=locked, more=more))


def ods(sheets, tail=""):
    """Sheets (name → rows) as an OpenDocument sheet; `tail` is put after the last row."""
    spaces = ("office", "table", "text")
    names = " ".join(f'xmlns:{s}="urn:oasis:names:tc:opendocument:xmlns:{s}:1.0"' for s in spaces)
    tables = ""
    for name, rows in sheets.items():
        lines = ""
        for one in rows:
            lines += "<table:table-row>"
            for cell in one:
                if cell == "":
                    lines += "<table:table-cell/>"
                else:
                    lines += (
                        '<table:table-cell office:value-type="string">'
                        f"<text:p>{escape(str(cell))}</text:p></table:table-cell>"
                    )
            lines += "</table:table-row>"
        tables += f'<table:table table:name="{escape(name)}">{lines}{tail}</table:table>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def zipped(parts):
    """Parts (name → text or bytes) as a packed file."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return content.getvalue()


def parts(content):
    """The parts of a packed file (name → bytes)."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def changed(content, part, change):
    """A workbook with one of its parts changed."""
    held = parts(content)
    held[part] = change(held[part])
    return zipped(held)
