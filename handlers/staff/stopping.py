"""The emergency stop: everything that goes to many is held, at every office, until an owner says.

Replies and answers go on. Nothing that is held is lost: it stays due.
"""

from __future__ import annotations

from erasmus.offices import Right, may
from handlers.reminders import reminders
from handlers.screens import Go, Rows, Screen, paragraphs
from handlers.staff.desk import Desk
from handlers.staff.front import back_to_desk, show_desk, through
from handlers.staff.office_presses import Resume, ShowDesk, Stop
from handlers.staff.telling import tell
from handlers.turn import Turn
from locales import Texts, moments
from storage import holds, members, offices
from storage.holds import Hold


async def stop_command(turn: Turn) -> Screen:
    """Answer /stop of a member: one more press stops everything, where their role allows it."""
    mine = await members.offices_of(turn.c, turn.person.id)
    if not any(may(role, Right.STOP) for _, role in mine):
        return await reminders(turn)
    return await through(turn, Right.STOP, _ask, stop)


def _ask(office_id: str) -> Stop:
    return Stop(office_id, sure=False)


async def stop(desk: Desk, press: Stop) -> Screen:
    """Hold all bulk, after one question; the first who does it counts."""
    t = desk.t
    if not press.sure and await holds.held(desk.c, holds.BULK) is None:
        text = paragraphs(
            t("<b>Stop everything that goes to many?</b>"),
            t(
                "Announcements and reminders of all offices wait."
                " Answers, corrections and recalls go on."
            ),
            t("Only an owner can let them go on."),
        )
        yes = Go(t.label("button", "Stop now"), Stop(desk.office.id, sure=True))
        return Screen(text, ((yes,), back_to_desk(desk)))
    if await holds.hold(desk.c, holds.BULK, desk.office.id, desk.person_id, desk.now):
        await _tell_all(desk, "stopped")
        await desk.record("bulk.stopped", holds.BULK)
    return await _shown(desk)


async def resume(desk: Desk, _press: Resume) -> Screen:
    """Let everything go on: an owner of the office that stopped it, or of a national one."""
    held = await holds.held(desk.c, holds.BULK)
    if held is None:
        return await _toast(desk, desk.t.label("alert", "Everything goes on already."))
    if held.office_id != desk.office.id and not desk.office.national:
        said = desk.t.label("alert", "Another office stopped it. Only its owner can let it go on.")
        return await _toast(desk, said)
    if await holds.resume(desk.c, holds.BULK):
        await _tell_all(desk, "resumed")
        await desk.record("bulk.resumed", holds.BULK, stopped_by=held.person_id)
    return await _toast(desk, desk.t.label("alert", "Everything goes on."))


async def _shown(desk: Desk) -> Screen:
    """Show who stopped everything, and when."""
    held = await holds.held(desk.c, holds.BULK)
    if held is None:
        return await show_desk(desk, ShowDesk(desk.office.id))
    rows = (*_way_on(desk), back_to_desk(desk))
    return Screen(await _who(desk.turn, desk.t, held), rows)


def _way_on(desk: Desk) -> Rows:
    if not desk.may(Right.MANAGE):
        return ()
    return ((Go(desk.t.label("button", "Let everything go on"), Resume(desk.office.id)),),)


async def _who(turn: Turn, t: Texts, held: Hold) -> str:
    office = await offices.get(turn.c, held.office_id or "")
    member = await members.get(turn.c, held.office_id or "", held.person_id or 0)
    return paragraphs(
        t("<b>Everything that goes to many is stopped.</b>"),
        t(
            "By: {name}, {office}. Since: {time}.",
            name=member.name if member else "—",
            office=t.words(office.name) if office else "—",
            time=moments.moment_in_zone(
                t.language, held.since, office.zone if office else turn.person.zone
            ),
        ),
    )


async def _tell_all(desk: Desk, what: str) -> None:
    """Tell everybody at every desk: all offices are held."""
    member = await members.get(desk.c, desk.office.id, desk.person_id)
    name = member.name if member else ""

    def told(t: Texts) -> Screen:
        values = {
            "name": name,
            "office": t.words(desk.office.name),
            "time": moments.moment_in_zone(t.language, desk.now, desk.office.zone),
        }
        if what == "stopped":
            said = t("{name}, {office}: everything that goes to many is stopped. {time}", **values)
        else:
            said = t("{name}, {office}: everything that goes to many goes on. {time}", **values)
        return Screen(said)

    everybody = {one.person_id for one in await members.everywhere(desk.c)}
    await tell(desk.turn, everybody - {desk.person_id}, f"bulk:{what}", told)


async def _toast(desk: Desk, said: str) -> Screen:
    screen = await show_desk(desk, ShowDesk(desk.office.id))
    return screen.saying(said)
