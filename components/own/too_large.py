"""Files that the browser does not even send, because they are too large, refused with a sentence.

Streamlit's uploader marks such a file with a red icon, whose reason is seen by hovering over it
only: on a phone never. So their names and sizes are taken from the uploader's own events.
"""

import streamlit as st

from components.plain import plain
from datasets.table.disguise import too_large

KEY, BESIDE = "own:refused", "own:refused.beside"  # beside which file that was taken
LONGEST = 60  # letters of a file's name

_mount = st.components.v2.component(
    "too-large",
    html="<span></span>",
    js="""
export default function ({ data, parentElement: root, setStateValue }) {
  const here = event => event.target.closest?.('[data-testid="stFileUploader"]');
  // nothing is told of a file that is taken: a rerun at that moment may lose it
  const look = (event, files) => {
    const file = here(event) && [...(files ?? [])].find(one => one.size > data.most);
    if (file) setStateValue("file", { name: file.name, size: file.size, at: event.timeStamp });
  };
  const heard = {
    change: event => look(event, event.target.files),
    drop: event => look(event, event.dataTransfer?.files),
    click: event => here(event) && data.shown && setStateValue("file", null),  // takes it away
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


def refusals(uploader: str) -> None:
    """Say which file was too large to be sent, until another is taken; `uploader` is a key."""
    refused = (st.session_state.get(KEY) or {}).get("file")
    said = sentence(refused) if st.session_state.get(BESIDE) == _taken(uploader) else ""
    most = st.get_option("server.maxUploadSize") * 2**20  # as the uploader counts
    data = {"most": most, "shown": bool(said)}

    def note() -> None:
        st.session_state[BESIDE] = _taken(uploader)

    _mount(key=KEY, data=data, height=1, on_file_change=note)
    if said:
        st.error(plain(said), icon=":material/error:")


def _taken(uploader: str) -> str:
    file = st.session_state.get(uploader)
    return file.file_id if file else ""


def sentence(file: object) -> str:
    """What is wrong with a file that a browser told of; "" where it told of none."""
    match file:
        case {"name": str(name), "size": int(size)}:
            return too_large(size, name[:LONGEST])
    return ""
