"""Names of features and classes as charts write them: of own tables somebody typed them."""

from components.plain import chart_text
from datasets import Facts, Head


def written(text: str) -> str:
    """Letters as they are: neither tags nor the braces of a hover text mean anything."""
    return chart_text(text).replace("%{", "% {")


def features(facts: Facts) -> tuple[str, ...]:
    """Names of the features."""
    return tuple(map(written, facts.features))


def answers(head: Head) -> tuple[str, ...]:
    """Names of classes, of labels, or of the number."""
    return tuple(map(written, head.names))
