"""Words for people that can be said in another language, without importing Odoo.

Messages are marked with `_lt`, the name by which Odoo's export finds terms. What it
gives is the English text, which also remembers its source and values; the models say
it in the reader's language (`merchantpro.job._in_words`).
"""


class Words(str):
    """`source` with its %(name)s filled in; a value may be Words again."""

    def __new__(cls, source, **values):
        words = super().__new__(cls, source % values if values else source)
        words.source, words.values = source, values
        return words

    def translated(self, translate):
        """The same said by `translate(source, values)`, a function that fills in the values."""
        values = {
            name: value.translated(translate) if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return translate(self.source, values)


_lt = Words
