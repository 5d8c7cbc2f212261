"""The texts of the content, and how much room they take."""

from collections.abc import Iterator
from html.parser import HTMLParser

from erasmus.library import Library
from erasmus.words import Language, Words


def labels(library: Library) -> Iterator[tuple[str, Words]]:
    """Yield every text that stands on a button."""
    for question in library.questions:
        yield from ((f"{question.fact}={o.value}", o.label) for o in question.options)
    for action in library.actions.values():
        yield action.id, action.label
    for checklist in library.checklists.values():
        yield from ((f"{checklist.id}.{item.id}", item.label) for item in checklist.items)
    for field in library.fields.values():
        yield field.id, field.label


def rule_texts(library: Library) -> Iterator[tuple[str, Words]]:
    """Yield the texts of questions, rules and deciders."""
    for question in library.questions:
        for text in (question.label, question.prompt, question.why):
            yield question.fact, text
    for rule in library.rules.values():
        yield from ((rule.id, text) for text in (rule.says, rule.remedy))
    for decider in library.deciders.values():
        yield decider.id, decider.name


def action_texts(library: Library) -> Iterator[tuple[str, Words]]:
    """Yield the texts of actions, papers and calls."""
    for action in library.actions.values():
        for part in (action.name, action.summary, action.funding, action.apply):
            if part is not None:
                yield action.id, part
    for checklist in library.checklists.values():
        yield checklist.id, checklist.name
        for item in checklist.items:
            yield from ((f"{checklist.id}.{item.id}", text) for text in (item.how, item.issuer))
    for call in library.calls:
        yield from ((call.id, text) for text in (call.title, call.note) if text is not None)


def texts(library: Library) -> Iterator[tuple[str, Words]]:
    """Yield every text of the content."""
    yield from labels(library)
    yield from rule_texts(library)
    yield from action_texts(library)
    yield from ((country.code, country.name) for country in library.countries.values())


def width(text: str) -> int:
    """Return signs as Telegram draws them: an emoji takes two."""
    return sum(2 if ord(sign) > 0xFFFF or 0x2600 <= ord(sign) < 0x27C0 else 1 for sign in text)


class Tags(HTMLParser):
    """Collects the tags of a text and the text without them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.used: set[str] = set()
        self.plain = ""
        self.balanced = True
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.used.add(tag if not attrs else f"{tag} with attributes")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.balanced = self.balanced and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.plain += data


def signs(words: Words | None, language: Language) -> int:
    """Return how many signs of a message a text takes."""
    return 0 if words is None else len(Tags(words[language]).plain) + 2
