"""The README says what is there."""

import json
import re

import click

from mockportal.cli.journal import journal
from mockportal.cli.main import commands
from mockportal.cli.registry import registry
from mockportal.cli.world import world
from mockportal.domain.messages import Code
from mockportal.resources import seeds_folder
from tests.tools.facts_table import DOCUMENT, document
from tests.tools.readme_cases import README, with_table


def test_the_table_of_cases_is_that_of_the_seeds() -> None:
    readme = README.read_text(encoding="utf-8")
    assert with_table(readme) == readme


def test_the_table_of_facts_is_that_of_the_list() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()


def test_every_message_can_be_provoked_by_a_case_of_the_table() -> None:
    cases = json.loads((seeds_folder() / "cases.json").read_text(encoding="utf-8"))
    assert {case["code"] for case in cases} == {code.value for code in Code} | {"ACCEPTED"}


def test_every_command_and_every_option_that_the_readme_names_exists() -> None:
    readme = README.read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `((?:(?:journal|registry|world) )?\w+)[^`]*` \| (.*) \|$", readme, re.MULTILINE
    )
    named = {row[0] for row in rows}
    groups = (journal, registry, world)
    there = set(commands.list_commands(click.Context(commands))) - {group.name for group in groups}
    there |= {f"{group.name} {name}" for group in groups for name in group.commands}
    assert there <= named
    for name, text in rows:
        if name not in there:
            continue
        command: click.Command = commands
        for word in name.split():
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), word)
            assert found is not None
            command = found
        options = {option for one in command.params for option in one.opts}
        assert set(re.findall(r"`(--[\w-]+)", text)) <= options, name
