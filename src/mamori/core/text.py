"""Every sentence a person reads, in Japanese and in English, side by side."""

from dataclasses import dataclass
from enum import Enum


class Language(Enum):
    """The two languages Mamori speaks."""

    JA = "ja"
    EN = "en"


class MissingWords(ValueError):
    """A sentence lacks one of its two languages."""


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; neither may be missing.

    Errors: MissingWords when either language is empty.
    """

    ja: str
    en: str

    def __post_init__(self) -> None:
        """Refuse a sentence that one half of the readers cannot read."""
        if not self.ja.strip() or not self.en.strip():
            raise MissingWords(f"both languages are needed: ja={self.ja!r} en={self.en!r}")

    def say(self, language: Language) -> str:
        """Give the sentence in one language."""
        return self.ja if language is Language.JA else self.en

    def fill(self, **values: "str | int | Text") -> "Text":
        """Put values into the {places} of both sentences; a Text value keeps its language."""
        ja = {k: v.ja if isinstance(v, Text) else v for k, v in values.items()}
        en = {k: v.en if isinstance(v, Text) else v for k, v in values.items()}
        return Text(self.ja.format(**ja), self.en.format(**en))

    def as_json(self) -> dict[str, str]:
        """Both languages, as they stand in every JSON answer."""
        return {"ja": self.ja, "en": self.en}


def same(words: str) -> Text:
    """Make a Text of something that reads the same in both languages, such as a name."""
    return Text(words, words)


def listed(names: tuple[str, ...], *, most: int = 5) -> Text:
    """Name the first few of many things, and say how many more there are."""
    head, rest = names[:most], len(names) - most
    if rest <= 0:
        return Text("、".join(head), ", ".join(head))
    return Text(f"{'、'.join(head)} ほか{rest}件", f"{', '.join(head)} and {rest} more")
