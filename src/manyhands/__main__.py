"""`python -m manyhands …` is the same as `manyhands …`."""

from manyhands.faces.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
