"""``python -m mockportal`` and the command ``mockportal``."""

from mockportal.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
