"""Sentences about a spec's fields as sentences about the menus that say them."""

import re

PATH = re.compile(r"\b(?:compile|fit|dataset|model)(?:\.\w+|\[\d+\])+|\bbatch_size\b(?=:)")
UNSAID = ("compile", "fit", "params")  # no menu is called so


def in_words_of_menus(sentence: str) -> str:
    """Such as "Optimizer, learning rate: ..." for "compile.optimizer.params.learning_rate: ..."."""
    return PATH.sub(_label, sentence)


def _label(path: re.Match[str]) -> str:
    parts = [part for part in path[0].split(".") if part not in UNSAID]
    said = ", ".join(parts).replace("_", " ")
    said = re.sub(r"\[(\d+)\]", lambda place: f" {int(place[1]) + 1}", said)
    return said if path.start() else said[0].upper() + said[1:]
