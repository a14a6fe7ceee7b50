"""The README and the documents say what is there, and lead where they say."""

import json
import re

import click

from mockportal.cli.journal import journal
from mockportal.cli.main import commands
from mockportal.cli.registry import registry
from mockportal.cli.world import world
from mockportal.domain.messages import Code
from mockportal.resources import seeds_folder
from tests.recipes.blocks import DOCUMENTS, README
from tests.tools import cases_table, facts_table

MOST = 15_000
"""Bytes of the README: what is longer has a document of its own."""


def test_the_readme_is_short() -> None:
    assert README.stat().st_size <= MOST


def test_every_document_stands_in_the_readme() -> None:
    named = set(re.findall(r"\]\(mockportal/docs/([\w-]+\.md)\)", README.read_text("utf-8")))

    assert named == {path.name for path in DOCUMENTS.glob("*.md")}


def test_the_table_of_cases_is_that_of_the_seeds() -> None:
    written = cases_table.DOCUMENT.read_text(encoding="utf-8")
    assert cases_table.with_table(written) == written


def test_the_table_of_facts_is_that_of_the_list() -> None:
    assert facts_table.DOCUMENT.read_text(encoding="utf-8") == facts_table.document()


def test_every_message_can_be_provoked_by_a_case_of_the_table() -> None:
    cases = json.loads((seeds_folder() / "cases.json").read_text(encoding="utf-8"))
    assert {case["code"] for case in cases} == {code.value for code in Code} | {"ACCEPTED"}


def test_every_command_and_every_option_that_is_named_exists() -> None:
    listed = (DOCUMENTS / "commands.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `((?:(?:journal|registry|world) )?\w+)[^`]*` \| (.*) \|$", listed, re.MULTILINE
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
