"""Formulas: what they may say, where an error is, and that nothing else ever comes out."""

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training.catalog import defaults, entry
from training.choice import choice
from training.formula import classes
from training.formula.checking import validate
from training.formula.flow import ignores_gradient, uses_rate
from training.formula.grammar import ELEMENTWISE, OVER_ROWS, REDUCING
from training.formula.letters import one_line, tidy
from training.formula.presets import PRESETS
from training.formula.reading import read
from training.formula.traps import doubt, misread, trap
from training.formula.tree import FormulaError
from training.formula.trial import tried

ENTRY = {"loss": "CustomLoss", "metric": "CustomMetric", "optimizer": "CustomOptimizer"}
USUAL = {kind: defaults(entry(kind, name)) for kind, name in ENTRY.items()}
FUZZ = settings(deadline=None, derandomize=True, database=None, max_examples=400)


def judge(text: str, kind: str, labels: int = 2) -> None:
    """Read and check a formula with the usual numbers beside it."""
    validate(read(text, kind), kind, USUAL[kind], labels)


@pytest.mark.parametrize(
    ("kind", "preset"), [(kind, preset) for kind, listed in PRESETS.items() for preset in listed]
)
def test_presets_are_choices_and_their_class_is_python(kind: str, preset: Any) -> None:
    made = choice(
        {"name": ENTRY[kind], "params": {"formula": preset.text, **preset.numbers}}, kind, "here"
    )
    code = classes.class_code(kind, "Own", made.full(kind))
    assert isinstance(ast.parse(code).body[0], ast.ClassDef)


WRONG = [
    ("loss", "", 1, 1, "empty"),
    ("loss", "# only words", 1, 1, "comment"),
    ("loss", "a = y_true", 1, 1, "its value"),
    ("loss", "square(y_true - y_prde)", 1, 17, "Did you mean y_pred?"),
    ("loss", "a = 1\n  a * sqr(y_pred)", 2, 7, "no function 'sqr'"),
    ("loss", "maximum(y_pred)", 1, 1, "takes 2 arguments"),
    ("loss", "log(y_pred", 1, 4, "never closed"),
    ("loss", "y_pred * 'a'", 1, 10, "quotes"),
    ("loss", "a = y_pred\na.b", 2, 2, "dot"),
    ("loss", "mean(y_pred, axis=0)", 1, 1, "no named arguments"),
    ("loss", "0 < y_pred < 1", 1, 1, "logical_and"),
    ("loss", "y_pred ** 65", 1, 11, "exponent"),
    ("loss", "y_pred + 1 / (tau - 0.5)", 1, 10, "divides by 0"),
    ("loss", "y_pred + (-1) ** 0.5", 1, 10, "root"),
    ("loss", "1e31 * y_pred", 1, 1, "1e+30"),
    ("loss", "y_true = y_pred", 1, 1, "already means"),
    ("loss", "tau = 0.9\ntau * y_pred", 1, 1, "already means"),
    ("loss", "y_pred + (y_true > 0)", 1, 11, "yes or no"),
    ("loss", "where(y_true, 1, y_pred)", 1, 7, "comparison"),
    ("loss", "clip(2, 0, 1) * y_pred", 1, 6, "always the same"),
    ("loss", "y_pred > 1", 1, 1, "yes or no"),
    ("loss", "mean(mean(y_pred))", 1, 1, "one for the whole batch"),
    ("loss", "y_pred - mean(y_pred)", 1, 1, "N times N"),
    ("loss", "square(y_true)", 1, 1, "gradient zero everywhere"),
    ("loss", "where(y_pred > 0.5, 1, 0)", 1, 1, "gradient zero everywhere"),
    ("loss", "a = sign(y_pred)\na * y_true", 2, 1, "gradient zero everywhere"),
    ("metric", "3", 1, 1, "same number for every row"),
    ("optimizer", "m = gradient", 1, 5, "never changes weight"),
    ("optimizer", "gradient", 1, 1, "goes nowhere"),
    ("optimizer", "weight -= mean(gradient)", 1, 11, "no function 'mean'"),
    ("optimizer", "weight -= learning_rate / 0", 1, 11, "divides by 0"),
    ("loss", "y_true * y_pred / 0.0", 1, 1, "divides by 0"),
    ("optimizer", "weight = gradient > 0", 1, 10, "yes or no"),
    ("optimizer", "weight -= m", 1, 11, "'m' has no value"),
    ("optimizer", "step = 2\nweight -= gradient", 1, 1, "already means"),
]


