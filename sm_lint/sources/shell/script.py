"""The simple commands of a shell script, in the order of their ends, with here-documents and what they write.

Source: "Shell Commands" and "Redirections" of the manual of bash 5.2. The grammar is read only as far as it decides
where a command begins and ends, so that a script that is half written still gives its commands.
"""

import re
from contextlib import suppress

from sm_lint.sources.shell.mapped import Builder, Mapped, part
from sm_lint.sources.shell.quoting import MOST_LEVELS, BrokenError, without_line_breaks
from sm_lint.sources.shell.simple import HereDocument, Simple
from sm_lint.sources.shell.variables import assigned_once
from sm_lint.sources.shell.words import ENDS, PLACEHOLDER, Word, Words

_BLANK = re.compile(r"(?:[ \t\r]|\\\r?\n)+")
_COMMENT = re.compile(r"#[^\n]*")
_OPERATOR = re.compile(r";;&|;;|;&|;|&&|\|\||\|&|\||&|\n")
_REDIRECTION = re.compile(r"<<<|<<-?|[<>]&|&>>?|>>|>\||<>|[<>]")
_NOTHING = re.compile(r"`[ \t]*#[^`\n]*`")
"""A comment between words, which many write so: it expands to nothing."""
_DELIMITER = re.compile(r"(?:'[^'\n]*'|\"[^\"\n]*\"|\\.|[^\s;|&()<>'\"\\])+")
_OPENING = frozenset(("if", "while", "until", "for", "select", "case", "{"))
_CLOSING = frozenset(("fi", "done", "esac", "}"))
_BETWEEN = frozenset(("then", "do", "else", "elif", "time", "!", "coproc"))
_KEYWORDS = _OPENING | _CLOSING | _BETWEEN | {"function"}
_WITHOUT_COMMAND = frozenset(("for", "select", "case"))
_AGAIN = frozenset((".", "source", "eval"))
_STRAIGHT = frozenset(("", "\n", ";", "&"))


