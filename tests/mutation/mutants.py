"""Finds the places of a C source where a mistake could hide, and writes the source anew so that each
mistake can be switched on when the program runs.

A mutant is one change of one place: a statement left out, a condition taken for true or for false, an
answer turned round, `<` for `<=`, a bound one off, a label of a switch gone, a text that matches nothing. All mutants of a program are compiled into it once; runtime.c switches on the one that is
asked for. So a thousand mutants cost one build.

Only the C that this repository writes is understood (.clang-format, braces everywhere, no goto);
what is not understood stops with a message.
"""

import re

TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:\\\n|[^\n])*)
      | (?P<text>"(?:\\.|[^"\\])*")
      | (?P<number>\d[\w.]*|'(?:\\.|[^'\\])+')
      | (?P<word>[A-Za-z_]\w*)
      | (?P<sign><<=|>>=|\.\.\.|->|\+\+|--|&&|\|\||[-+*/%&|^!=<>]=|<<|>>|\S)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
CLOSING = {"(": ")", "[": "]", "{": "}"}

# Words for people, and what formats them.
MESSAGES = {"refuse", "refuse_at", "refuse_type", "fail", "complain", "string_format", "text_new", "printf", "fprintf", "fputs", "snprintf", "__attribute__"}
REPORTS = {"refuse", "refuse_at", "refuse_type", "complain"}
# What only gives something back.
RELEASES = re.compile(r"\(void\)\w+$|(va_start|va_end|free|fclose|close|fputs|fputc|\w+_dispose\w*)\(")
LOOSER = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


class Token:
    def __init__(self, kind, text, space, line):
        self.kind, self.text, self.space, self.line = kind, text, space, line

    def __repr__(self):
        return self.text


class Group(Token):
    """A pair of brackets and what is between them."""

    def __init__(self, opening, inner, closing):
        super().__init__("group", opening.text, opening.space, opening.line)
        self.inner, self.closing = inner, closing


class Mutant:
    """`what` was done to `code`; `place` tells it apart from others when lines move."""

    def __init__(self, number, path, function, line, code, what):
        self.number, self.path, self.function, self.line, self.code, self.what = number, path, function, line, code, what
        self.is_report = False
        self.place = ""

    def __str__(self):
        return f"{self.path}:{self.line}: {self.function}: `{self.code}` {self.what}"


def tokens_of(text):
    tokens, space, line = [], "", 1
    for found in TOKEN.finditer(text):
        if found.lastgroup == "space":
            space += found[0]
        else:
            tokens.append(Token(found.lastgroup, found[0], space, line))
            space = ""
        line += found[0].count("\n")
    return tokens, space


def tree_of(tokens, at=0, closing=None):
    """Tokens with brackets paired, and the place behind them."""
    tree = []
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "sign" and token.text == closing:
            return tree, at
        if token.kind == "sign" and token.text in CLOSING:
            inner, end = tree_of(tokens, at + 1, CLOSING[token.text])
            tree.append(Group(token, inner, tokens[end]))
            at = end
        else:
            tree.append(token)
        at += 1
    if closing is not None:
        raise ValueError("unpaired bracket")
    return tree, at


def plain(tree):
    """The text as it was."""
    out = ""
    for token in tree:
        out += token.space + token.text
        if isinstance(token, Group):
            out += plain(token.inner) + token.closing.space + token.closing.text
    return out


def shown(tree):
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", plain(tree), flags=re.DOTALL)).strip()


def is_sign(token, *texts):
    return token.kind == "sign" and not isinstance(token, Group) and token.text in texts


def is_group(token, opening):
    return isinstance(token, Group) and token.text == opening


def split(tree, *signs):
    """The parts between signs, and the signs."""
    parts, between = [[]], []
    for token in tree:
        if is_sign(token, *signs):
            parts.append([])
            between.append(token)
        else:
            parts[-1].append(token)
    return parts, between


