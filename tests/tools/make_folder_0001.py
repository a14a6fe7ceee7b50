"""Make ``tests/folders/0001.tar.xz``: a data folder as the first version of the portal left it.

    PYTHONPATH=CHECKOUT python tests/tools/make_folder_0001.py OUT.tar.xz

``CHECKOUT`` holds the code of that version, whose database has revision 0001. The archive holds
``data/``, the folder of a portal that was killed twice, and ``receipts/``, those of one that made
the same deposits undisturbed, by ``idTraitement``.
"""

import os
import sys
import tarfile
import tempfile
from dataclasses import replace
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import mockportal
from mockportal.assembly import Portal, assemble
from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.journeys.deposit import Upload, deposit_file, record
from mockportal.journeys.learn import Learned, learn
from mockportal.settings import Settings

CHECKOUT = Path(mockportal.__file__).parents[1]
SAMPLES, SEEDS = CHECKOUT / "tests" / "samples", CHECKOUT / "seeds"
PASSAGE = """<cpf:passageCertification><cpf:idTechnique>{id}</cpf:idTechnique>
<cpf:obtentionCertification>PAR_ADMISSION</cpf:obtentionCertification>
<cpf:donneeCertifiee>true</cpf:donneeCertifiee>
<cpf:dateDebutValidite>2026-01-15</cpf:dateDebutValidite><cpf:dateFinValidite xsi:nil="true"/>
<cpf:presenceNiveauLangueEuro>false</cpf:presenceNiveauLangueEuro>
<cpf:presenceNiveauNumeriqueEuro>false</cpf:presenceNiveauNumeriqueEuro>
<cpf:scoring xsi:nil="true"/><cpf:mentionValidee xsi:nil="true"/>
<cpf:modalitesInscription><cpf:modaliteAcces>VAE</cpf:modaliteAcces></cpf:modalitesInscription>
<cpf:identificationTitulaire><cpf:titulaire><cpf:nomNaissance>KERVELLANT</cpf:nomNaissance>
<cpf:nomUsage xsi:nil="true"/><cpf:prenom1>{first_name}</cpf:prenom1>
<cpf:anneeNaissance>1974</cpf:anneeNaissance><cpf:moisNaissance xsi:nil="true"/>
<cpf:jourNaissance xsi:nil="true"/><cpf:sexe>M</cpf:sexe><cpf:codeCommuneNaissance>
<cpf:codePostalNaissance><cpf:codePostal xsi:nil="true"/></cpf:codePostalNaissance>
</cpf:codeCommuneNaissance></cpf:titulaire></cpf:identificationTitulaire>
</cpf:passageCertification>"""
FLUX = """<?xml version="1.0" encoding="UTF-8"?>
<cpf:flux xmlns:cpf="urn:cdc:cpf:pc5:schema:1.0.0"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><cpf:idFlux>{name}</cpf:idFlux>
<cpf:horodatage>2026-03-30T09:00:00+02:00</cpf:horodatage><cpf:emetteur>
<cpf:idClient>{sender}</cpf:idClient><cpf:certificateurs><cpf:certificateur>
<cpf:idClient>03TST001</cpf:idClient><cpf:idContrat>MCFCER100001</cpf:idContrat>
<cpf:certifications><cpf:certification><cpf:type>RNCP</cpf:type><cpf:code>RNCP90001</cpf:code>
<cpf:passageCertifications>{passages}</cpf:passageCertifications></cpf:certification>
</cpf:certifications></cpf:certificateur></cpf:certificateurs></cpf:emetteur></cpf:flux>"""


def flux(name: str, sender: str, count: int, between: str = "\n") -> bytes:
    """Return a flux of which one passage in five is KO."""
    names = ("Jean-François", "Jean François")
    passages = between.join(
        PASSAGE.format(id=f"{name}-{n}", first_name=names[n % 5 == 4]) for n in range(count)
    )
    return FLUX.format(name=name, sender=sender, passages=passages).encode()