class Script(Words):
    """Reads the simple commands of a script into `found`."""

    def __init__(
        self,
        source: Mapped,
        level: int = 0,
        variables: dict[str, Mapped] | None = None,
        found: list[Simple] | None = None,
    ) -> None:
        """Initialize for a script that stands `level` deep in another one, which has the known `variables`."""
        self.known: dict[str, Mapped] = dict(variables or {})
        super().__init__(source, self.known, level)
        self.found: list[Simple] = [] if found is None else found
        """The commands, each after those inside it."""
        self._once = assigned_once(self.text) if level == 0 else frozenset()
        self._blocks = 0  # how many of `if`, `while`, … are open
        self._inside = 0  # how many brackets are
        self._awaited: list[HereDocument] = []
        self._simple = Simple()
        self._assignments: list[Word] = []
        self._before = ""  # the operator before the command

    def read(self) -> list[Simple]:
        """Return the commands that are complete."""
        with suppress(BrokenError):
            self._commands("")
        return self.found

    def inner_commands(self) -> Mapped | None:
        """Read commands up to and with a bracket. Return what they print if it is the here-document of a `cat`."""
        if self.level >= MOST_LEVELS:
            raise BrokenError
        outer = self._simple, self._assignments, self._before
        first = len(self.found)
        self._simple, self._assignments, self._before = Simple(), [], ""
        self.level += 1
        self._inside += 1
        self._commands(")")
        self._inside -= 1
        self.level -= 1
        self._simple, self._assignments, self._before = outer
        inner = self.found[first:]
        if len(inner) == 1 and [word.text for word in inner[0].words] == ["cat"] and not inner[0].written:
            here = inner[0].here
            return without_line_breaks(here.body) if here and here.body else None
        return None

    def inner_script(self, source: Mapped) -> None:
        """Read the commands of a script inside this one, into the same list."""
        if self.level < MOST_LEVELS:
            Script(source, self.level + 1, self.known, self.found).read()

    def _commands(self, closer: str) -> None:
        """Read commands up to and with the `closer`, or up to the end of the text."""
        patterns: list[bool] = []  # for each open `case`, whether a pattern comes next
        while True:
            if blank := _BLANK.match(self.text, self.at):
                self.at = blank.end()
            if self.at >= len(self.text):
                if closer:
                    raise BrokenError
                self._end("", patterns)
                return
            if self.text[self.at] == ")":
                self.at += 1
                if self._is_pattern(patterns):
                    self._simple, self._assignments = Simple(), []
                elif closer:
                    self._end(")", patterns)
                    return
            else:
                self._next(patterns)

    def _is_pattern(self, patterns: list[bool]) -> bool:
        """Return whether a closing bracket ends a pattern of a `case`, which may have begun on the same line."""
        words = [word.text for word in self._simple.words if word.is_bare]
        if "case" in words[:2] and "in" in words[1:]:
            self._blocks += 1
            patterns.append(False)
            return True
        if patterns and patterns[-1] and words != ["esac"]:
            patterns[-1] = False
            return True
        return False

    def _next(self, patterns: list[bool]) -> None:
        """Read a comment, an operator, a bracket, a redirection or a word."""
        character = self.text[self.at]
        if comment := _COMMENT.match(self.text, self.at):
            self.at = comment.end()
        elif character in "<>" and self._is_word():
            self._word()
        elif redirection := _REDIRECTION.match(self.text, self.at):
            self.at = redirection.end()
            self._redirection(redirection[0])
        elif operator := _OPERATOR.match(self.text, self.at):
            self.at = operator.end()
            if operator[0] == "|" and patterns and patterns[-1]:
                self._simple = Simple()  # one of several patterns
            else:
                self._end(operator[0], patterns)
        elif character == "(":
            self._bracket(patterns)
        else:
            self._word()

    def _is_word(self) -> bool:
        return self.text.startswith("(", self.at + 1) or PLACEHOLDER.match(self.text, self.at) is not None

    def _bracket(self, patterns: list[bool]) -> None:
        """Read commands in brackets, or arithmetic in two."""
        self.at += 1
        if patterns and patterns[-1] and not self._simple.words:
            return  # it begins a pattern
        if self.text.startswith("(", self.at):
            self.at += 1
            self.arithmetic()
            self.at += self.text.startswith(")", self.at)
            return
        self._end("(", patterns)
        self.inner_commands()
        self._before = ""

    def _word(self) -> None:
        simple = self._simple
        word = self.word(may_assign=not simple.is_named or _exports(simple))
        if word.is_several and _NOTHING.fullmatch(word.text):
            return
        if word.assigned and not simple.is_named:
            self._assignments.append(word)
        else:
            simple.words.append(word)
            simple.is_named = simple.is_named or not (word.is_bare and word.text in _KEYWORDS)

    def _redirection(self, operator: str) -> None:
        """Read what an operator redirects to or from."""
        words = self._simple.words
        number = ""
        start = self.at - len(operator)
        if words and words[-1].is_bare and words[-1].text.isdecimal() and self.text[start - 1] not in ENDS:
            number = words.pop().text
        if blank := _BLANK.match(self.text, self.at):
            self.at = blank.end()
        if operator in {"<<", "<<-"}:
            self._here_document(operator)
        elif self.at < len(self.text) and (self.text[self.at] not in ENDS or self.text[self.at] in "<>"):
            at = self.at
            target = self.word()
            if self.at == at:
                return
            if operator in {">", ">|", ">>", "&>", "&>>"} and number in {"", "1"}:
                self._simple.written, self._simple.is_appended = target, operator.endswith(">>")

    def _here_document(self, operator: str) -> None:
        delimiter = _DELIMITER.match(self.text, self.at)
        if delimiter is None:
            return
        self.at = delimiter.end()
        text = re.sub(r"['\"\\]", "", delimiter[0])
        here = HereDocument(text, is_quoted=text != delimiter[0], is_indented=operator == "<<-")
        self._simple.here = here
        self._awaited.append(here)

    def _end(self, operator: str, patterns: list[bool]) -> None:
        """End a command at an operator, and read the here-documents behind a line."""
        simple, assignments = self._simple, self._assignments
        self._simple, self._assignments = Simple(), []
        is_command = bool(simple.words or simple.here or assignments)
        is_straight = self._before in _STRAIGHT and operator in {"", "\n", ";"} and not simple.here
        if is_straight and not self._blocks and not self._inside:
            self._assign(simple.words[1:] if _exports(simple) else [] if simple.words else assignments)
        self._keywords(simple, patterns)
        if patterns and operator.startswith((";;", ";&")):
            patterns[-1] = True
        if operator == "\n":
            for here in self._awaited:
                self._body(here)
            self._awaited.clear()
        if operator != "\n" or is_command or self._before in _STRAIGHT:
            self._before = operator
        if simple.words:
            simple.assignments = assignments
            if simple.words[0].text in _AGAIN:
                self.known.clear()  # the script that it runs may assign to any variable
            self.found.append(simple)

    def _keywords(self, simple: Simple, patterns: list[bool]) -> None:
        """Take the keywords of compound commands away from the beginning of a command."""
        words = simple.words
        while words and words[0].is_bare:
            keyword = words[0].text
            if keyword in _OPENING:
                self._blocks += 1
                if keyword == "case":
                    patterns.append(True)
            elif keyword in _CLOSING:
                self._blocks -= 1
                if keyword == "esac" and patterns:
                    patterns.pop()
            elif keyword == "function":
                del words[1:2]  # its name
            elif keyword not in _BETWEEN:
                return
            if keyword in _WITHOUT_COMMAND:
                words.clear()
            del words[:1]

    def _assign(self, assignments: list[Word]) -> None:
        """Note the values of variables that are certain from here on."""
        for word in assignments:
            name = word.text[: max(word.assigned - 1, 0)]
            value = part(word.decoded, word.assigned, len(word.text))
            if name in self._once and value.unknown != ((0, len(value.text)),):
                self.known[name] = value

    def _body(self, here: HereDocument) -> None:
        """Read the text of a here-document, which begins here."""
        tabs = r"\t*" if here.is_indented else ""
        last = re.compile(rf"^{tabs}{re.escape(here.delimiter)}\r?$", re.MULTILINE).search(self.text, self.at)
        start, end = self.at, last.start() if last else len(self.text)
        self.at = min(last.end() + 1, len(self.text)) if last else end
        body = Builder(self.source)
        for line in re.compile(r"(\t*)[^\n]*\n?").finditer(self.text, start, end):
            body.copy(line.end(1) if here.is_indented else line.start(), line.end())
        here.body = body.mapped()
        if not here.is_quoted:
            here.body = self._expanded(here.body)

    def _expanded(self, text: Mapped) -> Mapped | None:
        """Return the text of a here-document with escapes undone; None if it cannot be read."""
        if self.level >= MOST_LEVELS:
            return None
        inner = Script(text, self.level + 1, self.known, self.found)
        out = Builder(text)
        try:
            inner.double_quoted(out, closer="")
        except BrokenError:
            return None
        return out.mapped()


def _exports(simple: Simple) -> bool:
    return bool(simple.words) and simple.words[0].text in {"export", "readonly"}
