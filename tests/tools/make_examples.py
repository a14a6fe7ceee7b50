"""Write the deposits of ``tests/examples`` anew, and with ``--receipts`` what the portal answers.

    python -m tests.tools.make_examples [--receipts]

Receipts are expectations: read each one beside ``domain`` facts before it is kept.
"""

import argparse
import json
from pathlib import Path

from mockportal.resources import seeds_folder
from tests.examples.cases import FOLDER, receipt_of
from tests.fluxes import (
    SAMPLES,
    a_certification_xml,
    a_flux_xml,
    a_passage_xml,
    a_titulaire,
)

GOOD = {
    "nomNaissance": "KERVELLANT",
    "prenom1": "Jean-François",
    "anneeNaissance": "1974",
    "sexe": "M",
}
BAD = {**GOOD, "prenom1": "Jean François"}
TITULAIRE = {
    "nomNaissance", "nomUsage", "prenom1", "prenom2", "prenom3", "anneeNaissance",
    "moisNaissance", "jourNaissance", "sexe", "codeInsee", "codePaysNaissance",
}  # fmt: skip


def counts() -> dict[str, bytes]:
    """Return deposits with 0, 1 and many KO by 0, 1 and many OK (a file holds one at least)."""
    made = {}
    for ko in (0, 1, 3):
        for ok in (0, 1, 3):
            passages = [a_passage_xml(f"KO-{n}", a_titulaire(**BAD)) for n in range(ko)]
            passages += [a_passage_xml(f"OK-{n}", a_titulaire(**GOOD)) for n in range(ok)]
            if passages:
                made[f"counts-{ko}-ko-{ok}-ok"] = a_flux_xml(*passages)
    return made


def messages() -> dict[str, tuple[bytes, dict[str, str]]]:
    """Return one deposit for each case of the seeds' table that a file of its own can provoke."""
    made = {}
    for case in json.loads((seeds_folder() / "cases.json").read_text(encoding="utf-8")):
        write, how = case["write"], {"account": case["deposit_as"], "schema": case["schema"]}
        if case["where"] == "file":
            content = a_flux_xml(
                a_passage_xml("FILE-1", a_titulaire(**GOOD)),
                sender=write["emetteur/idClient"],
                certifier=write["certificateur/idClient"],
                contract=write["certificateur/idContrat"],
            )
            made[f"file-{case['id']}"] = (content, how)
        elif case["code"] != "ACCEPTED" and set(write) & TITULAIRE and "codePostal" not in write:
            said = {k: v for k, v in write.items() if k in TITULAIRE}
            extra = "".join(
                f"<cpf:{k}>{write[k]}</cpf:{k}>"
                for k in ("dateDebutExamen", "dateFinExamen")
                if k in write
            )
            passage = a_passage_xml(
                write["idTechnique"],
                a_titulaire(**said),
                valid_from=write.get("dateDebutValidite", "2026-01-15"),
                valid_until=write.get("dateFinValidite"),
                extra=extra,
            )
            twice = 2 if case["code"] == "DUPLICATE" else 1
            inner = a_certification_xml(
                passage * twice, write.get("type", "RNCP"), write.get("code", "RNCP90001")
            )
            if "nir" not in write:
                made[f"passage-{case['id']}"] = (a_flux_xml(certifications=inner), how)
    return made


def whole() -> dict[str, tuple[bytes, dict[str, str]]]:
    """Return the seeds' own fluxes, the samples, and files of form B."""
    seeds = {
        "demonstration": ("flux-demonstration.xml", "1.1.2"),
        "demonstration-1.1.5": ("flux-demonstration-1.1.5.xml", "1.1.5"),
        "suppression-1.1.5": ("flux-suppression-1.1.5.xml", "1.1.5"),
    }
    made = {
        f"seeds-{name}": (
            (seeds_folder() / file).read_bytes(),
            {"account": "CERT00001", "schema": schema},
        )
        for name, (file, schema) in seeds.items()
    }
    here = {"account": "CERT00001", "schema": "1.1.2"}
    for sample in SAMPLES.glob("*.xml"):
        made[f"sample-{sample.stem}"] = (sample.read_bytes(), here)
    plain = a_flux_xml(a_passage_xml("A-1", a_titulaire(**GOOD)))
    made |= {
        "refused-empty": (b"", here),
        "refused-picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", here),
        "refused-gzip": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", here),
        "refused-text": (b"bonjour\n", here),
        "refused-sex": (plain.replace(b"<cpf:sexe>M", b"<cpf:sexe>H"), here),
        "refused-cut": (plain[:-30], here),
        "refused-namespace": (plain.replace(b"urn:cdc:cpf:pc5:schema:1.0.0", b"urn:x"), here),
        "refused-doctype": (plain.replace(b"?>", b"?>\n<!DOCTYPE flux>", 1), here),
        "escaped": (
            a_flux_xml(
                a_passage_xml("A&amp;B &lt;i&gt; \"'/é €", a_titulaire(**GOOD)),
                a_passage_xml("C&amp;D &lt;/messageErreur&gt;", a_titulaire(**BAD)),
                flux_id="a &amp; &lt;b&gt;",
            ),
            here,
        ),
    }
    return made


def main() -> None:
    """Write the examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--receipts", action="store_true")
    arguments = parser.parse_args()
    cert = {"account": "CERT00001", "schema": "1.1.2"}
    everything = {
        **{name: (content, cert) for name, content in counts().items()},
        **messages(),
        **whole(),
    }
    for name, (content, how) in everything.items():
        folder: Path = FOLDER / name
        folder.mkdir(exist_ok=True)
        (folder / "deposit.xml").write_bytes(content)
        (folder / "how.json").write_text(json.dumps(how) + "\n", encoding="utf-8")
        if arguments.receipts:
            (folder / "receipt.xml").write_bytes(receipt_of(folder))


if __name__ == "__main__":
    main()
