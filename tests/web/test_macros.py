"""The parts that pages are built from: forms, steps, blocks."""

from typing import Any

import pytest
from flask import Flask, render_template_string
from lxml import html

from mockportal.assembly import Portal
from mockportal.web import create_app


@pytest.fixture
def app(portal: Portal) -> Flask:
    return create_app(portal)


def drawn(app: Flask, source: str, **given: Any) -> html.HtmlElement:
    """Return the tree of what a piece of template writes, its macros imported."""
    imports = (
        '{% from "_forms.html" import error_summary, field, name_field, password_field, text_area,'
        " select, suggest, date_field, date_parts, choice, checkbox %}"
        '{% from "_steps.html" import steps %}'
        '{% from "_blocks.html" import notice, empty, pages, tabs, bar_chart %}'
    )
    with app.test_request_context("/"):
        return html.fromstring(f"<div>{render_template_string(imports + source, **given)}</div>")


@pytest.mark.parametrize(
    "macro",
    [
        "field('x', 'Libellé', 'valeur', help='Aide', error='Faute')",
        "name_field('x', 'Libellé', 'valeur', help='Aide', error='Faute')",
        "password_field('x', 'Libellé', help='Aide', error='Faute')",
        "text_area('x', 'Libellé', 'valeur', help='Aide', error='Faute')",
        "select('x', 'Libellé', [('a', 'A')], 'a', help='Aide', error='Faute')",
        "suggest('x', 'Libellé', 'a', [('a', 'A')], help='Aide', error='Faute')",
        "date_field('x', 'Libellé', '2026-01-01', help='Aide', error='Faute')",
    ],
)
def test_a_field_has_its_label_and_says_its_help_and_its_error(app: Flask, macro: str) -> None:
    form = drawn(app, "{{ " + macro + " }}")

    (field,) = form.xpath('//*[@name="x"]')
    assert form.xpath('//label[@for="x"]')[0].text_content().strip() == "Libellé"
    said = [form.get_element_by_id(one) for one in field.get("aria-describedby").split()]
    assert [one.text_content().strip() for one in said] == ["Faute", "Aide"]
    assert field.get("aria-invalid") == "true"


def test_a_field_that_is_right_is_not_marked(app: Flask) -> None:
    form = drawn(app, "{{ field('x', 'Libellé', autocomplete='email', required=false) }}")

    (field,) = form.xpath('//input[@name="x"]')
    assert field.get("aria-invalid") is None
    assert field.get("aria-describedby") is None
    assert field.get("autocomplete") == "email"
    assert "(facultatif)" in form.text_content()


def test_what_was_typed_is_escaped(app: Flask) -> None:
    form = drawn(app, "{{ field('x', 'Libellé', typed) }}", typed='"><script>')

    assert form.xpath("//input/@value") == ['"><script>']
    assert not form.xpath("//script")


def test_a_field_for_a_name_reminds_not_to_type_a_real_one(app: Flask) -> None:
    said = drawn(app, "{{ name_field('nom', 'Nom') }}").text_content()

    assert "N'écrivez pas le nom d'une vraie personne" in said


def test_the_summary_takes_the_focus_and_leads_to_each_field(app: Flask) -> None:
    summary = drawn(
        app, "{{ error_summary([('nom', 'Le nom manque.'), ('jour', 'Quel jour ?')]) }}"
    )

    (block,) = summary.xpath("//div[@autofocus]")
    assert block.get("tabindex") == "-1"
    assert summary.xpath("//a/@href") == ["#nom", "#jour"]
    assert not drawn(app, "{{ error_summary([]) }}").text_content().strip()


def test_the_parts_of_a_date_are_three_labelled_fields(app: Flask) -> None:
    source = (
        "{{ date_parts('ne', 'Naissance', {'jour': '3', 'mois': '', 'annee': '1990'},"
        " error='Quel mois ?') }}"
    )
    form = drawn(app, source)

    assert form.xpath("//legend")[0].text_content().strip() == "Naissance"
    assert form.xpath("//input/@name") == ["ne_jour", "ne_mois", "ne_annee"]
    assert form.xpath("//label/@for") == ["ne_jour", "ne_mois", "ne_annee"]
    assert set(form.xpath("//input/@aria-describedby")) == {"ne-erreur"}


def test_one_of_several_choices_is_checked(app: Flask) -> None:
    form = drawn(
        app, "{{ choice('x', 'Nature', [('a', 'A', 'Plus'), ('b', 'B')], 'b', cards=true) }}"
    )

    assert form.xpath("//input[@checked]/@value") == ["b"]
    assert set(form.xpath("//label/@for")) == set(form.xpath("//input/@id"))


def test_a_list_narrows_by_typing_without_a_script(app: Flask) -> None:
    form = drawn(app, "{{ suggest('x', 'Code', '', [('RS1710', 'Anglais')]) }}")

    assert form.xpath("//datalist/@id") == form.xpath("//input/@list")
    assert form.xpath("//option/@value") == ["RS1710"]


def test_a_box_keeps_its_tick(app: Flask) -> None:
    assert drawn(app, "{{ checkbox('x', 'Oui', true) }}").xpath("//input[@checked]")
    assert not drawn(app, "{{ checkbox('x', 'Oui') }}").xpath("//input[@checked]")


def test_the_steps_say_where_one_is(app: Flask) -> None:
    bar = drawn(app, "{{ steps(2, ['Un', 'Deux', 'Trois']) }}")

    assert "Étape 2 sur 3" in bar.text_content()
    assert bar.xpath('//li[@aria-current="step"]')[0].text_content().strip() == "Deux"
    assert len(bar.xpath('//li[@class="done"]')) == 1


def test_pages_keep_the_filters_that_are_set(app: Flask) -> None:
    source = "{{ pages('deposits.history', 2, 3, {'statut': 'accepted', 'du': ''}) }}"

    assert drawn(app, source).xpath("//a/@href") == [
        "/depots?page=1&statut=accepted",
        "/depots?page=3&statut=accepted",
    ]
    assert not drawn(app, "{{ pages('deposits.history', 1, 1) }}").xpath("//a")


def test_a_chart_is_a_table_whose_bars_are_not_read_aloud(app: Flask) -> None:
    chart = drawn(app, "{{ bar_chart('KO', [('Un', 4), ('Deux', 1)], 'Motif', 'Passages') }}")

    assert chart.xpath("//tbody/tr/td[last()]/text()") == ["4", "1"]
    assert chart.xpath("//tbody//rect[2]/@width") == ["100.000%", "25.000%"]
    assert chart.xpath("//svg/@aria-hidden") == ["true", "true"]


def test_notices_tabs_and_empty_states_say_what_they_are_given(app: Flask) -> None:
    page = drawn(
        app,
        "{% call notice('wait', 'status') %}Patience{% endcall %}"
        "{{ tabs([('/a', 'Fichiers'), ('/b', 'Passages')], 'Passages') }}"
        "{{ empty('Rien', 'Encore rien.', 'up', '/c', 'Commencer') }}",
    )

    assert page.xpath('//*[@role="status"]')[0].text_content().strip() == "Patience"
    assert page.xpath('//a[@aria-current="page"]/text()') == ["Passages"]
    assert page.xpath('//a[@class="pill"]/@href') == ["/c"]
