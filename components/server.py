"""Starts the app: `python -m components.server`, with the options of `streamlit run`."""

import sys
import threading
from contextlib import suppress
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web.cli import main

from components.session import warm_up

APP = Path(__file__).parents[1] / "app.py"


def serve(options: list[str]) -> None:
    """Serve until stopped; workers load TensorFlow meanwhile."""
    # Until app.py has run once, Streamlit takes the folder `pages` for its older kind of pages, and
    # tells the first visitor who comes by a link that the page does not exist.
    PagesManager.uses_pages_directory = False
    threading.Thread(target=warm_up, daemon=True).start()
    sys.argv = ["streamlit", "run", str(APP), *options]
    main()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        serve(sys.argv[1:])
