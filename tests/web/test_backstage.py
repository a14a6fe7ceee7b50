"""« Coulisses » : the mails, the clock and the processing of a world, and who may see them."""

import pytest
from flask import Flask

from mockportal.assembly import Portal
from mockportal.domain.comparing import normalised
from mockportal.domain.mails import Letter
from mockportal.domain.processing import Mode, Processing
from mockportal.journeys.clock import turn
from mockportal.journeys.login import MOST_FAILURES
from mockportal.web import create_app
from tests.builders import NOON, a_new_holder
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.conftest import PutTogether
from tests.web.visitor import Visitor, tree, words

ELSEWHERE = "192.0.2.7"


def from_elsewhere(app: Flask) -> Visitor:
    visitor = Visitor(app)
    visitor.client.environ_base["REMOTE_ADDR"] = ELSEWHERE
    return visitor


def waiting(visitor: Visitor) -> str:
    """Deposit a file that is not treated yet, and return its address."""
    address = visitor.upload("flux.xml", a_flux_xml(a_passage_xml())).location
    assert "Traitement en cours" in words(visitor.get(address))
    return address


class TestGuard:
    def test_this_machine_sees_them_without_logging_in(self, visitor: Visitor) -> None:
        assert "Boîte d'envoi" in words(visitor.get("/coulisses"))

    @pytest.mark.parametrize(
        "path", ["/coulisses", "/coulisses/personnes", "/coulisses/messages/1"]
    )
    def test_another_machine_is_asked_for_the_key_and_keeps_it(
        self, put_together: PutTogether, path: str
    ) -> None:
        visitor = from_elsewhere(create_app(put_together(control_key="la clé")))

        asked = visitor.get(path)
        assert asked.status_code == 403
        assert "Clé de contrôle" in words(asked)
        assert "Boîte d'envoi" not in words(asked)
        token = str(tree(asked).xpath('//input[@name="csrf_token"]/@value')[0])

        wrong = visitor.client.post("/coulisses/cle", data={"csrf_token": token, "cle": "cle"})
        assert wrong.status_code == 403
        assert "Ce n'est pas la clé" in words(wrong)
        assert visitor.get(path).status_code == 403

        right = visitor.client.post("/coulisses/cle", data={"csrf_token": token, "cle": "la clé"})
        assert right.location == "/coulisses"
        assert visitor.get("/coulisses").status_code == 200

    def test_after_ten_wrong_keys_the_right_one_waits_too(self, put_together: PutTogether) -> None:
        visitor = from_elsewhere(create_app(put_together(control_key="k")))
        token = str(tree(visitor.get("/coulisses")).xpath('//input[@name="csrf_token"]/@value')[0])
        for _ in range(MOST_FAILURES):
            visitor.client.post("/coulisses/cle", data={"csrf_token": token, "cle": "x"})

        answer = visitor.client.post("/coulisses/cle", data={"csrf_token": token, "cle": "k"})

        assert answer.status_code == 429
        assert "attendez une minute" in words(answer)
        assert visitor.get("/coulisses").status_code == 403

    def test_logging_in_does_not_ask_for_the_key_again(self, put_together: PutTogether) -> None:
        visitor = from_elsewhere(create_app(put_together(control_key="k")))
        token = str(tree(visitor.get("/coulisses")).xpath('//input[@name="csrf_token"]/@value')[0])
        visitor.client.post("/coulisses/cle", data={"csrf_token": token, "cle": "k"})

        visitor.log_in("CERT00001")

        assert visitor.get("/coulisses").status_code == 200

    def test_another_key_ends_what_the_old_one_opened(self, put_together: PutTogether) -> None:
        visitor = from_elsewhere(create_app(put_together(control_key="old")))
        with visitor.client.session_transaction() as session:
            session["control"] = "the mark of another key"

        assert visitor.get("/coulisses").status_code == 403

    def test_without_a_key_another_machine_reads_how_to_get_one(self, portal: Portal) -> None:
        answer = from_elsewhere(create_app(portal)).get("/coulisses")

        assert answer.status_code == 403
        assert "--control-key" in words(answer)

    def test_a_name_that_was_made_to_point_here_is_another_machine(
        self, put_together: PutTogether
    ) -> None:
        visitor = Visitor(create_app(put_together(host="192.0.2.1")))

        answer = visitor.client.get("/coulisses", headers={"Host": "evil.test"})

        assert answer.status_code == 403

    @pytest.mark.parametrize("path", ["/coulisses", "/coulisses/personnes"])
    def test_without_control_they_do_not_exist(self, put_together: PutTogether, path: str) -> None:
        visitor = Visitor(create_app(put_together(control=False, control_key="k")))

        assert visitor.get(path).status_code == 404
        assert "/coulisses" not in visitor.get("/message-envoye/identifiant").text
        assert "/coulisses" not in visitor.get("/aide").text

    @pytest.mark.parametrize(
        "path",
        ["/horloge/un-jour", "/horloge/figer", "/traitement", "/liberer", "/mots-de-passe"],
    )
    def test_nothing_is_driven_without_a_token(self, visitor: Visitor, path: str) -> None:
        assert visitor.client.post(f"/coulisses{path}").status_code == 400


