"""Files that the browser does not even send, because they are too large, refused with a sentence.

Streamlit's uploader marks such a file with a red icon, whose reason is seen by hovering over it
only: on a phone never. So their names and sizes are taken from the uploader's own events.
"""

import streamlit as st

from components.plain import plain
from datasets.table.disguise import too_large

KEY = "own:refused"
LONGEST = 60  # letters of a file's name

_mount = st.components.v2.component(
    "too-large",
    html="<span></span>",
    js="""
export default function ({ data, parentElement: root, setStateValue }) {
  const here = event => event.target.closest?.('[data-testid="stFileUploader"]');
  const look = (event, files) => {
    if (!here(event)) return;
    const file = [...(files ?? [])].find(one => one.size > data.most);
    const told = file ? { name: file.name, size: file.size } : null;
    if (told || data.shown) setStateValue("file", told);
  };
  const heard = {
    change: event => look(event, event.target.files),
    drop: event => look(event, event.dataTransfer?.files),
    click: event => look(event, []),  // takes the file away, or chooses another
  };
  root.deaf?.();
  for (const name in heard) document.addEventListener(name, heard[name], true);
  root.deaf = () => {
    for (const name in heard) document.removeEventListener(name, heard[name], true);
  };
  return () => root.deaf();
}
""",
)


def refusals() -> None:
    """Say which file was too large to be sent, until another one is chosen."""
    said = sentence((st.session_state.get(KEY) or {}).get("file"))
    most = st.get_option("server.maxUploadSize") * 2**20  # as the uploader counts
    data = {"most": most, "shown": bool(said)}
    _mount(key=KEY, data=data, height=1, on_file_change=lambda: None)
    if said:
        st.error(plain(said), icon=":material/error:")


def sentence(file: object) -> str:
    """What is wrong with a file that a browser told of; "" where it told of none."""
    match file:
        case {"name": str(name), "size": int(size)}:
            return too_large(size, name[:LONGEST])
    return ""
