"""Run ``xmllint --stream --schema SCHEMA FLUX`` and print its seconds and its peak, as JSON.

A process of its own, since a child's peak is never told below the size of who starts it.
"""

import json
import resource
import subprocess
import sys
import time


def main() -> None:
    """Measure once, whatever xmllint finds."""
    schema, flux = sys.argv[1:]
    begun = time.perf_counter()
    subprocess.run(  # from the PATH
        ["xmllint", "--stream", "--noout", "--schema", schema, flux],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seconds = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": used.ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
