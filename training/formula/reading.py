"""Text into a formula: Python's grammar, of which a few forms are let through.

Nothing of the text is ever run: what is not copied into our own tree is refused.
"""

import ast
from functools import lru_cache

from training.formula.expressions import Reader
from training.formula.grammar import GRAMMARS, LONGEST_NAME, MOST_VARIABLES, Grammar
from training.formula.letters import spelled, tidy
from training.formula.names import check_names, state_of
from training.formula.tree import Apply, Formula, FormulaError, Name, Node, Place


@lru_cache(maxsize=512)
def read(text: str, kind: str) -> Formula:
    """The formula that a text says; kind is one of GRAMMARS.

    FormulaError, a ValueError, says what is wrong at which line and column.
    """
    grammar = GRAMMARS[kind]
    text = tidy(text)
    spelled(text)
    if not text.strip():
        raise FormulaError(f"the {grammar.what} is empty.", Place(1, 1))
    statements, reader = _parsed(text)
    assignments: list[tuple[str, Node]] = []
    result = None
    for number, statement in enumerate(statements, start=1):
        if isinstance(statement, ast.Expr) and not grammar.rule and number == len(statements):
            result = reader.node(statement.value)
        else:
            assignments.append(_assignment(statement, reader, grammar))
    if not grammar.rule and result is None:
        raise FormulaError(
            f"the last line of a {grammar.what} is its value, without a name and = in front.",
            reader.place(statements[-1]),
        )
    _check_count(assignments, reader, statements)
    state = state_of(assignments, grammar)
    formula = Formula(tuple(assignments), result, state)
    check_names(formula, grammar)
    return formula


def _parsed(text: str) -> tuple[list[ast.stmt], Reader]:
    lines = text.split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines]
    reader = Reader(indents)
    try:
        body = ast.parse("\n".join(line.lstrip(" ") for line in lines)).body
    except SyntaxError as error:
        line = min(max(1, error.lineno or 1), len(lines))
        column = max(1, error.offset or 1) + indents[line - 1]
        said = (error.msg or "invalid syntax").split("\n")[0].split(". Perhaps")[0]
        raise FormulaError(f"this cannot be read: {said}.", Place(line, column)) from None
    except (ValueError, MemoryError, RecursionError, OverflowError):
        raise FormulaError("this is too long or too deep to be read.", Place(1, 1)) from None
    if not body:
        raise FormulaError("there is only a comment here; write a formula.", Place(1, 1))
    return body, reader


def _assignment(statement: ast.stmt, reader: Reader, grammar: Grammar) -> tuple[str, Node]:
    where = reader.place(statement)
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            node = reader.node(value)
        case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
            before = Name(name, where)
            node = Apply(reader.sign(op, where), (before, reader.node(value)), where)
        case ast.Expr():
            raise FormulaError(
                "this value goes nowhere; "
                + (
                    "assign it: weight = ..."
                    if grammar.rule
                    else "only the last line is a value, those before are assignments: a = ..."
                ),
                where,
            )
        case _:
            raise FormulaError(
                f"a line is an assignment to one name, such as a = 2 * {grammar.given[0]}"
                + ("." if grammar.rule else ", or the value at the end."),
                where,
            )
    _check_name(name, where, grammar)
    return name, node


def _check_name(name: str, where: Place, grammar: Grammar) -> None:
    if name in grammar.given or name in grammar.numbers or name in grammar.functions:
        raise FormulaError(f"{name} already means something; take another name.", where)
    if len(name) > LONGEST_NAME or "__" in name:
        raise FormulaError(
            f"a name has at most {LONGEST_NAME} characters, and no two _ in a row.", where
        )


def _check_count(
    assignments: list[tuple[str, Node]], reader: Reader, statements: list[ast.stmt]
) -> None:
    if len({name for name, _ in assignments}) > MOST_VARIABLES:
        raise FormulaError(
            f"there are at most {MOST_VARIABLES} own names.", reader.place(statements[0])
        )
