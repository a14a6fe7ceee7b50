from mockportal.domain.identifiers import WorldId
from mockportal.domain.mails import Letter
from mockportal.journeys.ports import Stores
from mockportal.storage.outbox import MOST_MAILS
from tests.builders import NOON

LETTER = Letter("Bonjour", "Suivez ce lien :\n/un/lien", ("/un/lien", "/un/autre"))
TO = "camille.durand@example.org"


def test_a_mail_is_read_as_it_was_written(stores: Stores, world: WorldId) -> None:
    made = stores.outbox.add(world, TO, LETTER, NOON)

    assert (made.to, made.letter, made.made_at, made.world) == (TO, LETTER, NOON, world)
    assert stores.outbox.mail(world, made.id) == made


def test_a_letter_without_links_has_none(stores: Stores, world: WorldId) -> None:
    made = stores.outbox.add(world, TO, Letter("Bonjour", "Rien à suivre."), NOON)

    assert made.letter.links == ()


def test_the_newest_mail_comes_first(stores: Stores, world: WorldId) -> None:
    for subject in ("one", "two", "three"):
        stores.outbox.add(world, TO, Letter(subject, ""), NOON)

    found = stores.outbox.of_world(world, 2)

    assert [mail.letter.subject for mail in found] == ["three", "two"]
    assert [one.letter.subject for one in stores.outbox.of_world(world, 2, skip=2)] == ["one"]
    assert stores.outbox.count(world) == 3


def test_a_mail_is_in_its_own_world_only(stores: Stores, world: WorldId) -> None:
    other = stores.worlds.create("other")
    made = stores.outbox.add(world, TO, LETTER, NOON)

    assert stores.outbox.of_world(other, 10) == []
    assert stores.outbox.mail(other, made.id) is None


def test_a_world_forgets_its_oldest_mails(stores: Stores, world: WorldId) -> None:
    other = stores.worlds.create("other")
    kept = stores.outbox.add(other, TO, LETTER, NOON)

    made = [
        stores.outbox.add(world, TO, Letter(str(number), ""), NOON)
        for number in range(MOST_MAILS + 2)
    ]

    assert stores.outbox.mail(world, made[1].id) is None
    assert stores.outbox.mail(world, made[2].id) is not None
    assert len(stores.outbox.of_world(world, 2 * MOST_MAILS)) == MOST_MAILS
    assert stores.outbox.mail(other, kept.id) == kept