@pytest.mark.parametrize(("kind", "text", "line", "column", "part"), WRONG)
def test_an_error_is_a_sentence_with_line_and_column(
    kind: str, text: str, line: int, column: int, part: str
) -> None:
    with pytest.raises(FormulaError) as raised:
        judge(text, kind)
    assert (raised.value.place.line, raised.value.place.column) == (line, column)
    assert str(raised.value).startswith(f"line {line}, column {column}: ")
    assert part in str(raised.value)


def test_a_choice_says_which_field_is_wrong() -> None:
    wrong = {"name": "CustomLoss", "params": {"formula": "y_tru - y_pred"}}
    with pytest.raises(
        ValueError, match=r"^compile.loss.params.formula: line 1, column 1: 'y_tru'"
    ):
        choice(wrong, "loss", "compile.loss")
    with pytest.raises(ValueError, match="no text"):
        choice({"name": "CustomLoss", "params": {"formula": 3}}, "loss", "compile.loss")


def test_labels_in_one_axis_are_a_trap() -> None:
    judge("square(y_true - y_pred)", "loss")
    with pytest.raises(FormulaError, match=r"N times N.*labels of shape"):
        judge("square(y_true - y_pred)", "loss", labels=1)


def test_a_rule_remembers_what_it_reads_before_it_sets_it() -> None:
    assert read("a = gradient; m += a; v = m * w; w = v; weight -= v", "optimizer").state == (
        "m",
        "w",
    )
    assert read("weight -= learning_rate * gradient", "optimizer").state == ()


def test_semicolons_and_lines_are_the_same_formula() -> None:
    text = "a = y_true\nb = maximum(a, y_pred)\nb"
    assert one_line(text) == "a = y_true; b = maximum(a, y_pred); b"
    assert tidy(one_line(text)) == text
    assert one_line("maximum(y_true,\ny_pred)") == "maximum(y_true,\ny_pred)"
    assert one_line("a = y_pred # why\na") == "a = y_pred # why\na"


ESCAPES = [
    "__import__('os').system('id')",
    "().__class__.__bases__[0].__subclasses__()",
    "y_pred.__class__",
    "y_pred.shape",
    "(lambda: y_pred)()",
    "[x for x in (1,)]",
    "(x for x in y_pred)",
    "{1: y_pred}",
    "{y_pred}",
    "f'{y_pred}'",
    "b'a'",
    "'a' * 10 ** 9",
    "eval('1')",
    "eval(y_pred)",
    "exec(y_pred)",
    "open(y_pred)",
    "getattr(y_pred, y_true)",
    "globals()",
    "vars()",
    "print(y_pred)",
    "breakpoint()",
    "type(y_pred)",
    "keras.ops.abs(y_pred)",
    "keras",
    "self",
    "super()",
    "import os",
    "from os import path",
    "import os; y_pred",
    "while 1: y_pred",
    "for i in y_pred: i",
    "def f(): y_pred",
    "class A: y_pred",
    "async def f(): y_pred",
    "await y_pred",
    "yield y_pred",
    "return y_pred",
    "del y_pred",
    "global y_pred",
    "assert y_pred",
    "raise y_pred",
    "try: y_pred\nexcept: y_true",
    "with y_pred: y_true",
    "match y_pred:\n case 1: y_true",
    "type X = int",
    "(a := y_pred)",
    "a = b = y_pred\na",
    "a, b = y_pred, y_true\na",
    "a: int = 1\ny_pred",
    "a.b = 1\ny_pred",
    "abs = 1\ny_pred",
    "y_pred[0]",
    "y_pred[:]",
    "abs(*y_pred)",
    "abs(**y_pred)",
    "abs(abs)(y_pred)",
    "abs(x=y_pred)",
    "y_pred if y_true else 1",
    "y_pred and y_true",
    "not y_pred",
    "y_pred is y_true",
    "y_pred in y_true",
    "y_pred @ y_true",
    "y_pred // 1",
    "y_pred % 1",
    "y_pred << 9",
    "~y_pred",
    "True",
    "None",
    "...",
    "1j * y_pred",
    "0x10 * y_pred",
    "1_000 * y_pred",
    "1e999 * y_pred",
    "9 ** 9 ** 9 * y_pred",
    "y_pred ** 1e9",
    "2 ** 1000000 + y_pred",
    "10 ** 30 * 10 ** 30 * y_pred",
    "9" * 900 + " * y_pred",
    "-" * 900 + "y_pred",
    "(" * 450 + "y_pred" + ")" * 450,
    "abs(" * 150 + "y_pred" + ")" * 150,
    "y_pred" + "+1" * 400,
    "y_pred" + "**2" * 300,
    "a" * 100 + " = y_pred\ny_pred",
    "y_pred + 1" * 500,
    "\n".join(f"a{i} = y_pred" for i in range(30)) + "\ny_pred",
    "y_pred\0",
    "y_pred\\\n+ 1",
    "y_pre\u0064\u0301",
    "\uff59_pred",
    "ʸ_pred",
    "y_pred\u2028y_true",
    "y_pred\x0cy_true",
    "\ufeffy_pred",
    "# -*- coding: utf-7 -*-\n+AG8-",
    "__builtins__",
    "_",
    "__debug__",
    "\ud800",
]


