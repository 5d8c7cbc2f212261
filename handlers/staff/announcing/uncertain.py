"""Those of whom nobody knows whether it arrived: who they are, why, and sending once more."""

from __future__ import annotations

from erasmus.announcements import Announcement
from erasmus.universities import University
from handlers.pages import page_of
from handlers.screens import Go, Rows, Screen, digits, lines, paragraphs
from handlers.staff.announcing.describing import at_office
from handlers.staff.announcing.presses import SendAgain, ShowAnnouncement, Uncertain
from handlers.staff.desk import Desk
from locales import ENDONYMS
from storage import announcements, universities
from storage.copies import Copy
from storage.deliveries import PROCESS_ENDED

PAGE = 10
EVERYBODY = 0
"""Instead of one copy: all of which nobody knows whether they arrived."""

MOST = 1000


async def uncertain(desk: Desk, announcement: Announcement, press: Uncertain) -> Screen:
    """List those of whom nobody knows whether it arrived; it is for people to decide."""
    t, which = desk.t, (desk.office.id, announcement.id)
    back = desk.turn.leave(ShowAnnouncement(*which))
    heading = t("<b>Perhaps they got it, perhaps not</b>")
    if await announcements.recalled(desk.c, announcement.id):
        recalled = t("It was recalled, so nothing is sent again. These copies I can’t take back.")
        return Screen(paragraphs(heading, recalled), (back,))
    found = await announcements.unknown(desk.c, announcement.id)
    page = page_of(found, press.page, PAGE)
    known = {one.id: one for one in await universities.listing(desk.c)}
    told = [
        _line(desk, n, one, known.get(one.university or ""))
        for n, one in enumerate(page.items, start=page.first + 1)
    ]
    text = paragraphs(
        heading,
        *told or [t("There is nobody of whom I don’t know.")],
        t("I never send again by myself. Tap a number to send once more to one of them.")
        if told
        else None,
    )
    presses = [SendAgain(*which, one.delivery_id, sure=False) for one in page.items]
    everybody: Rows = ()
    if len(found) > 1:
        press_all = SendAgain(*which, EVERYBODY, sure=False)
        everybody = ((Go(t.label("button", "Send to all of them"), press_all),),)
    turning = page.turning(
        t.label("button2", "← Before"),
        t.label("button2", "Next →"),
        lambda number: Uncertain(*which, number),
    )
    return Screen(text, (*digits(presses, page.first + 1), *turning, *everybody, back))


def _line(desk: Desk, number: int, copy: Copy, university: University | None) -> str:
    """Say who it is, as far as that may be told, and why it is not known."""
    t = desk.t
    ended = copy.problem == PROCESS_ENDED
    why = t("I was restarted while sending.") if ended else t("Telegram gave no answer.")
    about = [f"<code>{copy.person_id}</code>", ENDONYMS[copy.language]]
    if university is not None:
        about.append(t.words(university.name))
    if copy.at is not None:
        about.append(at_office(desk, copy.at))
    return lines(f"{number}. {' · '.join(about)}", why)


async def send_again(desk: Desk, announcement: Announcement, press: SendAgain) -> Screen:
    """Send once more what perhaps arrived, after one more question; a second press does nothing."""
    t = desk.t
    found = await announcements.unknown(desk.c, announcement.id, MOST)
    wanted = [one.delivery_id for one in found if press.copy in {EVERYBODY, one.delivery_id}]
    listed = Uncertain(desk.office.id, announcement.id, 0)
    if not wanted:
        screen = await uncertain(desk, announcement, listed)
        return screen.saying(t.label("alert", "That has been sent again already."))
    if not press.sure:
        text = paragraphs(
            t.plural(
                "<b>Send to {n} person again?</b>", "<b>Send to {n} people again?</b>", len(wanted)
            ),
            t("Whoever got it the first time will have it twice."),
        )
        yes = SendAgain(desk.office.id, announcement.id, press.copy, sure=True)
        return Screen(
            text, ((Go(t.label("button", "Yes, send again"), yes),), desk.turn.leave(listed))
        )
    again = await announcements.send_again(desk.c, announcement.id, wanted, desk.now)
    screen = await uncertain(desk, announcement, listed)
    if not again:
        return screen  # it was recalled meanwhile, which the screen says
    await desk.record("announcement.sent_again", announcement.batch, number=again)
    return screen.saying(t.label("alert", "Sent again to {n}.", n=again))
