"""Which keys can a label have? Those a keyboard has everywhere, without those of the workspace page itself.

Keys are `KeyboardEvent.code`: where they lie, whatever the layout writes there.
"""

import re

# What the page does without Ctrl and Shift: the first entries of SHORTCUTS in static/js/core/keymap.js, tested equal.
PAGE_KEYS = frozenset(
    {
        "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Space", "Home", "End", "Tab", "BracketLeft", "BracketRight",
        "Enter", "Delete", "Backspace", "Escape",
        "KeyA", "KeyD", "KeyE", "KeyF", "KeyG", "KeyJ", "KeyK", "KeyL", "KeyM", "KeyN", "KeyO", "KeyR", "KeyS", "KeyT",
        "KeyV", "KeyW",
    }
)  # fmt: skip
_FIT = re.compile(r"(Key[A-Z]|Digit[0-9]|Comma|Period|Semicolon|Quote|Backslash|Minus|Equal|Backquote)\Z")
# In which order a free key is offered: digits first, for they are found without looking.
_OFFERED = (
    *(f"Digit{digit}" for digit in "1234567890"), *(f"Key{letter}" for letter in "QWERTYUIOPASDFGHJKLZXCVBNM"),
    "Comma", "Period", "Semicolon", "Quote", "Minus", "Equal", "Backslash", "Backquote",
)  # fmt: skip


def is_fit(code: str) -> bool:
    """Whether a key can stand for a label at all."""
    return _FIT.match(code) is not None


def free_key(taken: set[str]) -> str:
    """Returns the handiest key that neither the page nor any of these labels has; empty where none is left."""
    return next((code for code in _OFFERED if code not in taken and code not in PAGE_KEYS), "")
