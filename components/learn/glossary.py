"""The words of the lesson, a sentence each, and links to them wherever they appear."""

import re

TERMS: dict[str, str] = {
    "compile": "The method that tells a model by which rules it will be trained.",
    "metric": "A number that is reported beside the loss and changes nothing.",
    "loss": "The one number that training makes small.",
    "optimizer": "The rule that turns gradients into changes of the weights.",
    "weight": "A number inside the model that training changes.",
}
_MARK = re.compile(r"\[\[(?:([^\]|]+)\|)?([^\]|]+)\]\]")


def linked(text: str) -> str:
    """Markdown in which `[[term]]` and `[[words|term]]` are links; KeyError for unknown terms."""

    def link(found: re.Match[str]) -> str:
        term = found[2].lower()
        return f'[{found[1] or found[2]}](glossary#{anchor(term)} "{TERMS[term]}")'

    return _MARK.sub(link, text)


def anchor(term: str) -> str:
    """The place of a term on the glossary's page."""
    return re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")
