"""Text that somebody else wrote, such as a link's, shown as it is and never as markup."""

import html
import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-!|<>&$:~])")


def plain(text: str) -> str:
    """For `st.markdown` and all that read it: the same letters, without links and pictures."""
    return _MARKDOWN.sub(r"\\\1", text)


def chart_text(text: str) -> str:
    """For names and notes in charts, where Plotly reads a few tags of HTML."""
    return html.escape(text, quote=False)
