"""A set-up as text that fits into a link, and back."""

import base64
import binascii
import json
import zlib
from typing import Any

LONGEST = 20_000  # characters; a real set-up has some hundreds


def pack(value: Any) -> str:
    """Any JSON value as URL-safe text."""
    text = json.dumps(value, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


def unpack(text: str) -> Any:
    """The JSON value in `text`; ValueError when the link was cut or changed on its way."""
    try:
        if len(text) > LONGEST:
            raise ValueError
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        return json.loads(unpacker.decompress(packed, 20 * LONGEST))
    except (ValueError, zlib.error, binascii.Error, RecursionError):
        raise ValueError(
            "The set-up in this link cannot be read: it was cut short or changed on its way. "
            "Ask for the link again, or choose afresh below."
        ) from None
