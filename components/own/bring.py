"""A file comes in: uploaded, or one of those that ship; read, or refused with a sentence."""

import hashlib
from dataclasses import dataclass

import streamlit as st

from components.own.too_large import refusals
from components.plain import plain
from datasets.own.examples import EXAMPLES, content
from datasets.table import Reading, read

HEADERS = {"guess": None, "has names": True, "is data": False}


@dataclass(frozen=True)
class Brought:
    """A table that was read, with the name of its file."""

    title: str
    reading: Reading
    of: str  # changes with the bytes and with how they are read


def bring() -> Brought | None:
    """Draw the uploader and the examples; the table of what was chosen last, or None."""
    left, right = st.columns([3, 2])
    with left:
        file = st.file_uploader(
            "A CSV file, up to 5 MB and 50,000 rows",
            key="own:file",
            help="The first row has the names of the columns. Commas, semicolons, tabs or bars, "
            "decimal points or commas, and all usual encodings are understood.",
        )
        refusals("own:file")
    with right:
        example = st.selectbox(
            "Or try one",
            [None, *EXAMPLES],
            format_func=lambda name: f"{name}: {EXAMPLES[name]}" if name else "none",
            key="own:example",
            help="Real tables; datasets/tables/README.md names their sources.",
        )
        header = st.segmented_control(
            "The first row", list(HEADERS), default="guess", key="own:header", required=True
        )
    if file is not None:
        return _brought(file.name, file.getvalue(), HEADERS[header])
    return _brought(example, content(example), HEADERS[header]) if example else None


def _brought(title: str, given: bytes, header: bool | None) -> Brought | None:
    try:
        found = _read(given, header)
    except ValueError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None
    of = hashlib.sha256(given).hexdigest() + str(header)
    return Brought(title, found, of)


@st.cache_data(show_spinner="Reading the table", max_entries=8)
def _read(given: bytes, header: bool | None) -> Reading:
    return read(given, header)