class TestMails:
    def test_a_mail_is_read_and_its_link_followed(self, visitor: Visitor) -> None:
        visitor.fill("/mot-de-passe-oublie", identifiant="CERT00001")

        (address,) = visitor.page("/coulisses").xpath(
            '//a[text()="Choisissez un nouveau mot de passe"]/@href'
        )
        (link,) = visitor.page(str(address)).xpath('//main//*[@class="mail-text"]/a/@href')

        assert "Choisir un mot de passe" in words(visitor.get(str(link)))

    def test_the_newest_stand_beside_the_clock_and_all_have_their_page(
        self, portal: Portal, visitor: Visitor
    ) -> None:
        world = portal.desk.stores.worlds.named("default")
        assert world is not None
        for number in range(60):
            letter = Letter(f"Message {number:02}", "")
            portal.desk.stores.outbox.add(world, "a@b.test", letter, NOON)

        page = visitor.page("/coulisses")
        rows = '//td[@data-name="À"]'
        assert len(page.xpath(rows)) == 10
        (all_of_them,) = page.xpath('//a[contains(text(), "Tout voir (60 messages)")]/@href')
        assert len(visitor.page(str(all_of_them)).xpath(rows)) == 50
        assert "Message 00" in words(visitor.get("/coulisses/messages?page=2"))
        assert visitor.get("/coulisses/messages?page=3").status_code == 404

    def test_what_a_mail_says_is_escaped(self, portal: Portal, visitor: Visitor) -> None:
        world = portal.desk.stores.worlds.named("default")
        assert world is not None
        letter = Letter("<b>gras</b>", "<script>alert(1)</script> /un/lien", ("/un/lien",))
        made = portal.desk.stores.outbox.add(world, "a@b.test", letter, NOON)

        answer = visitor.get(f"/coulisses/messages/{made.id}")

        assert "<script>alert" not in answer.text
        assert tree(answer).xpath('//*[@class="mail-text"]/a/@href') == ["/un/lien"]

    def test_a_mail_that_is_not_there_is_not_found(self, visitor: Visitor) -> None:
        assert visitor.get("/coulisses/messages/99").status_code == 404
        assert visitor.get(f"/coulisses/messages/{2**64}").status_code == 404


class TestClock:
    def test_two_days_pass_and_what_was_due_is_treated(self, put_together: PutTogether) -> None:
        visitor = Visitor(create_app(put_together(processing="delay=172800")))
        visitor.log_in("CERT00001")
        address = waiting(visitor)

        answer = visitor.follow(visitor.fill("/coulisses", "/coulisses/horloge/deux-jours"))

        assert "tout ce qui arrivait à échéance est traité" in words(answer)
        assert "Traitement en cours" not in words(visitor.get(address))

    def test_the_clock_goes_on_to_the_next_due_time(self, put_together: PutTogether) -> None:
        visitor = Visitor(create_app(put_together(processing="delay=1000")))
        visitor.log_in("CERT00001")
        address = waiting(visitor)

        visitor.fill("/coulisses", "/coulisses/horloge/echeance")

        assert "Traitement en cours" not in words(visitor.get(address))
        assert not visitor.page("/coulisses").xpath('//form[contains(@action, "echeance")]')

    def test_it_is_frozen_goes_on_and_comes_back(self, portal: Portal, visitor: Visitor) -> None:
        world = portal.desk.stores.worlds.named("default")
        assert world is not None
        clock = portal.desk.stores.worlds.clock

        visitor.fill("/coulisses", "/coulisses/horloge/figer")
        frozen = clock(world).frozen
        assert frozen is not None
        visitor.fill("/coulisses", "/coulisses/horloge/un-jour")
        assert clock(world).frozen != frozen
        assert "est figée" in words(visitor.get("/coulisses"))

        visitor.fill("/coulisses", "/coulisses/horloge/reprendre")
        assert clock(world).frozen is None
        assert "est décalée" in words(visitor.get("/coulisses"))

        visitor.fill("/coulisses", "/coulisses/horloge/reelle")
        assert "suit l'heure réelle" in words(visitor.get("/coulisses"))

    def test_every_page_says_when_it_is_not_the_real_one(
        self, portal: Portal, certifier: Visitor
    ) -> None:
        said = "Horloge du simulateur"
        assert said not in certifier.get("/depots").text
        world = portal.desk.stores.worlds.named("default")
        assert world is not None

        turn(portal.desk, world, NOON, frozen=True)

        assert said in certifier.get("/depots").text
        assert "arrêtée" in certifier.get("/aide").text
        certifier.log_out()
        assert said in certifier.get("/connexion").text
        assert certifier.get("/nowhere").status_code == 404

    def test_a_deposit_that_waits_leads_to_it(self, put_together: PutTogether) -> None:
        visitor = Visitor(create_app(put_together(processing="manual")))
        visitor.log_in("CERT00001")

        page = visitor.page(waiting(visitor))

        assert page.xpath('//main//a[@href="/coulisses"]')


