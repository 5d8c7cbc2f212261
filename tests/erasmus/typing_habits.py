"""How people type Kyrgyz and Kazakh."""


def without_special_letters(text: str) -> str:
    """Return how a text is typed on a Russian keyboard."""
    return text.translate(str.maketrans("ңөүқғәұіҢӨҮҚҒӘҰІ", "ноукгауиНОУКГАУИ"))
