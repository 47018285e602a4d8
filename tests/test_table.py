"""Reading CSV files: everything that real ones do wrong is mended and said, or refused and said."""

import gzip
import io
import random
import re
import time
import zipfile

import numpy as np
import pytest

from datasets.table import read
from datasets.table.cells import MOST_ROWS
from datasets.table.disguise import LARGEST

RANDOM = random.Random(0)
NUMBERS = [round(RANDOM.uniform(0.1, 99), 2) for _ in range(40)]
KINDS = [RANDOM.choice(["red", "green", "blue"]) for _ in range(40)]


def lines(*rows: str, head: str = "size,kind", sep: str = ",") -> str:
    """A table of 40 rows under `head`, with `rows` behind them."""
    body = [f"{n}{sep}{k}" for n, k in zip(NUMBERS, KINDS, strict=True)]
    return "\n".join([*([head] if head else []), *body, *rows]) + "\n"


PLAIN = lines()


def packed(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


REFUSED = {
    "nothing": (b"", "is empty: choose one"),
    "only space": (b" \n\r\n \n", "is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "is empty"),
    "only commas": (b",,,\n,,,\n", "is empty"),
    "names alone": (b"a,b\n", "has 0 rows; training, validation and test need at least 20"),
    "too few rows": (b"a,b\n1,2\n3,4\n", "has 2 rows"),
    "too large": (b"a,b\n" + b"1,2\n" * (LARGEST // 4), r"has 5\.0 MB; up to 5 MB"),
    "too many rows": (b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1), "more than 50,000 rows"),
    "too many columns": (b",".join([b"a"] * 201) + b"\n", "has 201 columns; keep up to 200"),
    "one column": (b"a\n" + b"1\n" * 30, "has one column only"),
    "a zip": (packed("table.csv", PLAIN.encode()), "a packed archive. Unpack it"),
    "a gzip": (gzip.compress(PLAIN.encode()), "a packed archive"),
    "an Excel workbook": (packed("xl/workbook.xml", b"<x/>"), "an Excel workbook. In Excel choose"),
    "an old Excel workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 99, "an Excel workbook"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\n", "a PDF"),
    "a PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
    "a JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
    "a bitmap": (b"BM\x36\0\0\0\0\0\0\0", "a picture"),
    "a web page": (b"\n<!DOCTYPE html><html><body>a,b</body></html>", "a web page"),
    "JSON": (b'[{"a": 1, "b": 2}]', "JSON"),
    "Parquet": (b"PAR1\x15\x04", "a Parquet file"),
    "bytes of anything": (bytes(range(256)) * 20, "no text file"),
    "broken off UTF-16": (PLAIN.encode("utf-16")[:-1], "UTF-16, but breaks off"),
    "a number beyond all": (lines("9" * 400 + ",red").encode(), "holds a number beyond"),
    "a cell that never ends": (lines("1.5," + "a" * 20_000).encode(), "20,000 letters"),
    "digits without end": (
        lines("1.5,red").replace("size", "1" * 200_000 + "x").encode(),
        "letters",
    ),
    "a cell too many": (lines("1.5,red,7").encode(), "Row 42 has 3 cells and the first row 2"),
    "a cell too few": (lines("1.5").encode(), "Row 42 has 1 cells and the first row 2"),
    "text with a comma": (
        lines("1.5,red, or so").encode(),
        r"Text with a comma in it needs quotes",
    ),
    "an open quote": (lines('1.5,"red', "2,blue").encode(), "is never closed"),
    "a number beyond": (lines("1e300,red").encode(), r"size holds a number beyond 1e\+100"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(name: str) -> None:
    content, wanted = REFUSED[name]
    with pytest.raises(ValueError, match=wanted) as caught:
        read(content)
    sentence = str(caught.value)
    assert len(sentence) < 220
    assert sentence.endswith(".")
    assert sentence[0].isupper()


GERMAN = lines(head="Größe;Farbe", sep=";").replace(".", ",")
QUOTED = lines('1.5,"light\nred"', '2.5,"he said ""blue"""', '3.5,"a, b"')
READ = {
    "UTF-8": PLAIN.encode(),
    "with a byte order mark": PLAIN.encode("utf-8-sig"),
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16 without its mark": PLAIN.encode("utf-16-le"),
    "UTF-16, big end first": PLAIN.encode("utf-16-be"),
    "UTF-32": PLAIN.encode("utf-32"),
    "lines of Windows": PLAIN.replace("\n", "\r\n").encode(),
    "lines of old Macs": PLAIN.replace("\n", "\r").encode(),
    "no line end at the end": PLAIN.rstrip().encode(),
    "semicolons": lines(head="size;kind", sep=";").encode(),
    "tabs": lines(head="size\tkind", sep="\t").encode(),
    "bars": lines(head="size|kind", sep="|").encode(),
    "spaces behind commas": lines(head="size, kind", sep=", ").encode(),
    "spaces everywhere": lines(head=" size , kind ", sep=" , ").encode(),
    "decimal commas": lines(head="size;kind", sep=";").replace(".", ",").encode(),
    "the separator said": ("sep=;\n" + lines(head="size;kind", sep=";")).encode(),
    "empty lines": PLAIN.replace("\n", "\n\n").encode(),
    "rows of commas at the end": lines(",", ",", ",").encode(),
    "a comma behind every row": PLAIN.replace("\n", ",\n").encode(),
    "quotes everywhere": re.sub(r"([^,\n]+)", r'"\1"', PLAIN).encode(),
}


@pytest.mark.parametrize("name", READ)
def test_however_it_is_written_it_is_the_same_table(name: str) -> None:
    found = read(READ[name])
    assert [column.name for column in found.columns] == ["size", "kind"]
    assert [column.kind for column in found.columns] == ["number", "category"]
    assert [float(cell) for cell in found.table["size"]] == NUMBERS
    assert list(found.table["kind"]) == KINDS
    assert found.content == read(PLAIN.encode()).content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_letters_survive_their_encoding(encoding: str) -> None:
    found = read(GERMAN.encode(encoding))
    assert [column.name for column in found.columns] == ["Größe", "Farbe"]
    assert [float(cell) for cell in found.table["Größe"]] == NUMBERS
    assert any("decimal commas: Größe" in note for note in found.notes)
    assert any("accents" in note for note in found.notes) == (not encoding.startswith("utf-8"))


def test_what_is_saved_reads_as_the_same_table() -> None:
    for content in (QUOTED.encode(), GERMAN.encode(), lines("NA,", "?,red").encode()):
        found = read(content)
        again = read(found.content)
        assert again.content == found.content
        assert again.columns == found.columns


def test_quotes_hold_line_ends_commas_and_quotes() -> None:
    cells = list(read(QUOTED.encode()).table["kind"][-3:])
    assert cells == ["light\nred", 'he said "blue"', "a, b"]


WRITTEN = {  # cells of one column, file with semicolons or not, and the numbers that they are
    "plain": (["1", "-2.5", "+3", ".5", "1e3"], ",", [1, -2.5, 3, 0.5, 1000], ""),
    "decimal commas": (["1,5", "-2,25", "3", "1,5e3"], ";", [1.5, -2.25, 3, 1500], "decimal"),
    "quoted decimal commas": (['"1,5"', '"2,25"', "3"], ",", [1.5, 2.25, 3], "decimal commas"),
    "commas of three digits": (["1,500", "0,125"], ";", [1.5, 0.125], "decimal commas"),
    "English thousands": (['"1,234.5"', '"12,345"', "7"], ",", [1234.5, 12345, 7], "thousands"),
    "German thousands": (["1.234,5", "12.345", "7"], ";", [1234.5, 12345, 7], "thousands"),
    "Swiss thousands": (["1'234.5", "12'345", "7"], ",", [1234.5, 12345, 7], "thousands"),
    "French thousands": (["1\u202f234,5", "12\u00a0345", "7"], ";", [1234.5, 12345, 7], "thou"),
    "points in such a file": (["0.25", "1.5", "x"], ";", None, ""),
    "whole numbers": (["3", "4", "-5"], ";", [3, 4, -5], ""),
    "gaps": (["1", "NA", "", "?", "2.5", "-"], ",", [1, None, None, None, 2.5, None], ""),
    "infinity": (["1", "inf", "2"], ",", None, ""),
    "a unit": (["1 kg", "2 kg"], ",", None, ""),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_numbers_as_people_write_them(name: str) -> None:
    cells, sep, wanted, how = WRITTEN[name]
    rows = (cells * 20)[: len(cells) * 20]
    mixed = [f"{cell}{sep}{'ab'[i % 2]}" for i, cell in enumerate(rows)]
    found = read("\n".join([f"x{sep}y", *mixed]).encode())
    column = found.columns[0]
    if wanted is None:
        assert column.kind == "category"
        return
    assert column.kind == "number"
    first = [float(cell) if cell else None for cell in found.table["x"][: len(cells)]]
    assert first == wanted
    assert any(note.startswith(f"Read with {how}") for note in found.notes) == bool(how)


def test_names_are_made_where_there_are_none() -> None:
    found = read(lines(head="").encode())
    assert [column.name for column in found.columns] == ["column 1", "column 2"]
    assert len(found.table) == 40
    assert any("looks like data" in note for note in found.notes)
    assert len(read(lines(head="2019,2020").encode()).table) == 40  # years are names
    kept = read(lines(head="").encode(), header=True)
    assert [column.name for column in kept.columns] == [str(NUMBERS[0]), KINDS[0]]
    assert len(read(PLAIN.encode(), header=False).table) == 41


def test_names_are_made_different() -> None:
    body = "\n".join(f"{i},{i % 3},{i % 4},{i % 5},x{i % 2}" for i in range(30))
    found = read(f"a,a,,a (2),{'long ' * 40}\n{body}".encode())
    names = [column.name for column in found.columns]
    assert names[:4] == ["a", "a (3)", "column 3", "a (2)"]
    assert len(names[4]) <= 60
    assert any("there twice" in note for note in found.notes)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["7"], "constant"),
        (["same"], "constant"),
        (["same", ""], "constant"),
        (["", "NA"], "empty"),
        (["2024-01-31", "2024-02-29 12:00"], "date"),
        (["31.01.2024", "1.2.2024"], "date"),
        (["1/31/2024", "2/29/2024"], "date"),
        (["12:30", "9:05"], "date"),
        (["True", "False"], "category"),
        ([f"name {i}" for i in range(1000)], "text"),
        (["a" * 200, "b"], "text"),
        ([str(i) for i in range(1000)], "number"),
    ],
)
def test_what_a_column_is(cells: list[str], kind: str) -> None:
    rows = [f"{cells[i % len(cells)]},{i}" for i in range(max(40, len(cells)))]
    column = read("\n".join(["x,y", *rows]).encode()).columns[0]
    assert column.kind == kind
    assert column.distinct == len(set(cells) - {"", "NA"})


def test_categories_are_in_the_order_of_people() -> None:
    rows = [f"{['b', 'A', 'x10', 'x9'][i % 4]},{[10, 9, 2.5][i % 3]}" for i in range(40)]
    names, numbers = read("\n".join(["x,y", *rows]).encode()).columns
    assert names.categories == ("A", "b", "x9", "x10")
    assert numbers.categories == ("2.5", "9", "10")


def test_formulas_are_text_and_said() -> None:
    found = read(lines("1,=1+1", "2,@SUM(A1)", "3,+cmd", "4,-cmd").encode())
    assert list(found.table["kind"][-4:]) == ["=1+1", "@SUM(A1)", "+cmd", "-cmd"]
    assert any("Formulas are not computed" in note and "kind" in note for note in found.notes)
    assert not any("Formulas" in note for note in read(lines("-5,red").encode()).notes)


def test_words_for_nothing_are_said() -> None:
    found = read(lines("NA,red", "5,?", "6,none").encode())
    assert [column.missing for column in found.columns] == [1, 1]
    assert any(note == 'Read as missing: "?", "NA".' for note in found.notes)
    assert "none" in found.columns[1].categories  # may well be one of several kinds


def test_a_largest_table_is_read_while_one_waits() -> None:
    random = np.random.RandomState(0)
    values = random.normal(size=(MOST_ROWS, 10)).round(3)
    rows = [",".join(map(str, row)) for row in values.tolist()]
    content = "\n".join([",".join("abcdefghij"), *rows]).encode()
    assert len(content) < LARGEST
    began = time.process_time()
    assert len(read(content).table) == MOST_ROWS
    assert time.process_time() - began < 15


def test_no_bytes_bring_anything_but_a_table_or_a_sentence() -> None:
    random = np.random.RandomState(1)
    starts = [PLAIN.encode(), GERMAN.encode("cp1252"), PLAIN.encode("utf-16"), QUOTED.encode()]
    spice = [b'"', b",", b";", b"\0", b"\n", b"\r", b"\xff", b"=", b"\t", b"'", b"1e999", b"\\"]
    kinds, tables = set(), 0
    for trial in range(200):
        content = starts[trial % len(starts)]
        for _ in range(1 + trial % 5):
            place = random.randint(len(content))
            content = content[:place] + spice[random.randint(len(spice))] + content[place + 1 :]
        sentence, found = "A table.", None
        try:
            found = read(content)
        except ValueError as error:
            sentence = str(error)
            kinds.add(type(error))
        assert sentence.endswith(".")
        tables += found is not None
    assert kinds == {ValueError}  # none of its own kinds, such as UnicodeDecodeError
    assert 20 < tables < 180


def test_a_line_break_in_a_cell_is_saved_as_a_plain_one() -> None:
    """Also on a Python whose csv writes a lone carriage return without quotes."""
    found = read(lines('1.5,"a\rb"').encode())
    again = read(found.content)
    assert again.content == found.content
    assert again.table.iloc[-1, 1] == "a\nb"
