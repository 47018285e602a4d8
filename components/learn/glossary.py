"""The words of the lesson, a sentence each, and links to them wherever they appear."""

import re

import streamlit as st

TERMS: dict[str, str] = {
    "accuracy": "The share of examples whose predicted class is the true one.",
    "activation": "The function at the end of a layer, such as tanh, sigmoid or softmax.",
    "AUC": "The share of pairs of a positive and a negative example in which the positive one has "
    "the higher prediction; 0.5 is guessing.",
    "batch": "The training rows that one step looks at.",
    "bias": "A weight that a unit adds whatever its inputs are; Keras starts it at 0.",
    "binary crossentropy": "For two classes: minus the logarithm of the probability that the model "
    "gave to the true one, averaged over examples.",
    "broadcasting": "Stretching arrays until shapes fit: (N,) and (N, 1) make (N, N).",
    "callback": "An object that `fit` calls at certain moments, such as the end of an epoch or of "
    "a step; it may stop training.",
    "class weight": "How much an example of a class counts in the loss.",
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
    "mean squared error": "The squared differences between prediction and target, averaged.",
    "metric": "A number that is reported beside the loss and changes nothing.",
    "momentum": "What an optimizer follows instead of the newest gradient: a sum of all of them "
    "in which older ones count less and less.",
    "one-hot": "A label as a row of zeros with a one at its class.",
    "optimizer": "The rule that turns gradients into changes of the weights.",
    "overfitting": "Getting better on training rows while validation rows get worse.",
    "penalty": "What a regularizer adds to the loss, so that weights stay small.",
    "precision": "Of all that was called positive, the share that is.",
    "recall": "Of all positives, the share that was found.",
    "regression": "Predicting a number, where a classification predicts a class.",
    "regularizer": "A rule that adds a penalty to the loss, mostly for large weights.",
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
_SENTENCES = {term.lower(): sentence for term, sentence in TERMS.items()}
_MARK = re.compile(r"\[\[(?:([^\]|]+)\|)?([^\]|]+)\]\]")


def linked(text: str) -> str:
    """Markdown in which `[[term]]` and `[[words|term]]` are links; KeyError for unknown terms."""

    def link(found: re.Match[str]) -> str:
        term = found[2].lower()
        return f'[{found[1] or found[2]}](glossary#{anchor(term)} "{_SENTENCES[term]}")'

    return _MARK.sub(link, text)


def unlinked(text: str) -> str:
    """The words alone, for where no link can be."""
    return _MARK.sub(lambda found: found[1] or found[2], text)


def anchor(term: str) -> str:
    """The place of a term on the glossary's page."""
    return re.sub(r"[^a-z0-9]+", "-", term.lower()).strip("-")


def glossary() -> None:
    """All terms with their sentences; each has a place of its own that links lead to."""
    for term, sentence in TERMS.items():
        st.subheader(term, anchor=anchor(term))
        st.markdown(sentence)
