"""Advice on an element that may not stand where it stands, with the change that mends it."""

import re
from dataclasses import replace

from mockportal.domain.advice import Advice
from mockportal.domain.changes import Change, ChangeKind
from mockportal.domain.code_advice import nothing_known
from mockportal.domain.code_reading import commune_code
from mockportal.domain.date_reading import read_date
from mockportal.domain.element_names import bare_name, is_birth_date, other_names_of
from mockportal.domain.file_errors import Facts, Fault, Form
from mockportal.domain.finding import Finding, fits, form_of
from mockportal.domain.messages import Basis
from mockportal.domain.samples import if_known, to_complete, written
from mockportal.domain.schema_elements import Order, Presence, SchemaElement
from mockportal.domain.suggesting import closest
from mockportal.domain.value_readings import value_advice

_BIRTH = ("birth_year", "birth_month", "birth_day")
_ONE_A_FILE = ("sender_part", "certifiers_part", "certifier_part")


def stranger_advice(finding: Finding) -> Advice | None:
    """Return what to do with an element that is not expected; None for what the table knows."""
    facts = finding.facts
    if facts.namespace and facts.namespace != facts.wanted:
        return None
    if finding.at(finding.path[:-1]) is None:
        return None
    advisers = (_on_prefix, _on_twice, _on_birth_date, _on_other_name, _on_place, _on_anything)
    advices = (adviser(finding) for adviser in advisers)
    return next((advice for advice in advices if advice), None)


def _advice(happened: str, mend: str, change: Change) -> Advice:
    return Advice(happened, mend, Basis.OBSERVED, change)


def _name(finding: Finding) -> str:
    return finding.facts.element or finding.name


def _remove(finding: Finding, happened: str) -> Advice:
    return _advice(
        happened, f"Retirez toute la balise « {_name(finding)} ».", Change(ChangeKind.REMOVE)
    )


def _renamed(finding: Finding, name: str, happened: str) -> Advice:
    new = finding.tags.name(name)
    content = finding.place.content.strip()
    shown = finding.tags.leaf(name, content) if content and not finding.may_be_cut else f"<{new}>"
    return _advice(
        happened,
        f"Le bon nom est « {name} », à la lettre près : écrivez {shown}, et corrigez de même la "
        "balise de fin.",
        Change(ChangeKind.RENAME, new, shown=shown),
    )


def _on_prefix(finding: Finding) -> Advice | None:
    """Give the prefix that a name lacks."""
    if finding.facts.namespace or finding.facts.fault is not Fault.UNEXPECTED:
        return None
    name = _name(finding)
    if not finding.tags.prefix or not finding.named(name):
        return None
    new = finding.tags.name(name)
    return _advice(
        f"« {name} » est écrit sans le préfixe « {finding.tags.prefix}: » de ses voisins.",
        f"Écrivez <{new}>, et </{new}> à la fin.",
        Change(ChangeKind.RENAME, new, shown=f"<{new}>"),
    )


def _lacking(finding: Finding) -> list[SchemaElement]:
    """Return the mandatory elements that the one around lacks."""
    around = finding.path[:-1]
    return [node for name in finding.place.missing if (node := finding.at((*around, name)))]


def _holds(finding: Finding, element: SchemaElement) -> bool:
    """Return whether what the faulty element holds can stand in another element."""
    content = finding.place.content.strip()
    if element.form is None:
        return not content
    if not content:
        return False
    return fits(element.form, content) and _read_as(finding, element, content) in ("", content)


def _must_mean(finding: Finding, element: SchemaElement, name: str) -> bool:
    """Return whether what the faulty element of a name holds may well be another element's.

    Any text fits a name or a label: only what fits a date, a number or a list tells something, or
    names that are alike.
    """
    if not _holds(finding, element):
        return False
    if element.form is None or closest(name, (element.name,)):
        return True
    content = finding.place.content.strip()
    if form_of(element) in (Form.DATE, Form.DATE_TIME):
        return _read_as(finding, element, content) == content
    if form_of(element) is Form.BOOLEAN:
        return content in ("true", "false")
    return form_of(element) is Form.INTEGER or bool(element.form.values)


