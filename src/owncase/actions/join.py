"""The first OS user to say so is an unclaimed person from then on; a second claim is for their manager to decide."""

from owncase.actions.change import ANEW, Once, change
from owncase.desk import Desk
from owncase.domain.details import PERSON
from owncase.domain.person import claimed_already


def join(desk: Desk, handle: str, *, once: Once = ANEW) -> bool:
    """Let the OS user of this desk be the person; whether that is news.

    Raises NotFound for nobody, `ClaimedAlready` (77) for somebody else's person, `LoginTaken` (3) for a second one,
    BadData for the name of an OS user that nobody could see whole.
    """
    PERSON["login"](desk.os_user)
    claimant = desk.claimant(handle)
    with change(desk, once, by=claimant) as tx:
        person = tx.person(claimant.id)
        news = person.login != desk.os_user
        if news and person.login:
            raise claimed_already(tx, person, desk.os_user, since=tx.has_login_since(person.id))
        if news:
            tx.append("person.joined", subject=person.id)
    desk.look_again()
    return news
