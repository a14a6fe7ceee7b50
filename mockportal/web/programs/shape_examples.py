"""Examples of what comes in and goes out, by the names of the shapes; all of it is invented.

Shapes that are not here are put together from these and from the simplest values.
"""

from collections.abc import Mapping
from typing import Any

from mockportal.domain.deposits import Status
from mockportal.domain.messages import Code
from mockportal.wire.passage_fields import FLUX_NAMES

_AT, _LATER = "2026-04-03T12:00:00+02:00", "2026-04-03T12:00:05+02:00"
_FIELD = FLUX_NAMES["mention"]
_ORGANISATION = {
    "kind": "certifier",
    "name": "Certificateur de Brumelande",
    "client_id": "03TST001",
}
_FAULT = {"stage": "upload", "kind": "answer_lost", "name": "lost-once", "times": 1}
_CLOCK = {"now": _AT, "frozen": True}
_DEPOSIT = "4f1c7a52e9d84b06"
_ACCOUNT = "CERT00001"

SHAPE_EXAMPLES: Mapping[str, Any] = {
    # /api/v1
    "DepositShape": {
        "id": _DEPOSIT,
        "processing_id": 1042,
        "file_name": "flux.xml",
        "flux_id": "FLUX-2026-04",
        "status": Status.PARTLY_REJECTED.value,
        "status_label": Status.PARTLY_REJECTED.label,
        "accepted": 9,
        "rejected": 1,
        "received_at": _AT,
        "receipt_due_at": _LATER,
        "late": 0,
        "warnings": [],
    },
    "CertificationShape": {"type": "RS", "code": "RS1710", "label": "Certification RS1710"},
    "ChangeShape": {"field": _FIELD, "before": None, "after": "MENTION_BIEN"},
    "ChangesGiven": {_FIELD: "MENTION_BIEN"},
    "ExplainedPassage": {
        "technical_id": "2026/0001",
        "verdict": "rejected",
        "code": Code.CERTIFICATION.value,
        "message": "La certification n'est pas connue ou n'est pas active.",
        "levels": [],
        "nearest": [],
        "causes": ["Aucune certification connue ne porte le code RS1711."],
        "advice": {"happened": "…", "check": "…", "mend": "…"},
    },
    # /_mock
    "WorldGiven": {"name": "my-test", "seeds": True},
    "WorldMade": {
        "name": "my-test",
        "accounts": [
            {
                "account_id": "CERT00042",
                "seed_id": _ACCOUNT,
                "password": "mockportal",
                **_ORGANISATION,
                "contracts": ["MCFCER100001"],
                "mandated_by": [],
            }
        ],
    },
    "AccountGiven": {"kind": "certifier", "name": _ORGANISATION["name"]},
    "AccountMade": {
        "account_id": "CERT00042",
        **_ORGANISATION,
        "contract_id": "MCFCER100042",
        "mandates": [],
        "password": "drawn-when-not-given",
        "schema": None,
    },
    "CertificationGiven": {"code": "RS1710"},
    "CertificationMade": {
        "type": "RS",
        "code": "RS1710",
        "label": "Certification RS1710",
        "active": True,
    },
    "LearnedShape": {
        "account": "CERT00042",
        "password": "drawn-when-new",
        "sender": "03TST001",
        "certifier": "03TST001",
        "contract": "MCFCER100001",
        "certifications_added": 1,
        "people_added": 10,
        "remarks": [],
    },
    "FluxText": {"flux": '<?xml version="1.0" encoding="UTF-8"?>…'},
    "ClockGiven": _CLOCK,
    "ClockShape": _CLOCK,
    "BySeconds": {"seconds": 86_400},
    "ProcessingGiven": {"mode": "delay", "working_days": 2},
    "ProcessingShape": {"mode": "delay", "working_days": 2},
    "Processed": {"released": 3, "settled": True},
    "FaultGiven": _FAULT,
    "FaultShape": {
        "id": 7,
        **_FAULT,
        "account": None,
        "status": 500,
        "seconds": 1.0,
        "probability": None,
        "seed": None,
        "left": 1,
        "struck": 0,
    },
    "MailShape": {
        "id": 1,
        "to": "camille@brumelande.test",
        "subject": "Votre mot de passe",
        "text": "Bonjour, …",
        "links": ["http://127.0.0.1:8000/mot-de-passe/…"],
        "made_at": _AT,
    },
    "EntryShape": {
        "id": 1,
        "at": _AT,
        "source": "api",
        "method": "POST",
        "path": "/api/v1/deposits",
        "account": _ACCOUNT,
        "status": 201,
        "milliseconds": 41.5,
        "request_size": 2048,
        "request_type": "multipart/form-data",
        "response_size": 512,
        "response_type": "application/json",
        "fault": "",
        "deposit_id": _DEPOSIT,
        "change": None,
    },
    "AccountState": {
        "account_id": _ACCOUNT,
        **_ORGANISATION,
        "contracts": ["MCFCER100001"],
        "mandated_by": [],
    },
    "DepositCounts": {
        "processing": 0,
        "refused": 1,
        "accepted": 2,
        "partly_rejected": 1,
        "failed": 0,
    },
    "Retried": {"status": Status.ACCEPTED.value, "reason": None},
    # of both
    "FluxError": {
        "line": 12,
        "column": 34,
        "message": "cvc-datatype-valid.1.2.1: …",
        "path": "flux/passages/passage[1]",
        "technical_id": "2026/0001",
        "meaning": "…",
        "advice": "…",
        "write": "<cpf:sexe>M</cpf:sexe>",
        "write_is_example": False,
        "context": [
            {"line": 12, "text": "…", "mark": [0, 1], "cut_before": False, "cut_after": False}
        ],
    },
    "BadField": {
        "part": "body",
        "field": "0.kind",
        "detail": "Input should be one of certifier, depositor",
    },
}
