"""What a browser's tab keeps through a reload, with which the server forgets its session."""

from collections.abc import Callable

import streamlit as st

_mount = st.components.v2.component(
    "keeper",
    html="<span></span>",
    js="""
export default function ({ data, setStateValue }) {
  if (!data.fresh) return sessionStorage.setItem(data.name, data.text);
  const kept = sessionStorage.getItem(data.name);
  if (kept && kept.length > 2) setStateValue("kept", kept);
}
""",
)


def keep(name: str, text: str, *, fresh: bool, key: str, restore: Callable[[], None]) -> None:
    """Have the browser keep `text`, or, where the session is fresh, give what it kept before.

    text: JSON; an empty list or object is nothing to give. `restore` finds it by `kept(key)`.
    """
    data = {"name": f"compile-lab:{name}", "text": text, "fresh": fresh}
    _mount(key=key, data=data, height=1, on_kept_change=restore)


def kept(key: str) -> object:
    """What the browser gave: a text, if nobody meddled with it."""
    return (st.session_state.get(key) or {}).get("kept")