class Source:
    """One source and its mutants, numbered from `first`."""

    def __init__(self, path, text, first):
        self.path, self.first, self.mutants, self.texts = path, first, [], []
        self.function, self.is_bool = "(file)", False
        tokens, self.tail = tokens_of(text)
        self.tree, _ = tree_of(tokens)
        # enum { FRAME_LIMIT = 1024 }: where it is used it is a number
        self.named_numbers = set(re.findall(r"^\t([A-Z_0-9]+) = (?:\d|0x)\w*,?(?:[ \t]*/\*.*)?$", text, re.MULTILINE))
        body = self.file(self.tree) + self.tail
        declared = "".join(f"static char mutation_text_{number}[] = {text};\n" for number, text, _ in self.texts)
        listed = "".join(
            f"__attribute__((constructor)) static void mutation_add_{number}(void)\n"
            f"{{\n\tmutation_text_add({number}, mutation_text_{number}, {in_table});\n}}\n"
            for number, _, in_table in self.texts
        )
        self.text = f'#include <tests/mutation/runtime.h>\n{declared}{listed}#line 1 "{path}"\n{body}'

    def add(self, token, code, *whats, is_report=False):
        """Numbers for some mutants of a place; the first of them."""
        number = self.first + len(self.mutants)
        for what in whats:
            mutant = Mutant(self.first + len(self.mutants), self.path, self.function, token.line, code, what)
            mutant.is_report = is_report
            self.mutants.append(mutant)
        return number

    # --- file scope ---

    def file(self, tree):
        out = ""
        for index, token in enumerate(tree):
            before = tree[index - 1] if index > 0 else None
            if is_group(token, "{") and before is not None and is_group(before, "("):
                start = max((i for i in range(index) if is_sign(tree[i], ";") or is_group(tree[i], "{")), default=-1) + 1
                words = [each.text for each in tree[start:index]]
                self.function = [each for each in tree[start:index] if each.kind == "word"][-1].text
                self.is_bool = "bool" in words
                out += token.space + "{" + self.block(token.inner) + token.closing.space + "}"
                self.function = "(file)"
            elif is_group(token, "{") and before is not None and is_sign(before, "="):
                out += token.space + "{" + self.table(token.inner) + token.closing.space + "}"
            else:
                out += plain([token])
        return out

    def table(self, tree):
        """Constants: only texts can be switched."""
        out = ""
        for index, token in enumerate(tree):
            around = tree[max(index - 1, 0) : index] + tree[index + 1 : index + 2]
            if token.kind == "text" and not any(each.kind == "text" for each in around):
                out += token.space + self.text_of(token)
            elif isinstance(token, Group):
                out += token.space + token.text + self.table(token.inner) + token.closing.space + token.closing.text
            else:
                out += plain([token])
        return out

    def text_of(self, token):
        if not self.is_looked_for(token):
            return token.text
        number = self.add(token, token.text, "matches nothing")
        self.texts.append((number, token.text, "true"))
        return f"mutation_text_{number}"

    @staticmethod
    def is_looked_for(token):
        """Not what is said to people."""
        return token.text != '""' and " " not in token.text and "%" not in token.text

    # --- statements ---

    def block(self, tree):
        out, at = "", 0
        while at < len(tree):
            text, at = self.statement(tree, at)
            out += text
        return out

    def statement(self, tree, at):
        token = tree[at]
        if is_group(token, "{"):
            return token.space + "{" + self.block(token.inner) + token.closing.space + "}", at + 1
        if token.kind == "word":
            if token.text in ("if", "while", "for", "switch"):
                return self.headed(tree, at)
            if token.text == "else":
                rest, end = self.statement(tree, at + 1)
                return token.space + "else" + rest, end
            if token.text in ("case", "default"):
                end = next(i for i in range(at, len(tree)) if is_sign(tree[i], ":")) + 1
                return plain(tree[at:end]), end
            if token.text == "do":
                body, end = self.statement(tree, at + 1)
                word, head = tree[end], tree[end + 1]
                return f"do{body}{word.space}while ({self.condition(head.inner)});", end + 3
            if token.text == "goto":
                raise ValueError(f"{self.path}:{token.line}: {token.text}")
            is_return = token.text == "return"  # of a compound literal
            if not is_return and at + 2 < len(tree) and is_group(tree[at + 1], "(") and is_group(tree[at + 2], "{"):  # LIST_EACH(...) { }
                body, end = self.statement(tree, at + 2)
                return plain(tree[at : at + 2]) + body, end
        end = next(i for i in range(at, len(tree)) if is_sign(tree[i], ";"))
        return self.simple(tree[at:end], tree[end]), end + 1

    def headed(self, tree, at):
        word, head = tree[at], tree[at + 1]
        out = word.space + word.text + head.space
        if word.text == "switch":
            out += "(" + self.switch(head, tree[at + 2]) + ")"
        elif word.text == "for":
            first, condition, step = split(head.inner, ";")[0]
            out += "(" + plain(first) + ";"
            out += (self.loop_condition(condition) if condition else "") + ";" + plain(step) + ")"
        else:
            out += "(" + self.condition(head.inner) + ")"
        body, end = self.statement(tree, at + 2)
        return out + body, end

    def switch(self, head, body):
        labels = []
        for index, token in enumerate(body.inner):
            if token.kind == "word" and token.text == "case":
                end = next(i for i in range(index, len(body.inner)) if is_sign(body.inner[i], ":"))
                labels.append((token, body.inner[index + 1 : end]))
        number = self.first + len(self.mutants)
        for token, label in labels:
            self.add(token, f"case {shown(label)}", "left out")
        values = ", ".join(shown(label) for _, label in labels)
        return f"mutation_case({number}, ({self.expression(head.inner)}), {len(labels)}, (const long long[]){{{values}}})"

    def is_declaration(self, tree):
        words = [each for each in tree if not is_sign(each, "*")]
        if len(words) < 2 or words[0].kind != "word" or words[0].text in ("return", "sizeof"):
            return False
        return words[1].kind == "word"

    def simple(self, tree, semicolon):
        """A declaration, an expression, return, break, continue; without its semicolon."""
        end = plain([semicolon]) if semicolon is not None else ""
        first = tree[0]
        if first.kind == "word" and first.text == "return":
            if len(tree) == 1:
                return first.space + self.left_out(tree, "return;")
            if self.is_bool:
                return first.space + "return " + self.truth(tree[1:]) + end
            return first.space + "return " + self.expression(tree[1:]) + end
        if first.text in ("enum", "struct") and is_group(tree[1], "{"):
            return plain(tree) + end
        if self.is_declaration(tree):
            return self.declaration(tree) + end
        if semicolon is None:
            return self.expression(tree)
        return first.space + self.left_out(tree, self.expression(tree) + ";")

    def left_out(self, tree, text):
        if RELEASES.match(shown(tree)):
            return text
        is_report = tree[0].text in REPORTS
        number = self.add(tree[0], shown(tree), "left out", is_report=is_report)
        return f"if (!mutation({number})) {{ {text} }}"

    def declaration(self, tree):
        is_static = tree[0].text == "static"
        is_bool = any(a.text == "bool" and b.kind == "word" for a, b in zip(tree[:2], tree[1:]))
        is_array = any(is_group(each, "[") for each in tree)
        out = ""
        parts, commas = split(tree, ",")
        for index, part in enumerate(parts):
            sides, equals = split(part, "=")
            out += plain([commas[index - 1]]) if index > 0 else ""
            out += plain(sides[0])
            if len(sides) == 1:
                continue
            out += plain(equals)
            if is_group(sides[1][0], "{"):
                inner = sides[1][0]
                inside = self.table(inner.inner) if is_static else self.expression(inner.inner)
                out += inner.space + "{" + inside + inner.closing.space + "}"
            elif is_static or (is_array and sides[1][0].kind == "text"):
                out += plain(sides[1])
            elif is_bool:
                out += self.truth(sides[1])
            else:
                out += self.expression(sides[1])
        return out

    # --- expressions ---

    def condition(self, tree):
        number = self.add(tree[0], shown(tree), "is always true", "is always false")
        return f"mutation_condition({number}, !!({self.expression(tree)}))"

    def loop_condition(self, tree):
        """A loop that never runs. One that never ends, or runs once too often, shows nothing."""
        if len(split(tree, "&&", "||")[1]) > 0:
            return self.condition(tree)
        number = self.add(tree[0], shown(tree), "never runs")
        return f"(({plain(tree)}) && !mutation({number}))"

    def truth(self, tree):
        """What is true or false and is not asked at once."""
        if len(tree) == 1 and tree[0].text in ("true", "false"):
            number = self.add(tree[0], tree[0].text, "is turned round")
            return f"({shown(tree)} != mutation({number}))"
        return self.condition(tree)

    def expression(self, tree):
        if not tree:
            return ""
        for signs in ((",",), ("=", "+=", "-=", "|=", "&=")):
            parts, between = split(tree, *signs)
            if between:
                out = self.expression(parts[0])
                for sign, part in zip(between, parts[1:]):
                    out += plain([sign]) + self.expression(part)
                return out
        if any(is_sign(each, "?") for each in tree):
            at = next(i for i, each in enumerate(tree) if is_sign(each, "?"))
            depth, end = 0, at
            for end in range(at, len(tree)):
                depth += 1 if is_sign(tree[end], "?") else -1 if is_sign(tree[end], ":") else 0
                if depth == 0:
                    break
            return f"{self.condition(tree[:at])} ? {self.expression(tree[at + 1 : end])} : {self.expression(tree[end + 1 :])}"
        for sign in ("||", "&&"):
            parts, between = split(tree, sign)
            if between:
                return f" {sign} ".join(self.condition(part) for part in parts)
        parts, between = split(tree, *LOOSER)
        if len(between) == 1:
            sign = between[0].text
            number = self.add(tree[0], shown(tree), f"with {LOOSER[sign]}")
            left, right = self.expression(parts[0]), self.expression(parts[1])
            return f"{tree[0].space}(mutation({number}) ? ({left} {LOOSER[sign]} {right}) : ({left} {sign} {right}))"
        return self.operands(tree)


    def operands(self, tree):
        out = ""
        for index, token in enumerate(tree):
            before = tree[index - 1] if index > 0 else None
            if isinstance(token, Group):
                is_message = before is not None and before.text in MESSAGES
                is_plain = is_message or (before is not None and before.text in ("sizeof", "offsetof"))
                only = token.inner[0] if len(token.inner) == 1 else None
                if token.text == "[" and only is not None and only.kind == "number":
                    is_plain = True
                out += token.space + token.text
                out += self.message(token.inner) if is_message and not token.text == "[" else plain(token.inner) if is_plain else self.expression(token.inner)
                out += token.closing.space + token.closing.text
            elif token.kind == "word" and token.text in self.named_numbers:
                out += token.space + self.number(token)
            elif token.kind == "text" and self.is_looked_for(token) and not any(each.kind == "text" for each in tree if each is not token):
                number = self.add(token, token.text, "matches nothing")
                self.texts.append((number, token.text, "false"))
                out += f"{token.space}(mutation({number}), mutation_text_{number})"
            else:
                out += plain([token])
        return out

    def message(self, tree):
        """What is said is not looked at; who is asked for it is."""
        return plain(tree)

    def number(self, token):
        whats = ("one more",) if token.text == "0" else ("one more", "one less")
        number = self.add(token, token.text, *whats)
        return f"({token.text} + mutation_offset({number}, {len(whats)}))"


def sources_of(paths, root):
    """All sources of a program with their mutants numbered through, from 1."""
    sources, first = [], 1
    for path in paths:
        source = Source(path, (root / path).read_text(), first)
        first += len(source.mutants)
        sources.append(source)
    for source in sources:
        seen = {}
        for mutant in source.mutants:
            key = (mutant.function, mutant.code, mutant.what)
            seen[key] = seen.get(key, 0) + 1
            again = f" ({seen[key]})" if seen[key] > 1 else ""
            mutant.place = f"{mutant.path}: {mutant.function}: `{mutant.code}` {mutant.what}{again}"
    return sources
