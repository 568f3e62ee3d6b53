"""`python -m pipeline.cli` is `nb-entities`."""

from pipeline.cli import main

main()