class TestProcessing:
    @pytest.mark.parametrize(
        ("mode", "amount", "unit", "words_of_it"),
        [
            ("immediate", "", "secondes", "immediate"),
            ("delay", "172 800", "secondes", "delay=172800"),
            ("delay", "2", "jours", "delay=172800"),
            ("delay", "2", "jours-ouvres", "working_days=2"),
            ("polls", "3", "secondes", "polls=3"),
            ("manual", "7", "secondes", "manual"),
        ],
    )
    def test_it_is_set(
        self, portal: Portal, visitor: Visitor, mode: str, amount: str, unit: str, words_of_it: str
    ) -> None:
        wanted = {"mode": mode, "nombre": amount, "unite": unit}
        visitor.follow(visitor.fill("/coulisses", "/coulisses/traitement", **wanted))

        world = portal.desk.stores.worlds.named("default")
        assert world is not None
        assert str(portal.desk.stores.worlds.processing(world)) == words_of_it
        page = visitor.page("/coulisses")
        assert page.xpath('//select[@id="mode"]/option[@selected]/@value') == [mode]

    @pytest.mark.parametrize(
        ("mode", "amount", "told"),
        [
            ("delay", "", "Indiquez la durée du délai"),
            ("polls", "x", "Indiquez un nombre de consultations"),
            ("other", "1", "Choisissez quand"),
        ],
    )
    def test_what_cannot_be_meant_is_told(
        self, portal: Portal, visitor: Visitor, mode: str, amount: str, told: str
    ) -> None:
        answer = visitor.fill("/coulisses", "/coulisses/traitement", mode=mode, nombre=amount)

        assert answer.status_code == 422
        assert told in words(answer)
        world = portal.desk.stores.worlds.named("default")
        assert world is not None
        assert portal.desk.stores.worlds.processing(world) is None

    @pytest.mark.parametrize("mode", ["manual", "polls=9", "delay=9000", "working_days=2"])
    def test_what_waits_is_released_in_every_mode(
        self, put_together: PutTogether, mode: str
    ) -> None:
        portal = put_together(processing=mode)
        visitor = Visitor(create_app(portal))
        visitor.log_in("CERT00001")
        address = waiting(visitor)

        visitor.fill("/coulisses", "/coulisses/liberer")
        told = words(visitor.get("/coulisses"))

        portal.desk.circumstances.wait(
            lambda: "Traitement en cours" not in words(visitor.get(address)), 10.0
        )
        assert "Traitement en cours" not in words(visitor.get(address))
        assert "Un dépôt en attente est libéré" in told

    def test_the_page_says_how_many_were_released(self, put_together: PutTogether) -> None:
        visitor = Visitor(create_app(put_together(processing="delay=9000")))
        visitor.log_in("CERT00001")
        for _ in range(2):
            waiting(visitor)

        told = []
        for _ in range(2):
            visitor.fill("/coulisses", "/coulisses/liberer")
            told.append(words(visitor.get("/coulisses")))

        assert "2 dépôts en attente sont libérés : leur traitement commence." in told[0]
        assert "Aucun dépôt n'était en attente : rien n'a changé." in told[1]


