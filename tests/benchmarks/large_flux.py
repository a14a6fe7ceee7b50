"""Large fluxes, written as streams, about people of a registry."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from mockportal.domain.people import Holder


class Parties(NamedTuple):
    """Who sends a flux, for whom, and about which certification of the RNCP."""

    sender: str = "03TST001"
    certifier: str = "03TST001"
    contract: str = "MCFCER100001"
    code: str = "RNCP90001"


OWN = Parties()
_AWARDED = "2026-10-01"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<cpf:flux xmlns:cpf="urn:cdc:cpf:pc5:schema:1.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <cpf:idFlux>{flux}</cpf:idFlux>
  <cpf:horodatage>2026-11-20T10:00:00+01:00</cpf:horodatage>
  <cpf:emetteur>
    <cpf:idClient>{sender}</cpf:idClient>
    <cpf:certificateurs>
      <cpf:certificateur>
        <cpf:idClient>{certifier}</cpf:idClient>
        <cpf:idContrat>{contract}</cpf:idContrat>
        <cpf:certifications>
          <cpf:certification>
            <cpf:type>RNCP</cpf:type>
            <cpf:code>{code}</cpf:code>
            <cpf:passageCertifications>
"""
_FOOT = """            </cpf:passageCertifications>
          </cpf:certification>
        </cpf:certifications>
      </cpf:certificateur>
    </cpf:certificateurs>
  </cpf:emetteur>
</cpf:flux>
"""
_PASSAGE = """<cpf:passageCertification>
<cpf:idTechnique>{prefix}/2026_{number}_JMRIN_900</cpf:idTechnique>
<cpf:obtentionCertification>PAR_ADMISSION</cpf:obtentionCertification>
<cpf:donneeCertifiee>true</cpf:donneeCertifiee>
<cpf:dateDebutValidite>{awarded}</cpf:dateDebutValidite>
<cpf:dateFinValidite xsi:nil="true"/>
<cpf:presenceNiveauLangueEuro>false</cpf:presenceNiveauLangueEuro>
<cpf:presenceNiveauNumeriqueEuro>false</cpf:presenceNiveauNumeriqueEuro>
<cpf:scoring xsi:nil="true"/>
<cpf:mentionValidee>MENTION_BIEN</cpf:mentionValidee>
<cpf:modalitesInscription>
<cpf:modaliteAcces>FORMATION_INITIALE_HORS_APPRENTISSAGE</cpf:modaliteAcces>
</cpf:modalitesInscription>
<cpf:identificationTitulaire>
<cpf:titulaire>
<cpf:nomNaissance>{birth_name}</cpf:nomNaissance>
<cpf:nomUsage xsi:nil="true"/>
<cpf:prenom1>{first_name}</cpf:prenom1>
{others}<cpf:anneeNaissance>{year}</cpf:anneeNaissance>
<cpf:moisNaissance>{month}</cpf:moisNaissance>
{day}
<cpf:sexe>{sex}</cpf:sexe>
<cpf:codeCommuneNaissance>
<cpf:codeInseeNaissance><cpf:codeInsee>{commune}</cpf:codeInsee></cpf:codeInseeNaissance>
</cpf:codeCommuneNaissance>
</cpf:titulaire>
</cpf:identificationTitulaire>
</cpf:passageCertification>
"""


def write_flux(
    path: Path,
    people: Sequence[Holder],
    passages: int,
    prefix: str,
    *,
    terse: bool = False,
    parties: Parties = OWN,
    awarded: Sequence[str] = (_AWARDED,),
) -> None:
    """Write a flux in which each passage names a person with all that the registry holds.

    A ``terse`` one has no prefix, no line ends and short values: 200 000 passages in 200 MB.
    The days on which they were ``awarded`` are taken in turn.
    """
    parts = flux_parts(people, passages, prefix, parties=parties, awarded=awarded)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(map(_tersely, parts) if terse else parts)


def flux_parts(
    people: Sequence[Holder],
    passages: int,
    prefix: str,
    *,
    parties: Parties = OWN,
    awarded: Sequence[str] = (_AWARDED,),
) -> Iterator[str]:
    """Yield the head of such a flux, its passages and its foot."""
    yield _HEAD.format(flux=prefix, **parties._asdict())
    for number in range(passages):
        one, day = people[number % len(people)], awarded[number % len(awarded)]
        yield _passage(one, number, prefix, day)
    yield _FOOT


def _tersely(text: str) -> str:
    for long, short in (
        ("xmlns:cpf=", "xmlns="),
        ("<cpf:", "<"),
        ("</cpf:", "</"),
        ("\n", ""),
        ("FORMATION_INITIALE_HORS_APPRENTISSAGE", "VAE"),
        ("<mentionValidee>MENTION_BIEN</mentionValidee>", '<mentionValidee xsi:nil="true"/>'),
        ("_JMRIN_900", ""),
    ):
        text = text.replace(long, short)
    return text


def _passage(one: Holder, number: int, prefix: str, awarded: str) -> str:
    day = one.birth_day
    others = "".join(
        f"<cpf:{tag}>{escape(name)}</cpf:{tag}>\n"
        for tag, name in (("prenom2", one.second_name), ("prenom3", one.third_name))
        if name
    )
    return _PASSAGE.format(
        prefix=prefix,
        number=number,
        awarded=awarded,
        birth_name=escape(one.birth_name),
        first_name=escape(one.first_name),
        others=others,
        year=one.birth_year,
        month=one.birth_month or 1,
        day=f"<cpf:jourNaissance>{day}</cpf:jourNaissance>"
        if day
        else '<cpf:jourNaissance xsi:nil="true"/>',
        sex=one.sex,
        commune=one.commune or "75056",
    )
