"""The command line."""

import click


@click.group()
def main() -> None:
    """A sales pipeline in Slack."""


if __name__ == "__main__":
    main()