@pytest.mark.parametrize("text", ESCAPES)
@pytest.mark.parametrize("kind", ENTRY)
def test_nothing_but_a_sentence_comes_out_of_known_escapes(kind: str, text: str) -> None:
    with pytest.raises(FormulaError, match=r"^line \d+, column \d+: .+\.?"):
        judge(text, kind)
    if kind == "optimizer":
        with pytest.raises(FormulaError):
            judge(f"{text}\nweight -= gradient", kind)


WORDS = ("y_true", "y_pred", "tau", "gradient", "weight", "step", "a", "b", "2", "0", "1e-7", "64")
PIECES = (*WORDS, *OVER_ROWS, *"+-*/()=<>,;#._'[]{}:@^ ", "**", "==", "-=", "+=", "\n", "if", "__")


@FUZZ
@given(st.text(max_size=80), st.sampled_from(list(ENTRY)))
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    _read_or_refused(text, kind)


@FUZZ
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(list(ENTRY)))
def test_any_mixture_of_known_pieces_is_read_or_refused(pieces: list[str], kind: str) -> None:
    _read_or_refused(" ".join(pieces), kind)
    _read_or_refused("".join(pieces), kind)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(("+", "-", "*", "/", "**", "<", "=="))
    binary = st.tuples(inner, signs, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
    calls = st.sampled_from(list(OVER_ROWS)).flatmap(
        lambda name: st.tuples(*[inner] * OVER_ROWS[name]).map(lambda t: f"{name}({', '.join(t)})")
    )
    return binary | calls | inner.map(lambda text: f"-{text}")


@FUZZ
@given(st.recursive(st.sampled_from(WORDS), _grown, max_leaves=12), st.sampled_from(list(ENTRY)))
def test_any_expression_is_read_or_refused_and_its_class_calls_keras_only(
    text: str, kind: str
) -> None:
    lines = f"m = {text}\nweight -= m + gradient" if kind == "optimizer" else f"c = {text}\nc"
    _read_or_refused(lines, kind)


def _read_or_refused(text: str, kind: str) -> None:
    """ValueError, or a class whose calls are keras.ops and those that frame it."""
    try:
        judge(text, kind)
    except FormulaError as error:
        line, column = error.place.line, error.place.column
        assert 1 <= line <= tidy(text).count("\n") + 1
        assert column >= 1
        return
    tree = ast.parse(classes.class_code(kind, "Own", USUAL[kind] | {"formula": text}))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    ops = {f"keras.ops.{name}" for name in (*OVER_ROWS, "equal", "not_equal", "cast")}
    frame = {"super", "super().__init__", "super().update_state", "super().build", "self.assign"}
    slots = {"self._get_variable_index", "self.add_variable_from_reference"}
    tensors = {"keras.ops.convert_to_tensor", "keras.ops.broadcast_to"}
    assert called <= ops | frame | slots | tensors


def test_no_text_is_ever_run() -> None:
    for module in (Path(__file__).parent.parent / "training" / "formula").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "compile", "__import__"}, module.name
    assert set(ELEMENTWISE) < set(OVER_ROWS)


