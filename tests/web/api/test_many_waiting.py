"""Very many wait for their receipts, and the others are answered meanwhile."""

import time
from concurrent.futures import ThreadPoolExecutor

from mockportal.journeys.seeding import DEMO_PASSWORD
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.served_here import Served, served_here

WAITING = 60
ACCOUNT = ("CERT00001", DEMO_PASSWORD)
_BOUNDARY = "----many"


def deposit(served: Served) -> str:
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f.xml"\r\n\r\n'
    body = head.encode() + a_flux_xml(a_passage_xml("T-1")) + f"\r\n--{_BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={_BOUNDARY}"
    answer = served.ask("POST", "/api/v1/deposits", body, ACCOUNT, Content_Type=kind)
    return str(answer.json["id"])


def test_each_waits_until_its_receipt_is_there_and_nobody_else_does() -> None:
    with served_here(processing="manual") as served, ThreadPoolExecutor(WAITING) as people:
        made = deposit(served)
        address = f"/api/v1/deposits/{made}?wait=60"
        waiting = [people.submit(served.ask, "GET", address, None, ACCOUNT) for _ in range(WAITING)]
        time.sleep(3)
        assert not any(one.done() for one in waiting), "nobody is sent away without a receipt"
        assert served.ask("GET", "/livez").status == 200

        assert served.mock("POST", "/process", {}).status == 200

        statuses = {one.result().json["status"] for one in waiting}
    assert statuses == {"partly_rejected"}