def meant_by(finding: Finding, element: SchemaElement, content: str) -> dict[str, str]:
    """Return the value that a text gives to an element below, by our name; empty for none."""
    below = [node for node in finding.elements if node.path[: len(element.path)] == element.path]
    leaves = {node.key or "": node for node in below if node.form is not None}
    for key, leaf in leaves.items():
        if key == "commune":
            code = commune_code(content)
            if code:
                return {key: code}
        elif len(leaves) == 1 and leaf.form and fits(leaf.form, content):
            return {key: content}
    return {}


def _read_as(finding: Finding, element: SchemaElement, content: str) -> str:
    """Return the value that a text means in another element; empty where nobody knows."""
    if element.form and element.form.base == "string" and not element.form.values and (
        fits(element.form, content)
    ):  # fmt: skip
        return content
    if form_of(element) is Form.DATE:
        read = read_date(content, finding.today)
        return str(read) if read and read.sure else ""
    if element.form and element.form.base in ("int", "integer") and fits(element.form, content):
        return content
    place = type(finding.place)(
        path="/".join(element.path), prefix=finding.place.prefix, xsi=finding.place.xsi
    )
    inner = Finding(Facts(Fault.ENUMERATION, content), place, finding.elements, finding.today)
    advice = value_advice(inner)
    change = advice.change if advice else None
    known = change is not None and change.kind is ChangeKind.VALUE and not change.to_complete
    return change.text if change and known else ""


def _on_twice(finding: Finding) -> Advice | None:
    child = finding.child(_name(finding))
    around = finding.at(finding.path[:-1])
    if child is None or around is None or around.order is Order.REPEATED:
        return None
    if child.key in _ONE_A_FILE:
        return None
    lacking = [node for node in _lacking(finding) if node.name != child.name]
    happened = (
        f"L'élément « {child.name} » vient une deuxième fois dans « {finding.parent} », qui n'en "
        "accepte qu'un"
    )
    if len(lacking) == 1 and _must_mean(finding, lacking[0], child.name):
        return _renamed(finding, lacking[0].name, f"{happened}, et « {lacking[0].name} » y manque.")
    if finding.facts.fault is Fault.NOTHING_MORE and around.order is Order.ONE_OF:
        happened = (
            f"« {finding.parent} » accepte un seul des éléments entre lesquels il y a le choix"
        )
    return _advice(
        f"{happened}.",
        f"Gardez le bon et retirez l'autre : ici, toute la balise « {child.name} » de cette ligne.",
        Change(ChangeKind.REMOVE),
    )


def _on_birth_date(finding: Finding) -> Advice | None:
    """Give the three elements of a date of birth, with its values."""
    if not is_birth_date(_name(finding)):
        return None
    parts = [node for node in _lacking(finding) if node.key in _BIRTH]
    if not any(finding.child(node.name) and node.key in _BIRTH for node in finding.elements):
        return None
    happened = (
        f"Le schéma ne connaît pas « {_name(finding)} » : il donne la date de naissance en trois "
        "éléments, année, mois et jour."
    )
    if not parts:
        return _remove(finding, happened)
    content = finding.place.content.strip()
    read = read_date(content, finding.today, of_birth=True) if content else None
    values = {}
    if read:
        values = {"birth_year": str(read.day.year)}
        if "ni le mois" not in read.how:
            values["birth_month"] = str(read.day.month)
        if read.sure:
            values["birth_day"] = str(read.day.day)
    return _written_instead(finding, parts, happened, values, read.how if read else "")


def _written_instead(
    finding: Finding,
    elements: list[SchemaElement],
    happened: str,
    values: dict[str, str],
    how: str = "",
) -> Advice:
    """Give the elements to write in the place of the faulty one."""
    texts, examples = [], []
    for element in elements:
        text, own = written(finding, element, values)
        texts.append(text)
        examples += own
    xml = "".join(texts)
    change = Change(ChangeKind.REPLACE, xml, shown=xml, to_complete=bool(examples))
    how = f" ({how})" if how and how != "telle quelle" else ""
    return _advice(happened, f"Écrivez à la place : {xml}{how}.{to_complete(examples)}", change)


