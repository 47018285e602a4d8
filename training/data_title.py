"""A data set as a short call: own tables by the name of their file, not by its digest."""

from datasets import own
from training.choice import Choice
from training.code import called


def data_called(dataset: Choice) -> str:
    """Such as "moons(noise=0.3)", or "flowers.csv(target='kind', features=('size',))"."""
    return called(titled(dataset))


def titled(dataset: Choice) -> Choice:
    """An own data set by the name of its file, without the digest; others as they are."""
    if dataset.name not in own.OWN:
        return dataset
    params = dict(dataset.params)
    digest = params.pop("digest", "")
    try:
        title = own.described(digest).title
    except ValueError:  # it never was on this computer
        title = f"{dataset.name} {digest[:8]}"
    return Choice(title, params)
