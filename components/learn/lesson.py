"""One page of the lesson: text, prediction, experiment, proof, code, sources, in a page's order."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from components import opening, presenter, running
from components.learn import answers, contents, glossary, keeper
from training.demo import Demo, script
from training.design import Design
from training.spec import Experiment

RIGHT, WRONG = ":material/check_circle:", ":material/cancel:"


class Lesson:
    """The page that is being drawn. Making one draws its head."""

    def __init__(self, slug: str, wide: bool = False) -> None:
        self.slug = self.question = slug
        self.page = contents.PAGES[slug]
        self.code: list[Demo] = []
        st.set_page_config(layout="wide" if wide else "centered")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.title(self.page.title, anchor=False)
            presenter.presenter(column=not wide)
        if not self.page.predicts:  # elsewhere it would say what is to be predicted
            st.caption(self.page.sentence)

    def text(self, words: str) -> None:
        """Markdown in which `[[term]]` links to the glossary."""
        st.markdown(glossary.linked(words))

    def about(self, part: str) -> None:
        """What follows is about one of the page's parts, which has a prediction of its own."""
        self.question = f"{self.slug}.{part}"

    def pick(self, name: str, label: str, options: Sequence[str]) -> str:
        """One of the options, which an experiment is given; in the address under its name."""
        if not presenter.shows("controls"):
            named = st.query_params.get(name)
            return named if named in options else options[0]
        return st.selectbox(
            label, options, key=name, bind="query-params", disabled=presenter.locked()
        )

    def predict(self, question: str, options: Sequence[str], right: str, because: str) -> None:
        """The prediction that comes before the experiment; `because` is said afterwards."""
        if right not in options:
            raise ValueError(f"{self.question}: {right!r} is none of the options.")
        self.right, self.because = right, because
        if not presenter.shows("prediction"):
            return
        before = answers.given().get(self.question)
        with st.container(border=True):
            st.markdown(f":material/psychology_alt: **Predict.** {glossary.linked(question)}")
            chosen = st.radio(
                glossary.unlinked(question),
                options,
                index=options.index(before.said) if before and before.said in options else None,
                # a widget that was drawn without an answer would not show one that comes back
                key=f"learn.{self.question}.prediction{'.made' if before else ''}",
                label_visibility="collapsed",
                disabled=before is not None,
            )
            if before is None:
                st.button(
                    "That is my prediction",
                    key=f"learn.{self.question}.commit",
                    on_click=answers.give,
                    args=(self.question, chosen, chosen == right),
                    disabled=chosen is None,
                    help="It is scored once you have seen what happens.",
                )

    def slider(
        self, name: str, label: str, low: float, high: float, start: float, step: float
    ) -> float:
        """A number that an experiment is given, in the address under its name."""
        if not presenter.shows("controls"):
            return self._named(name, low, high, start)
        return st.slider(
            label,
            low,
            high,
            start,
            step,
            key=name,
            bind="query-params",
            disabled=presenter.locked(),
        )

    def _named(self, name: str, low: float, high: float, start: float) -> float:
        """The number of that name in the address, where it is one that the slider has."""
        try:
            number = float(st.query_params[name])
        except (KeyError, ValueError):
            return start
        return number if low <= number <= high else start

    def experiment(self, name: str, label: str, **params: Any) -> dict[str, Any] | None:
        """A demonstration of `training/demos`: what it returned, or None until it was run."""
        demo = Demo.from_json({"name": name, "params": params})
        ready = not self.page.predicts or not presenter.shows("prediction")
        ready = ready or self.question in answers.given()
        if ready or not self.page.parts:  # what is to be found would be found in its code
            self.code.append(demo)
        closed = "" if ready else "First commit to a prediction."
        return running.result(demo, f"learn:{self.slug}", label, closed=closed)

    def proof(self, what: str, value: str, passed: bool, mark: str) -> None:
        """A number that proves the sentence, and the mark by which it does."""
        (st.success if passed else st.error)(
            f"{what}: **{value.removesuffix('.')}**. Pass mark: {mark}."
            + ("" if passed else " This run did not show it; run it again, or read on with doubt."),
            icon=RIGHT if passed else WRONG,
        )

    def verdict(self) -> None:
        """Prediction against what happened; call it once the proof has been drawn."""
        answer = answers.given().get(self.question)
        if answer is None:
            st.info(f"What happened: **{self.right}**. {glossary.linked(self.because)}")
            return
        answers.see(self.question)
        said = f"You predicted *{answer.said}*. What happened: **{self.right}**. "
        (st.success if answer.right else st.warning)(
            said + glossary.linked(self.because), icon=RIGHT if answer.right else ":material/undo:"
        )

    def try_next(self, *ideas: str) -> None:
        """What to try now, a sentence each."""
        if presenter.shows("next"):
            st.markdown("**Try next**\n" + "".join(f"\n- {glossary.linked(i)}" for i in ideas))

    def open_in(self, label: str, spec: Mapping[str, Any]) -> None:
        """A button that opens the same set-up in the Playground, or in Compare for a design.

        Raises ValueError, drawn or not, when it could not be trained there.
        """
        several = "rows" in spec
        (Design if several else Experiment).from_json(dict(spec))
        if presenter.shows("next") and st.button(
            label, key=f"learn.{self.slug}.{label}", icon=":material/open_in_new:"
        ):
            go: Callable[[Any], None] = opening.design if several else opening.playground
            go(dict(spec))

    def see(self, *places: str) -> None:
        """Links to pages of the lesson that say more about it, or to a part as in "museum.P8"."""
        for slug, _, part in (place.partition(".") for place in places):
            st.page_link(
                contents.path(slug),
                label=contents.PAGES[slug].title + (f", {part}" if part else ""),
                icon=":material/menu_book:",
                query_params={"part": part} if part else None,
            )

    def end(self, *sources: str) -> None:
        """The code of the experiments, the sources, and the way to the next page."""
        if presenter.shows("code"):
            for demo in {demo.name: demo for demo in self.code}.values():
                with st.expander(f"Show the code: {demo.name}", icon=":material/code:"):
                    st.caption("Plain Keras, complete in itself; this is what was run.")
                    st.code(script(demo), language="python")
        if presenter.shows("sources") and sources:
            st.caption("Sources: " + "; ".join(sources) + ".")
        following = contents.after(self.slug)
        if presenter.shows("next") and following:
            st.page_link(
                contents.path(following.slug),
                label=f"Next: {following.title}",
                icon=":material/arrow_forward:",
            )
        keeper.keep()