def _on_other_name(finding: Finding) -> Advice | None:
    """Give the schema's own name of an element, and its value in the schema's form."""
    name, content = _name(finding), finding.place.content.strip()
    around = finding.path[:-1]
    open_to = {*finding.facts.allowed, *finding.place.missing}
    keys = other_names_of(name)
    same = next((known for known in open_to if known.casefold() == name.casefold()), "")
    target = finding.at((*around, same)) if same else None
    if target is None:
        children = [node for node in finding.elements if node.parent == around]
        target = next(
            (node for node in children if node.key in keys and node.name in open_to), None
        )
        came = next((node for node in children if node.key in keys), None)
        if target is None and came is not None and not (finding.named(name) or _lacking(finding)):
            return _remove(
                finding,
                f"Le schéma ne connaît pas « {name} » : il dit cela par « {came.name} », qui est "
                "déjà là.",
            )
    if target is None and not finding.named(name):
        near = closest(name, tuple(open_to))
        target = finding.at((*around, near)) if near else None
    if target is None or (target.form is None and content):
        return None
    happened = f"Le schéma ne connaît pas « {name} » : majuscules et minuscules comptent."
    if not same:
        happened = f"Le schéma ne connaît pas « {name} » : il dit cela par « {target.name} »."
    several = re.split(r"[\s,;]+", content)
    if target.key == "first_name" and bare_name(name) == "PRENOMS" and len(several) > 1:
        advice = _written_instead(finding, [target], happened, {"first_name": several[0]})
        caution = f" Vérifiez que « {several[0]} » est tout le premier prénom."
        return replace(advice, mend=advice.mend + caution)
    if not content or finding.may_be_cut or target.form is None or _holds(finding, target):
        return _renamed(finding, target.name, happened)
    value = _read_as(finding, target, content)
    if not value:
        return _renamed(finding, target.name, happened)
    return _written_instead(finding, [target], happened, {target.key or "": value})


def _on_place(finding: Finding) -> Advice | None:
    """Lead an element to where the schema accepts it."""
    name, around = _name(finding), finding.path[:-1]
    homes = finding.named(name)
    if not homes:
        return None
    home = max(homes, key=lambda place: _common(place.path, around))
    happened = f"L'élément « {name} » n'est pas à sa place dans « {finding.parent} »."
    between = home.path[len(around) : -1] if home.path[: len(around)] == around else ()
    if between and between[0] in finding.place.missing and _is_chain(finding, between, home):
        return _wrapped(finding, between, home, happened)
    if len(between) == 1 and between[0] in finding.place.missing and _holds_one(finding):
        return _enclosed(finding, between[0])
    sibling = home.parent[:-1] == around[:-1] and home.parent != around
    upper = finding.at(around[:-1])
    if sibling and upper is not None and upper.order is Order.ONE_OF and _holds_one(finding):
        if not finding.place.missing and finding.facts.fault is not Fault.UNEXPECTED:
            return _remove(finding, happened)
        new = home.parent[-1]
        return _advice(
            happened,
            f"Il va dans « {new} » : remplacez les balises <{finding.tags.name(finding.parent)}> "
            f"qui l'entourent par <{finding.tags.name(new)}>, au début et à la fin.",
            Change(ChangeKind.RENAME, finding.tags.name(new), around=finding.parent),
        )
    only = "le seul endroit" if len(homes) == 1 else "l'endroit le plus proche"
    where = f"« {home.parent[-1]} »"
    if len(home.parent) > 1:
        where += f", lui-même dans « {home.parent[-2]} »"
    return _advice(
        happened,
        f"Déplacez-le dans {where}, {only} où le schéma l'accepte ; s'il y est déjà, si "
        "la place est prise ou si cet élément n'existe pas ici, retirez celui-ci.",
        Change(ChangeKind.MOVE, home.parent[-1]),
    )


def _is_chain(finding: Finding, between: tuple[str, ...], home: SchemaElement) -> bool:
    """Return whether the elements between need nothing but each other, and at last this one."""
    first = len(home.path) - 1 - len(between)
    for at, _ in enumerate(between, first):
        outer = finding.at(home.path[: at + 1])
        if outer is None:
            return False
        needed = [node for node in finding.inner(outer) if node.presence is not Presence.OPTIONAL]
        if outer.order is not Order.ONE_OF and [node.name for node in needed] != [
            home.path[at + 1]
        ]:
            return False
    return True


