"""The house rules: which way imports point, what modules say, what the README promises."""

import ast
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("components", "pages", "datasets", "training", "benchmarks", "tests")
MODULES = sorted([*ROOT.glob("app.py"), *(m for f in FOLDERS for m in (ROOT / f).rglob("*.py"))])
NAMES = [str(module.relative_to(ROOT)) for module in MODULES]

HEAVY = {"tensorflow", "keras", "distributed", "dask"}
FORBIDDEN = {
    "training": {"streamlit", "components", "pages"},
    "components": {*HEAVY, "pages"},
    "pages": HEAVY,
    "app.py": HEAVY,
    "datasets": {*HEAVY, "streamlit", "training", "components", "pages"},
}

LONGEST = 200  # lines
TABLES = {  # files that are one literal table, and grow with what Keras has
    "training/catalog/datasets.py",
    "training/catalog/optimizers.py",
}
LONGER = {  # one purpose each, easier to follow whole than torn apart
    "training/dispatcher.py",
    "training/program.py",
    "training/queue.py",
    "training/schema.py",
    "training/store.py",
}
LONGEST_OF_ALL = 350


def imported(tree: ast.AST) -> set[str]:
    """The packages that a module imports anywhere, also inside functions."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("name", [n for n in NAMES if Path(n).parts[0] in FORBIDDEN])
def test_imports_point_one_way(name: str) -> None:
    """Pages know the engine's values, never its packages; nothing below knows the pages."""
    tree = ast.parse((ROOT / name).read_text())
    assert not imported(tree) & FORBIDDEN[Path(name).parts[0]]


def test_the_server_loads_no_tensorflow() -> None:
    """What pages import, with all that it imports itself, must leave the server light."""
    modules = ["components", "training.spec", "training.lab"]
    modules += [n.removesuffix(".py").replace("/", ".") for n in NAMES if n[:11] == "components/"]
    modules = [m.removesuffix(".__init__") for m in modules if find_spec(m.split(".")[0])]
    code = f"import importlib, sys\nfor m in {modules}: importlib.import_module(m)\n"
    code += f"print(*{HEAVY} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == []


@pytest.mark.parametrize("name", NAMES)
def test_a_module_says_what_it_is(name: str) -> None:
    """The first line of every module is one sentence that says what it is for."""
    said = ast.get_docstring(ast.parse((ROOT / name).read_text()))
    assert said, f"{name} has no docstring"
    assert said.split("\n\n")[0].endswith((".", ":")), f"{name} does not begin with a sentence"


@pytest.mark.parametrize("name", [n for n in NAMES if n not in TABLES and n[:6] != "tests/"])
def test_a_module_is_short_enough_to_read(name: str) -> None:
    """A file with one purpose is seldom long."""
    lines = len((ROOT / name).read_text().splitlines())
    assert lines <= (LONGEST_OF_ALL if name in LONGER else LONGEST)


def test_what_is_imported_is_required() -> None:
    """No package is used only because another one happens to bring it."""
    used = set().union(*(imported(ast.parse((ROOT / n).read_text())) for n in NAMES))
    own = {*FOLDERS, *(path.stem for path in (ROOT / "tests").glob("*.py"))}
    comes_as = {"sklearn": "scikit-learn", "sqlalchemy": "SQLAlchemy", "dask": "distributed"}
    foreign = {comes_as.get(name, name) for name in used - sys.stdlib_module_names - own}
    assert foreign - {"hypothesis", "nbclient", "pytest", "playwright"} <= required()


def required() -> set[str]:
    """The packages of requirements.txt."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return {re.match(r"[\w-]+", line)[0] for line in lines}


def test_readme_explains_each_dependency() -> None:
    """The README's table has exactly the packages of requirements.txt."""
    table = section("What it is built on")
    named = {
        n for row in re.findall(r"^\| (`.*?) \|", table, re.M) for n in re.findall(r"`(.+?)`", row)
    }
    assert named == required()


def test_readme_names_each_setting_and_command() -> None:
    """No environment variable and no make target is a secret."""
    code = "".join((ROOT / n).read_text() for n in NAMES if n[:6] != "tests/")
    assert set(re.findall(r"COMPILE_LAB_[A-Z_]+", code)) <= set(
        re.findall(r"`(COMPILE_LAB_[A-Z_]+)`", section("Settings"))
    )
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
    assert {f"make {t}" for t in targets} <= set(re.findall(r"`(make \w+)", section("")))


def section(title: str) -> str:
    """The README's section of that title; all of it for an empty one."""
    text = (ROOT / "README.md").read_text()
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0] if title else text
