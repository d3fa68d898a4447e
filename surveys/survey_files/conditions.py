"""Conditions of other tools: expressions of the simple kind, as comparisons joined by all or any.

LimeSurvey's relevance equations and XLSForm's `relevant` are read by one
grammar; what it does not know is not guessed at.
"""

import re
from dataclasses import dataclass, replace

from surveys.rules.conditions import Join

TOKEN = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\"|'[^']*')"
    r"|(?P<name>\$\{\s*[^}\s]+\s*\}|\d+X\d+X\w+(?:\.\w+)?|[A-Za-z_]\w*(?:\.\w+)?)"
    r"|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<sign>==|!=|>=|<=|&&|\|\||[()=<>!,]))"
)
SIGNS = {"=": "==", "eq": "==", "ne": "!=", "ge": ">=", "le": "<=", "gt": ">", "lt": "<"}
COMPARED = {"==", "!=", ">=", "<=", ">", "<"}
OPPOSITE = {
    **{"==": "!=", "!=": "==", ">=": "<", "<=": ">", ">": "<=", "<": ">="},
    **{"has": "lacks", "lacks": "has"},
}
TURNED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}
MOST_TOKENS, DEEPEST = 400, 20


class NotReadable(ValueError):
    """A condition says more than rules can."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a question, by its name in the file, with a code or a number.

    `operator` is a sign of `COMPARED`, or "has" and "lacks" for one of several answers.
    """

    name: str
    operator: str
    value: str

    def negated(self):
        """What holds when this does not."""
        return replace(self, operator=OPPOSITE[self.operator])


@dataclass(frozen=True, slots=True)
class Joined:
    """Comparisons that must all hold, or any of them."""

    join: Join
    parts: tuple

    def negated(self):
        """What holds when this does not."""
        other = Join.ANY if self.join == Join.ALL else Join.ALL
        return Joined(other, tuple(part.negated() for part in self.parts))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A condition as the file words it, and as it was read."""

    words: str
    tree: Comparison | Joined


def read_expression(words):
    """The condition that an expression says; raises `NotReadable`."""
    reader = _Reader(_tokens(words))
    tree = reader.any_of(0)
    if reader.tokens:
        raise NotReadable(words)
    return Wanted(words, tree)


def joined(join, parts):
    """Parts joined, those that are joined alike taken in; a single one stays as it is."""
    found = []
    for part in parts:
        found += part.parts if isinstance(part, Joined) and part.join == join else [part]
    return found[0] if len(found) == 1 else Joined(join, tuple(found))


def _tokens(words):
    tokens, at = [], 0
    words = words.strip()
    while at < len(words):
        match = TOKEN.match(words, at)
        if match is None or len(tokens) == MOST_TOKENS:
            raise NotReadable(words)
        kind, text, at = match.lastgroup, match[match.lastgroup], match.end()
        if kind == "name" and text.lower() in {*SIGNS, "and", "or"}:
            kind, text = "sign", text.lower()
        tokens.append((kind, SIGNS.get(text, text) if kind == "sign" else text))
    return tokens


class _Reader:
    """Reads tokens from the left: any of, all of, one comparison."""

    def __init__(self, tokens):
        self.tokens = tokens

    def any_of(self, depth):
        if depth > DEEPEST:
            raise NotReadable
        return joined(Join.ANY, self._parts({"or", "||"}, self.all_of, depth))

    def all_of(self, depth):
        return joined(Join.ALL, self._parts({"and", "&&"}, self.one, depth))

    def _parts(self, signs, read, depth):
        found = [read(depth)]
        while self.tokens and self.tokens[0] in {("sign", sign) for sign in signs}:
            self.tokens.pop(0)
            found.append(read(depth))
        return found

    def one(self, depth):
        if depth > DEEPEST:
            raise NotReadable
        if self._takes("!"):
            return self.one(depth + 1).negated()
        if self._takes("("):
            return self._closed(self.any_of(depth + 1))
        return self._call(depth) or self._comparison()

    def _call(self, depth):
        """`not(…)`, `selected(…)` or `is_empty(…)`, or None when no call comes."""
        kinds = [token[0] for token in self.tokens[:1]]
        if kinds != ["name"] or self.tokens[1:2] != [("sign", "(")]:
            return None
        function = self._next()[1].lower()
        self._next()
        if function == "not":
            return self._closed(self.any_of(depth + 1)).negated()
        if function == "is_empty":
            return self._closed(Comparison(self._name(), "==", ""))
        if function != "selected":
            raise NotReadable(function)
        name = self._name()
        self._expect(",")
        return self._closed(Comparison(name, "has", self._value()))

    def _comparison(self):
        is_turned = self.tokens[:1] and self.tokens[0][0] != "name"
        left = self._value() if is_turned else self._name()
        sign = self._next()
        if sign[0] != "sign" or sign[1] not in COMPARED:
            raise NotReadable(sign[1])
        if is_turned:
            return Comparison(self._name(), TURNED.get(sign[1], sign[1]), left)
        return Comparison(left, sign[1], self._value())

    def _name(self):
        kind, text = self._next()
        if kind != "name":
            raise NotReadable(text)
        return text.strip("${} ").partition(".")[0]

    def _value(self):
        kind, text = self._next()
        if kind not in {"text", "number"}:
            raise NotReadable(text)
        return text[1:-1] if kind == "text" else text

    def _closed(self, tree):
        self._expect(")")
        return tree

    def _takes(self, sign):
        if self.tokens[:1] != [("sign", sign)]:
            return False
        self.tokens.pop(0)
        return True

    def _expect(self, sign):
        if not self._takes(sign):
            raise NotReadable(sign)

    def _next(self):
        if not self.tokens:
            raise NotReadable
        return self.tokens.pop(0)