def _holds_one(finding: Finding) -> bool:
    """Return whether the element around holds nothing but one kind of child."""
    around = finding.at(finding.path[:-1])
    return around is not None and (
        around.order is Order.ONE_OF or len(finding.inner(around)) == 1
    )  # fmt: skip


def _enclosed(finding: Finding, name: str) -> Advice:
    """Give the tags that all lacks which the element around holds."""
    tags = finding.tags
    new, around = tags.name(name), tags.name(finding.parent)
    return _advice(
        f"Il manque la balise <{new}> autour de ce que « {finding.parent} » contient.",
        f"Écrivez <{new}> après <{around}>, et </{new}> avant </{around}>.",
        Change(ChangeKind.ENCLOSE, new, around=finding.parent, shown=f"<{new}>"),
    )


def _wrapped(
    finding: Finding, between: tuple[str, ...], home: SchemaElement, happened: str
) -> Advice:
    tags, name = finding.tags, _name(finding)
    content = finding.place.content.strip()
    outer = finding.at((*finding.path[:-1], between[0]))
    if outer is not None and content and home.form is None:
        return _written_instead(finding, [outer], happened, meant_by(finding, home, content))
    wrong_code = home.key == "commune" and commune_code(content) != content
    if outer is not None and home.form is not None and (
        wrong_code or not _holds(finding, home)
    ):  # fmt: skip
        value = commune_code(content) if wrong_code else _read_as(finding, home, content)
        values = {home.key or "": value} if value else {}
        return _written_instead(finding, [outer], happened, values)
    inner = f"« {between[-1]} »" + "".join(
        f", lui-même dans « {step} »" for step in reversed(between[:-1])
    )
    xml = tags.leaf(name, "…" if finding.may_be_cut else content or "…")
    for wrapper in reversed(between):
        xml = tags.around(wrapper, xml)
    missing = ""
    if any(node.key == "commune" and node.name == name for node in finding.elements):
        missing = (
            f" Si le code n'est pas connu : {nothing_known(finding).text}, dans "
            f"« {finding.path[-2] if len(between) == 1 else between[0]} »."
        )
    return _advice(
        happened,
        f"Il va dans {inner} : écrivez {xml}.{missing}",
        Change(ChangeKind.WRAP, " ".join(map(tags.name, between)), shown=xml),
    )


def _common(path: tuple[str, ...], other: tuple[str, ...]) -> int:
    pairs = zip(path, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(path), len(other)))


def _on_anything(finding: Finding) -> Advice | None:
    """Give what is lacking in the place of a stranger; else remove it."""
    name, lacking = _name(finding), _lacking(finding)
    around = finding.at(finding.path[:-1])
    happened = f"Le schéma ne connaît pas « {name} » dans « {finding.parent} »."
    if around is None or not lacking:
        return _remove(finding, happened)
    content = finding.place.content.strip()
    if around.order is Order.ONE_OF:
        if not content and around.key == "holder_part":
            usual = next((node for node in lacking if node.key == "identity_part"), lacking[0])
            return _renamed(finding, usual.name, happened)
        code = commune_code(content) if content else ""
        values = {"commune": code} if code else {}
        best = [node for node in lacking if (node.key == "commune_part") == bool(values)]
        return _written_instead(finding, best[:1] or lacking[:1], happened, values)
    if len(lacking) == 1 and _must_mean(finding, lacking[0], name):
        return _renamed(finding, lacking[0].name, f"{happened} Il y manque « {lacking[0].name} ».")
    names = ", ".join(f"« {node.name} »" for node in lacking)
    instead = _written_instead(finding, lacking, f"{happened} Il y manque {names}.", {})
    mend = instead.mend + if_known(lacking)
    start = f"Retirez toute la balise « {name} ». Ce qui manque s'écrit à cette place"
    return replace(instead, mend=mend.replace("Écrivez à la place", start, 1))
