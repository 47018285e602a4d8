"""Text from links and other people is shown as it was written, never as links or pictures."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest
from visits import Quiet, said, spec, visit

from components import link
from components.figures.run import lines
from components.plain import chart_text, plain
from training.presets import PRESETS

HOSTILE = ["<a href=http://x>y</a>", "![](http://x)", "[a](http://x)", "`a` $b$ *c* _d_ :red[e]"]


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_has_no_markup_left(text: str) -> None:
    """Every letter that markdown reads stands behind a backslash, and none is lost."""
    safe = plain(text)
    assert not re.search(r"(?<!\\)[<!\[\](`$*_:]", safe)
    assert re.sub(r"\\(.)", r"\1", safe) == text


def test_charts_show_tags_as_letters() -> None:
    """Plotly reads tags in names; what curves are called has none."""
    assert chart_text("<b>a & b</b>") == "&lt;b&gt;a &amp; b&lt;/b&gt;"
    assert lines([], []) == []


@pytest.mark.parametrize("text", HOSTILE[:2])
def test_names_of_rows_in_a_link_are_letters(quiet: Quiet, text: str) -> None:
    """A row's name from a link reaches sentences and charts without links and pictures in them."""
    design = PRESETS["rates"].design().to_json()
    design["rows"][0] = {"label": text, "learning_rate": 0.02}
    design["rows"] = design["rows"][:2]
    app = visit("compare", setup=link.pack(design))
    next(b for b in app.button if b.label == "Train").click().run()
    assert not app.exception
    assert text in said(app)
    sentences = [e.value for kind in (app.markdown, app.caption, app.error) for e in kind]
    assert not any(text in sentence for sentence in sentences)
    figures = [json.loads(e.proto.json)["figure"] for e in app.get("bidi_component")]
    assert figures
    assert not any("<a " in figure for figure in figures)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_link_says_wrongly_is_quoted_as_letters(quiet: Quiet, text: str) -> None:
    """A refused link is quoted in the sentence that refuses it, without its markup."""
    app: AppTest = visit(setup=link.pack(spec() | {"model": text}))
    (warning,) = app.warning
    assert text not in warning.value
    assert text in said(app)
