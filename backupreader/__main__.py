"""``python -m backupreader``."""

from backupreader.cli import main

if __name__ == "__main__":
    main()
