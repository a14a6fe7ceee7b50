"""``mockportal rules``: the table of rules and messages with their basis."""

import json

import click

from mockportal.cli.options import ALL_ACCEPTED
from mockportal.domain.messages import CATALOGUE


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def rules(as_json: bool) -> int:
    """Print the rules of the second control, each with its message and how sure we are of it."""
    if as_json:
        table = [
            {
                "code": message.code.value,
                "rule": message.rule,
                "message": message.text,
                "basis": [basis.value for basis in message.basis],
                "source": message.source,
                "advice": {
                    "happened": message.happened,
                    "check": message.check,
                    "mend": message.mend,
                },
            }
            for message in CATALOGUE.values()
        ]
        click.echo(json.dumps(table, ensure_ascii=False, indent=2))
        return ALL_ACCEPTED
    click.echo("The rules, in the order in which they apply. A passage gets its first failure.\n")
    for message in CATALOGUE.values():
        basis = ", ".join(basis.value for basis in message.basis)
        click.echo(f"{message.code.value}  [{basis}; {message.source}]")
        click.echo(f"    when     {message.rule}")
        click.echo(f"    message  {message.text}")
    return ALL_ACCEPTED
