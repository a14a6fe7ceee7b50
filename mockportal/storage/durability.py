"""What a file system needs so that a file's name, not only its content, outlives the machine."""

import errno
import os
from pathlib import Path

_CANNOT = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}
"""What file systems answer that know no such thing; some of networks do not."""


def sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk: those just made, moved there or replaced.

    Windows, which opens no folder, writes them by itself.
    """
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as fault:
        if fault.errno not in _CANNOT:
            raise
    finally:
        os.close(opened)
