"""An invented table in, the same table in every format and container that is read out."""

import base64
import bz2
import gzip
import io
import json
import lzma
import sqlite3
import struct
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from email.header import Header
from pathlib import Path

from tests.xlsb import xlsb

HEAD = ("id", "nom", "prenom", "naissance", "cp", "ville", "email")
ROWS = [(f"{at:04d}", f"DUPONT-{chr(65 + at % 26)}", ("Élodie", "Jean", "Zoé")[at % 3], f"{at % 28 + 1:02d}/0{at % 9 + 1}/19{60 + at % 40}",
         f"0{at % 9 + 1}{at % 900:03d}", ("L'Haÿ-les-Roses", "PARIS", "Aix, en \"Provence\"")[at % 3], f"p{at}@exemple.test") for at in range(60)]  # fmt: skip


def csv_text(delimiter: str = ";") -> str:
    quoted = [
        ['"' + cell.replace('"', '""') + '"' if delimiter in cell or '"' in cell else cell for cell in row]
        for row in (HEAD, *ROWS)
    ]
    return "\n".join(delimiter.join(row) for row in quoted) + "\n"


def objects() -> list[dict[str, str]]:
    return [dict(zip(HEAD, row, strict=True)) for row in ROWS]


def sql_literal(cell: str, backslash: bool) -> str:
    return "'" + (cell.replace("\\", "\\\\").replace("'", "\\'") if backslash else cell.replace("'", "''")) + "'"


def mysql() -> str:
    made = ["-- MySQL dump 10.13", "DROP TABLE IF EXISTS `patients`;", "CREATE TABLE `patients` (", "  `id` varchar(8) NOT NULL,"]
    made += [f"  `{name}` varchar(80) DEFAULT 'x, y ('," for name in HEAD[1:]] + [
        "  PRIMARY KEY (`id`),",
        "  KEY `k` (`nom`)",
        ") ENGINE=InnoDB;",
    ]
    made.append(
        "INSERT INTO `patients` VALUES "
        + ",".join("(" + ",".join(sql_literal(cell, True) for cell in row) + ")" for row in ROWS)
        + ";"
    )
    made.append("CREATE TABLE `logs` (`n` int, `t` text);\nINSERT INTO `logs` VALUES (1,NULL),(2,'a;b\\nc'),(3,'(x),(y)');")
    return "\n".join(made) + "\n"


def postgres_copy() -> str:
    rows = "\n".join("\t".join(cell.replace("\\", "\\\\") for cell in row) for row in ROWS)
    return f"-- PostgreSQL database dump\nSET client_encoding = 'UTF8';\nCOPY public.patients ({', '.join(HEAD)}) FROM stdin;\n{rows}\n\\.\n"


def postgres_insert() -> str:
    return "-- PostgreSQL database dump\n" + "".join(
        f"INSERT INTO public.patients ({', '.join(HEAD)}) VALUES ({', '.join(sql_literal(cell, False) for cell in row)});\n"
        for row in ROWS
    )


def sql_server() -> str:
    listed = ", ".join(f"[{name}]" for name in HEAD)
    return "USE [Hopital]\nGO\nSET ANSI_NULLS ON\nGO\n" + "".join(
        f"INSERT [dbo].[patients] ({listed}) VALUES ({', '.join('N' + sql_literal(cell, False) for cell in row)})\nGO\n"
        for row in ROWS
    )


def sqlite_bytes() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE patients ({', '.join(f'{name} TEXT' for name in HEAD)})")
    database.executemany(f"INSERT INTO patients VALUES ({', '.join('?' * len(HEAD))})", ROWS)
    database.execute("CREATE TABLE settings (k TEXT, v INTEGER)")
    database.execute("INSERT INTO settings VALUES ('version', 3)")
    database.commit()
    return database.serialize()


def sqlite_dump() -> str:
    database = sqlite3.connect(":memory:")
    database.deserialize(sqlite_bytes())
    return "\n".join(database.iterdump()) + "\n"


def workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Patients"
    sheet.append(["Extraction du service"])
    sheet.append([])
    sheet.append(HEAD)
    for row in ROWS:
        sheet.append(row)
    other = book.create_sheet("Notes")
    other.append(["a", "b"])
    for at in range(3):
        other.append([at, at / 2])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def styled_workbook() -> bytes:
    """Numbers and dates that a sheet shows otherwise than it stores them."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["cp", "naissance", "tel", "part", "heure"])
    for at in range(30):
        sheet.append([1000 + at, date(1980, 3, at % 28 + 1), 612345678 + at, 0.5, datetime(2024, 11, 19, 8, 30)])
        for place, code in enumerate(("00000", "dd/mm/yyyy", '0#" "##" "##" "##" "##', "0%", "dd/mm/yyyy hh:mm"), start=1):
            sheet.cell(at + 2, place).number_format = code
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def styled_binary_workbook() -> bytes:
    """The same as .xlsb; its numbers are those of the days."""
    rows = [
        [1000 + at, date(1980, 3, at % 28 + 1).toordinal() - 693594, 612345678 + at, 0.5, 45615 + 8.5 / 24] for at in range(30)
    ]
    codes = ("00000", "dd/mm/yyyy", '0#" "##" "##" "##" "##', "0%", "dd/mm/yyyy hh:mm")
    return xlsb([("cp", "naissance", "tel", "part", "heure"), *rows], codes)


def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({name: [row[at] for row in ROWS] for at, name in enumerate(HEAD)}), out)
    return out.getvalue()


def orc() -> bytes:
    import pyarrow as pa
    from pyarrow import orc as writer

    out = io.BytesIO()
    writer.write_table(pa.table({name: [row[at] for row in ROWS] for at, name in enumerate(HEAD)}), out)
    return out.getvalue()


def avro() -> bytes:
    import fastavro

    out = io.BytesIO()
    fields = [{"name": name, "type": ["null", "string"]} for name in HEAD]
    fastavro.writer(out, {"type": "record", "name": "patient", "fields": fields}, objects(), codec="snappy")
    return out.getvalue()


def dbase(page: int = 0x02, encoding: str = "cp850") -> bytes:
    """As dBase III writes it: a header, a description of each column, rows of fixed width."""
    widths = [max(len(row[at].encode(encoding)) for row in ROWS) for at in range(len(HEAD))]
    head = struct.pack("<BBBBIHH", 3, 124, 1, 31, len(ROWS), 33 + 32 * len(HEAD), 1 + sum(widths))
    head += bytes(17) + bytes([page]) + bytes(2)
    for name, width in zip(HEAD, widths, strict=True):
        head += name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([width, 0]) + bytes(14)
    rows = (b" " + b"".join(cell.encode(encoding).ljust(width) for cell, width in zip(row, widths, strict=True)) for row in ROWS)
    return head + b"\r" + b"".join(rows) + b"\x1a"


def mailbox() -> str:
    return "".join(
        f"From {row[6]} Tue Mar 12 10:00:00 2024\nFrom: {Header(row[2] + ' ' + row[1], 'utf-8').encode()} <{row[6]}>\nTo: a{row[0]}@exemple.test\n"
        f"Date: Tue, 12 Mar 2024 10:00:00 +0100\nMessage-ID: <{row[0]}>\nSubject: {Header(row[5], 'utf-8').encode()}\n"
        f"Content-Type: text/plain; charset=utf-8\n\nBonjour\nNé le {row[3]}\n\n"
        for row in ROWS
    )


def ruled() -> str:
    """As sqlcmd draws a table."""
    widths = [max(len(name), *(len(row[at]) for row in ROWS)) for at, name in enumerate(HEAD)]
    lines = [" ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (HEAD, *ROWS)]
    return "\n".join([lines[0], " ".join("-" * width for width in widths), *lines[1:], "", "(60 rows affected)"]) + "\n"


def xml() -> str:
    from xml.sax.saxutils import escape

    rows = "".join(
        "<patient>" + "".join(f"<{name}>{escape(cell)}</{name}>" for name, cell in zip(HEAD, row, strict=True)) + "</patient>\n"
        for row in ROWS
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<export date="2024">\n<patients>\n{rows}</patients></export>\n'


def vcards() -> str:
    return "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{row[1]};{row[2]};;;\r\nFN:{row[2]} {row[1]}\r\nBDAY:{row[3]}\r\nEMAIL;TYPE=home:{row[6]}\r\n"
                   f"ADR;TYPE=home:;;;{row[5].replace(',', chr(92) + ',')};;{row[4]};France\r\nEND:VCARD\r\n" for row in ROWS)  # fmt: skip


def ldif() -> str:
    return "version: 1\n\n" + "\n".join(
        f"dn: uid={row[0]},ou=people\nuid: {row[0]}\nsn: {row[1]}\ngivenName:: {base64.b64encode(row[2].encode()).decode()}\nmail: {row[6]}\nl: {row[5][:5]}\n {row[5][5:]}\n"
        for row in ROWS
    )


def hl7() -> str:
    return "".join(f"MSH|^~\\&|APP|HOP|||20241119||ADT^A01|{row[0]}|P|2.5\rPID|1||{row[0]}||{row[1]}^{row[2]}||{row[3]}|F|||1 rue X^^{row[5].replace('&', ' ')}^^{row[4]}^FRA||0612345678\r"
                   "PV1|1|I\r" for row in ROWS)  # fmt: skip


def fhir_resource(row: tuple[str, ...]) -> dict[str, object]:
    return {"resourceType": "Patient", "id": row[0], "name": [{"family": row[1], "given": [row[2]]}], "birthDate": row[3],
            "address": [{"city": row[5], "postalCode": row[4]}], "telecom": [{"system": "email", "value": row[6]}]}  # fmt: skip


def fhir_bundle() -> str:
    return json.dumps(
        {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [{"fullUrl": f"urn:{row[0]}", "resource": fhir_resource(row)} for row in ROWS],
        },
        ensure_ascii=False,
    )


def keyed() -> str:
    return "\n".join("\n".join(f"{name}: {cell}" for name, cell in zip(HEAD, row, strict=True)) + "\n" for row in ROWS)


def fixed() -> str:
    widths = [max(len(row[at]) for row in (HEAD, *ROWS)) + 2 for at in range(len(HEAD))]
    return (
        "\n".join("".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (HEAD, *ROWS))
        + "\n"
    )


def spreadsheet() -> bytes:
    """As an office program writes it: values and what is shown of them, repeated cells and rows."""
    from xml.sax.saxutils import escape

    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'

    shown = '<table:table-cell office:value-type="float" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        "<table:table-row>"
        + "".join(shown.format(int(text), text) if place in (0, 4) else cell(text) for place, text in enumerate(row))
        + "</table:table-row>"
        for row in ROWS
    )
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    head = (
        "<table:table-row>"
        + "".join(map(cell, HEAD))
        + '<table:table-cell table:number-columns-repeated="1017"/></table:table-row>'
    )
    names = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet><table:table table:name="Patients">{head}{rows}{tail}</table:table></office:spreadsheet></office:body></office:document-content>'
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def boxed() -> str:
    widths = [max(len(row[at]) for row in (HEAD, *ROWS)) for at in range(len(HEAD))]
    ruler = "+" + "+".join("-" * (width + 2) for width in widths) + "+\n"
    lines = [
        "|" + "|".join(f" {cell.ljust(width)} " for cell, width in zip(row, widths, strict=True)) + "|\n" for row in (HEAD, *ROWS)
    ]
    return "mysql> select * from patients;\n" + ruler + lines[0] + ruler + "".join(lines[1:]) + ruler


def markdown() -> str:
    lines = ["| " + " | ".join(row) + " |\n" for row in (HEAD, *ROWS)]
    return "# Patients\n\n" + lines[0] + "|" + "---|" * len(HEAD) + "\n" + "".join(lines[1:])


def records(begin: str, sign: str) -> str:
    """As mysql (\\G) and psql (\\x) show records."""
    return "".join(
        begin.format(at + 1) + "\n" + "".join(f"{name.rjust(9)}{sign}{cell}\n" for name, cell in zip(HEAD, row, strict=True))
        for at, row in enumerate(ROWS)
    )


def html() -> str:
    from html import escape

    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in (HEAD, *ROWS)]
    return "<html><head><style>td { x: y }</style></head><body><table>" + "".join(lines) + "</table></body></html>"


def named_values(record: str, value: str, outer: str = "") -> str:
    from xml.sax.saxutils import escape

    rows = "".join(
        f"<{record}>"
        + "".join(f'<{value} name="{name}">{escape(cell)}</{value}>' for name, cell in zip(HEAD, row, strict=True))
        + f"</{record.split()[0]}>\n"
        for row in ROWS
    )
    return f'<?xml version="1.0"?>\n<dump><database name="h">{outer}{rows}{"</table_data>" if outer else ""}</database></dump>'


def office_xml() -> str:
    from xml.sax.saxutils import escape

    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escape(cell)}</Data></Cell>' for cell in row) + "</Row>"
        for row in (HEAD, *ROWS)
    )
    return f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Patients"><Table>{rows}</Table></Worksheet></Workbook>'


def phpmyadmin() -> str:
    return (
        '[\n{"type":"header","version":"5.2.1"},\n{"type":"database","name":"h"},\n{"type":"table","name":"patients","database":"h","data":\n'
        + json.dumps(objects())
        + "\n}\n]\n"
    )


def zipped(inner: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inner.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked_zip(password: str) -> bytes:
    import pyzipper

    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.writestr("patients.csv", csv_text().encode())
    return out.getvalue()


def seven(password: str | None = None) -> bytes:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        archive.writestr(csv_text(), "dossier/patients.csv")
    return out.getvalue()


def tarred(mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in (("a/patients.csv", csv_text().encode()), ("a/lisez-moi.json", b'{"a": 1}')):
            item = tarfile.TarInfo(name)
            item.size = len(content)
            archive.addfile(item, io.BytesIO(content))
    return out.getvalue()


def zst() -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(csv_text().encode())


FORMATS: dict[str, Callable[[], str | bytes]] = {
    "patients.csv": csv_text, "array.json": lambda: json.dumps(objects(), ensure_ascii=False, indent=1),
    "nested.json": lambda: json.dumps({"hopital": "X", "patients": objects()}, ensure_ascii=False),
    "lines.ndjson": lambda: "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in objects()),
    "mysql.sql": mysql, "copy.sql": postgres_copy, "insert.sql": postgres_insert, "server.sql": sql_server, "dump.sql": sqlite_dump,
    "base.sqlite": sqlite_bytes, "book.xlsx": workbook, "table.parquet": parquet, "export.xml": xml, "cards.vcf": vcards, "people.ldif": ldif,
    "messages.hl7": hl7, "bundle.json": fhir_bundle, "fhir.ndjson": lambda: "".join(json.dumps(fhir_resource(row)) + "\n" for row in ROWS),
    "keyed.txt": keyed, "fixed.txt": fixed, "combo.txt": lambda: "".join(f"{row[6]}:mot{row[0]}\n" for row in ROWS),
    "c.csv.gz": lambda: gzip.compress(csv_text().encode()), "c.csv.bz2": lambda: bz2.compress(csv_text().encode()),
    "c.csv.xz": lambda: lzma.compress(csv_text().encode()), "c.csv.zst": zst, "one.zip": lambda: zipped({"patients.csv": csv_text().encode()}),
    "book.zip": lambda: zipped({"x/book.xlsx": workbook()}), "deep.zip": lambda: zipped({"in.zip": zipped({"p.csv.gz": gzip.compress(csv_text().encode())})}),
    "book.ods": spreadsheet, "boxed.txt": boxed, "table.md": markdown, "page.xls": html, "office.xml": office_xml, "phpmyadmin.json": phpmyadmin,
    "vertical.txt": lambda: records("*************************** {}. row ***************************", ": "), "expanded.txt": lambda: records("-[ RECORD {} ]----", " | "),
    "mysqldump.xml": lambda: named_values("row", "field", '<table_data name="patients">'), "phpmyadmin.xml": lambda: named_values('table name="patients"', "column"),
    "table.orc": orc, "table.avro": avro, "table.dbf": dbase, "box.mbox": mailbox, "ruled.txt": ruled,
    "hits.txt": lambda: "".join(f"{row[6]}:mot{row[0]} | Country = FR | Plan = {row[3]}\n" for row in ROWS),
    "sql.gz": lambda: gzip.compress(mysql().encode()), "book.xlsb": lambda: xlsb((HEAD, *ROWS), ["General"] * len(HEAD)), "c.7z": seven, "c.tar.gz": tarred, "c.tar": lambda: tarred("w"),
}  # fmt: skip


def write(folder: Path, name: str) -> Path:
    content = FORMATS[name]()
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