@pytest.mark.parametrize(
    ("text", "task", "form", "part"),
    [
        ("square(y_true - y_pred)", "binary", "int", "N times N"),
        ("0 * y_pred + y_true", "regression", "number", "no weight will move"),
        ("a = y_pred; a - y_pred", "binary", "0/1", "no weight will move"),
        ("-log(y_pred) * y_true", "binary", "0/1", "y_true is 0 and y_pred is 0"),
        ("log(y_pred) * y_true", "regression", "number", "no finite number"),
        ("a = y_true; y_pred", "regression", "number", "does not look at y_true"),
        ("mean(abs(y_true - y_pred))", "multiclass", "one-hot", ""),
        *((preset.text, "regression", "number", "") for preset in PRESETS["loss"][:3]),
        *((preset.text, "binary", "0/1", "") for preset in PRESETS["loss"]),
    ],
)
def test_what_will_not_train_is_said_before(text: str, task: str, form: str, part: str) -> None:
    loss = choice({"name": "CustomLoss", "params": {"formula": text}}, "loss", "loss")
    said = trap(loss, task, form)
    assert part in said
    assert bool(said) == bool(part)


@pytest.mark.parametrize(
    ("text", "task", "part"),
    [
        ("y_true - y_pred", "regression", "y_pred = 3 than at y_pred = -3 where"),
        ("square(1 - y_true - y_pred)", "binary", "no larger y_pred: it leads to wrong answers"),
        ("y_true * y_pred", "binary", "leads to wrong answers"),
        ("square(y_true + 1 - y_pred)", "regression", "unless outputs are meant to differ"),
        ("mean(abs(y_true - y_pred))", "multiclass", ""),
        ("softplus(y_pred) - y_true * y_pred", "binary", ""),
        *((preset.text, "regression", "") for preset in PRESETS["loss"][:3]),
        *((preset.text, "binary", "") for preset in PRESETS["loss"]),
    ],
)
def test_a_loss_that_aims_beside_the_truth_is_doubted(text: str, task: str, part: str) -> None:
    loss = choice({"name": "CustomLoss", "params": {"formula": text}}, "loss", "loss")
    said = doubt(loss, task)
    assert part in said
    assert bool(said) == bool(part)


@pytest.mark.parametrize(
    ("rule", "gradient", "rate"),
    [
        ("weight = 1", False, False),
        ("m = m * m; weight -= learning_rate * m", False, True),
        ("m = gradient; m = 2; weight -= m", False, False),
        ("a = b; b = c; c = a; weight -= a", False, False),
        ("weight -= b; b = a; a = gradient", True, False),  # reaches it two steps later
        *((preset.text, True, True) for preset in PRESETS["optimizer"]),
    ],
)
def test_what_reaches_the_weight_of_a_rule_is_known(rule: str, gradient: bool, rate: bool) -> None:
    made = choice({"name": "CustomOptimizer", "params": {"formula": rule}}, "optimizer", "here")
    assert ignores_gradient(made) is not gradient
    assert uses_rate(made) is rate


@pytest.mark.parametrize(
    ("text", "task", "part"),
    [
        ("sum(y_pred)", "regression", "does not look at y_true"),
        ("square(y_true)", "regression", "does not look at y_pred"),
        ("log(y_pred - 5) * y_true", "binary", "no finite number where y_true is 0"),
        ("-log(y_pred) * y_true", "binary", ""),  # a sigmoid gives no 0
        *((preset.text, "regression", "") for preset in PRESETS["metric"]),
    ],
)
def test_a_metric_that_measures_no_answers_is_named(text: str, task: str, part: str) -> None:
    metric = choice({"name": "CustomMetric", "params": {"formula": text}}, "metric", "metric")
    said = misread(metric, task)
    assert part in said
    assert bool(said) == bool(part)


def test_every_function_can_be_tried() -> None:
    for name, takes in OVER_ROWS.items():
        given = ["y_true > y_pred" if "logical" in name else "y_pred"] * takes
        given[0] = "y_pred > 0" if name == "where" else given[0]
        called = f"{name}({', '.join(given)})"
        text = f"where({called}, y_pred, 1)" if "logical" in name else f"{called} + y_pred"
        text = f"mean(y_pred) + {called}" if name in REDUCING else text
        assert isinstance(tried(read(text, "loss"), USUAL["loss"], "classes"), str)