class CutOff:
    """A store of deposits in whose hands the process dies, at the second batch."""

    def __init__(self, store: Any) -> None:
        """Keep the real one."""
        self._store, self._staged = store, 0

    def __getattr__(self, name: str) -> Any:
        """Do what the real one does."""
        return getattr(self._store, name)

    def stage(self, *given: Any) -> None:
        """Die after two batches."""
        self._store.stage(*given)
        self._staged += 1
        if self._staged == 2:
            os._exit(9)


def account(portal: Portal, identifier: str) -> Account:
    """Return an account of the portal."""
    found = portal.desk.stores.organisations.account(AccountId(identifier))
    assert found is not None  # a tool's own expectation
    return found


def send(portal: Portal, who: Account, name: str, content: bytes) -> None:
    """Deposit a file."""
    made = deposit_file(portal.desk, who, Upload(name, BytesIO(content)))
    assert isinstance(made, Deposit)  # likewise


def first_part(folder: Path) -> None:
    """Make the deposits that come to their end."""
    with assemble(Settings(data=folder)) as portal:
        world = portal.desk.stores.worlds.named("default")
        assert world is not None
        certifier = account(portal, "CERT00001")
        for name in ("csv-exporter-clean", "legal-any-order"):
            learned = learn(
                portal.desk, world, SAMPLES / f"{name}.xml", folder.parent / "regular.xml"
            )
            assert isinstance(learned, Learned)  # likewise
            content = (SAMPLES / f"{name}.xml").read_bytes()
            send(portal, account(portal, learned.account), f"{name}.xml", content)
        demonstration = (SEEDS / "flux-demonstration.xml").read_bytes()
        send(portal, certifier, "démonstration.xml", demonstration)
        send(portal, certifier, "refused.xml", (SAMPLES / "csv-exporter-dirty.xml").read_bytes())
        send(portal, account(portal, "DEPO00001"), "depot.xml", flux("DEPO", "03TST003", 7))
    with assemble(Settings(data=folder, schema="1.1.5")) as portal:
        certifier = account(portal, "CERT00001")
        for name in ("flux-demonstration-1.1.5.xml", "flux-suppression-1.1.5.xml"):
            send(portal, certifier, name, (SEEDS / name).read_bytes())


def second_part(folder: Path, cut_off: bool) -> None:
    """Make the two deposits that are cut off: one recorded alone, one in its treatment."""
    with assemble(Settings(data=folder)) as portal:
        certifier, depositor = account(portal, "CERT00001"), account(portal, "DEPO00001")
        small = flux("RECORDED", "03TST001", 5)
        large = flux("INTERRUPTED", "03TST003", 120, between="\n" + " " * 32_000)
        if not cut_off:
            send(portal, certifier, "recorded.xml", small)
            send(portal, depositor, "interrupted.xml", large)
            return
        record(portal.desk, certifier, Upload("recorded.xml", BytesIO(small)))
        stores = portal.desk.stores
        store: Any = CutOff(stores.deposits)
        dying = replace(portal, desk=replace(portal.desk, stores=replace(stores, deposits=store)))
        send(dying, depositor, "interrupted.xml", large)


def main(out: Path) -> None:
    """Make both folders, and the archive of what a test needs of them."""
    with tempfile.TemporaryDirectory() as scratch:
        data, undisturbed = Path(scratch) / "data", Path(scratch) / "undisturbed"
        for folder, cut_off in ((data, True), (undisturbed, False)):
            folder.mkdir()
            first_part(folder)
            process = get_context("spawn").Process(target=second_part, args=(folder, cut_off))
            process.start()
            process.join()
            assert process.exitcode == (9 if cut_off else 0)  # likewise
        receipts = Path(scratch) / "receipts"
        receipts.mkdir()
        for path in (undisturbed / "files").glob("*/receipt.xml"):
            content = path.read_bytes()
            number = content.split(b"<idTraitement>")[1].split(b"<")[0].decode()
            (receipts / f"{number}.xml").write_bytes(content)
        with tarfile.open(out, "w:xz") as archive:
            for folder in (data, receipts):
                for path in sorted(folder.rglob("*")):
                    if path.is_file() and not path.name.endswith("-shm"):
                        archive.add(path, path.relative_to(scratch).as_posix(), filter=_nobodys)


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    main(Path(sys.argv[1]))
