"""Memory handed out clean: what an engine writes to disk must not hold what the process forgot there.

Chroma's engine (1.5.9) takes room for a hundred vectors and writes all of it to a file, used or not. Taken from the
heap, that room still holds what was in it before: a passage, a question, a key.
"""

import ctypes
from functools import cache

_M_PERTURB = -6  # mallopt(3): fill what is handed out with the complement of the value, what is given back with it
_ZEROS = 0xFF


@cache
def hand_out_zeros() -> bool:
    """Make `malloc` clear what it hands out from here on, in the whole process.

    Returns:
        Whether this system can: Linux with the GNU C library.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_PERTURB, _ZEROS))
    except (OSError, AttributeError, TypeError):  # another C library, macOS, Windows
        return False