class TestPasswords:
    def test_a_demonstration_account_gets_its_first_password_back(self, visitor: Visitor) -> None:
        assert "Rendre leur premier mot de passe" not in words(visitor.get("/coulisses"))
        another = {"mot_de_passe": "un autre secret", "confirmation": "un autre secret"}
        visitor.log_in("CERT00001")
        visitor.fill("/compte/mot-de-passe", mot_de_passe_actuel="mockportal", **another)
        visitor.log_out()
        assert visitor.log_in("CERT00001").status_code == 403

        answer = visitor.follow(visitor.fill("/coulisses", "/coulisses/mots-de-passe"))

        assert "ont retrouvé leur premier mot de passe" in words(answer)
        assert visitor.log_in("CERT00001").status_code == 303

    def test_an_empty_world_has_none_to_set_back(self, portal: Portal, visitor: Visitor) -> None:
        portal.desk.stores.worlds.create("vide")

        assert "premier mot de passe" not in words(visitor.get("/coulisses?world=vide"))


class TestWorlds:
    def test_a_world_that_is_named_is_acted_on_alone(
        self, portal: Portal, visitor: Visitor
    ) -> None:
        worlds = portal.desk.stores.worlds
        other = worlds.create("classe")
        portal.desk.stores.outbox.add(other, "a@b.test", Letter("Pour la classe", ""), NOON)

        page = "/coulisses?world=classe"
        assert "Pour la classe" in words(visitor.get(page))
        assert "Pour la classe" not in words(visitor.get("/coulisses"))
        answer = visitor.fill(page, "/coulisses/traitement?world=classe", mode="manual", nombre="")

        assert answer.location == "/coulisses?world=classe"
        assert worlds.processing(other) == Processing(Mode.MANUAL)
        default = worlds.named("default")
        assert default is not None
        assert worlds.processing(default) is None

    def test_a_world_that_is_not_there_is_not_found(self, visitor: Visitor) -> None:
        assert visitor.get("/coulisses?world=nowhere").status_code == 404


class TestPeople:
    def test_they_come_by_name_and_in_pages(self, portal: Portal, visitor: Visitor) -> None:
        world = portal.desk.stores.worlds.named("default")
        assert world is not None
        count = portal.desk.stores.registry.count(world)

        shown = [
            name
            for number in range(1, -(-count // 100) + 1)
            for name in visitor.page(f"/coulisses/personnes?page={number}").xpath(
                '//ul[@class="ids"]/li/b/text()'
            )
        ]

        assert len(shown) == count
        assert [normalised(one) for one in shown] == sorted(normalised(one) for one in shown)
        assert visitor.get(f"/coulisses/personnes?page={count}").status_code == 404
        last = -(-count // 100)
        assert "en a d'autres" not in words(visitor.get(f"/coulisses/personnes?page={last}"))

    def test_a_large_registry_is_leafed_through_only_so_far(
        self, portal: Portal, visitor: Visitor
    ) -> None:
        many = portal.desk.stores.worlds.create("many")
        portal.desk.stores.registry.add(
            many,
            (
                a_new_holder(
                    birth_name=f"NOM {n:05}", birth_year=1950 + n // 999, order=n % 999 + 1
                )
                for n in range(1, 10_002)
            ),
        )

        said = words(visitor.get("/coulisses/personnes?world=many&page=100"))

        assert "Le registre en a d'autres" in said
        assert "NOM 10000" in said
        assert visitor.get("/coulisses/personnes?world=many&page=101").status_code == 404

    def test_a_name_is_searched(self, visitor: Visitor) -> None:
        said = words(visitor.get("/coulisses/personnes?nom=kervellant"))

        assert "KERVELLANT" in said
        assert "pour « kervellant »" in said
        assert "Personne de ce nom" in words(visitor.get("/coulisses/personnes?nom=zzz"))

    def test_an_empty_registry_says_so(self, portal: Portal, visitor: Visitor) -> None:
        portal.desk.stores.worlds.create("vide")

        assert "Registre vide" in words(visitor.get("/coulisses/personnes?world=vide"))


class TestOpenToTheNetwork:
    def test_it_is_said_above_with_the_password(self, put_together: PutTogether) -> None:
        visitor = Visitor(create_app(put_together(host="192.0.2.1")))

        told = words(visitor.get("/coulisses"))

        assert "ouvert au réseau" in told
        assert "192.0.2.1" in told
        assert "mockportal" in told

    @pytest.mark.parametrize("settings", [{}, {"host": "192.0.2.1", "public": True}])
    def test_it_is_not_said_where_it_is_not_so(
        self, put_together: PutTogether, settings: dict[str, object]
    ) -> None:
        visitor = Visitor(create_app(put_together(**settings)))

        assert "ouvert au réseau" not in words(visitor.get("/coulisses"))
