"""The words of the lesson, a sentence each, and links to them wherever they appear."""

import re

import streamlit as st

TERMS: dict[str, str] = {
    "accuracy": "The share of examples whose predicted class is the true one.",
    "activation": "The function at the end of a layer, such as tanh, sigmoid or softmax.",
    "batch": "The training rows that one step looks at.",
    "binary crossentropy": "Minus the logarithm of the probability that the true one of two got.",
    "broadcasting": "Stretching arrays until shapes fit: (N,) and (N, 1) make (N, N).",
    "callback": "An object that `fit` calls after each epoch; it may stop training.",
    "class weight": "How often an example of a class counts in the loss.",
    "compile": "The method that tells a model by which rules it will be trained.",
    "crossentropy": "A loss that compares predicted probabilities with the true class.",
    "dropout": "A layer that sets random values to zero, in training only.",
    "eager": "Running Python line by line, instead of a traced graph.",
    "epoch": "One pass over all training rows.",
    "evaluate": "The method that computes loss and metrics of fixed weights on given rows.",
    "fit": "The method that trains: it takes steps over batches for some epochs.",
    "freeze": "To set `trainable=False`, so that a layer's weights stay as they are.",
    "from_logits": "Tells a loss that it gets scores before sigmoid or softmax.",
    "gradient": "For each weight, how fast the loss grows when the weight does.",
    "graph": "What TensorFlow records of a Python function, to run it instead.",
    "history": "The numbers of every epoch that `fit` returns.",
    "hinge": "A loss that wants each score on its label's side, and 1 away from 0.",
    "label": "The true answer of an example.",
    "last layer": "The layer that makes the predictions; loss and labels have to suit it.",
    "layer": "A function with weights of its own; a model is made of them.",
    "learning rate": "The factor before every step of an optimizer.",
    "logit": "A score before sigmoid or softmax; any number.",
    "loss": "The one number that training makes small.",
    "loss weight": "What the loss of one of several outputs counts in the total.",
    "metric": "A number that is reported beside the loss and changes nothing.",
    "momentum": "A running mean of gradients that an optimizer follows instead of the newest one.",
    "one-hot": "A label as a row of zeros with a one at its class.",
    "optimizer": "The rule that turns gradients into changes of the weights.",
    "overfitting": "Getting better on training rows while validation rows get worse.",
    "penalty": "What regularizers add to the loss for large weights.",
    "precision": "Of all that was called positive, the share that is.",
    "recall": "Of all positives, the share that was found.",
    "seed": "The number from which initial weights and batch order are drawn.",
    "sigmoid": "The function that turns any number into one between 0 and 1.",
    "slot": "What an optimizer remembers for each weight, such as Adam's m and v.",
    "softmax": "The function that turns a row of scores into probabilities that add up to 1.",
    "step": "One change of the weights, made from one batch.",
    "threshold": "The probability from which an example is called positive; 0.5 unless said.",
    "trace": "To run Python once in order to record a graph.",
    "validation": "Rows that are not trained on, to see what was learnt.",
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


def glossary() -> None:
    """All terms with their sentences; each has a place of its own that links lead to."""
    for term, sentence in TERMS.items():
        st.subheader(term, anchor=anchor(term))
        st.markdown(sentence)
