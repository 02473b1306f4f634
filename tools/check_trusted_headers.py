#!/usr/bin/python3
"""usage: check_trusted_headers.py HEADER...

Refuses, in the public headers that are compiled into capsules and chip drivers, what makes a macro or a
type mean something else than it looks like:

    H1  A macro's parameter stands in parentheses of its own, or behind #. Parameters that are no
        expressions (NAMES below) are names, types and designators, which capcheck holds arguments to.
    H2  It is evaluated once at most; sizeof and __typeof__ do not evaluate.
    H3  A variable that a macro declares is `private_`, where an argument or the user's block could see it.
    H4  A pointer in a struct has an owner: the struct is PINNED, OWNED or BORROWED, or the field is KEEP. One
        whose comment says NULL is NULLABLE.
    H5  No directives but #include, #define and #pragma once; no variables; functions are static inline.
    H6  Casts that make pointers or numbers of pointers, assembly and the compiler's own functions stand
        where UNSAFE below lists them, and nowhere else.
    H7  A function that indexes memory with what is not a constant compares the index with something.

The reasons are in docs/capsule-safety.md, "What is trusted".
"""

import pathlib
import re
import sys

# Parameters that are no expressions, by macro ("*": in all).
NAMES = {
    "*": {"name", "type", "member", "variable", "interface", "tag", "literal"},
    "AT_OFFSET": {"offset"},
    "BOUNDED": {"number"},
    "PRIVATE_REGISTER": {"value", "access"},
    "PRIVATE_REGISTER_READ": {"value"},
    "PRIVATE_REGISTER_WRITE": {"value", "verb"},
    "PRIVATE_REGISTER_CHANGE": {"value", "verb", "operation"},
    "REGISTER_DMA_CONTROL": {"value"},
    "DMA_CHANNEL": {"family", "channel", "address", "length", "control", "start", "status", "busy"},
}
# They only hand their parameters on to PRIVATE_REGISTER_*.
for register in ("READ_ONLY", "WRITE_ONLY", "READ_WRITE", "BITS", "WRITE_1_TO_CLEAR", "READ_WRITE_1_TO_CLEAR"):
    NAMES[f"REGISTER_{register}"] = {"value", "reset"}
NAMES["REGISTER_DMA_CONTROL"] |= {"reset"}

# Parameters that name an array or a field: to evaluate these twice changes nothing. capcheck: C8.
PLACES = {"array"}

# Where the language is left, and what for.
UNSAFE = {
    "BINDING_OWNER": "from an interface to the object around it",
    "BINDING_CHECK": "the type of a member; not evaluated",
    "SPAN_OF_TEXT": "the characters of a string constant as bytes",
    "PRIVATE_REGISTER_WORD": "a type as wide as another; not evaluated",
    "private_dma_address": "the address of a buffer for hardware",
}
HARMLESS_BUILTINS = {"__builtin_trap", "__builtin_types_compatible_p"}

# Not for capsules and chip drivers: they may not include these.
NOT_FOR_CHECKED = ("board.h", "entry.h")

UNEVALUATED = {"sizeof", "__typeof__", "_Static_assert", "offsetof", "ARRAY_LENGTH"}
WORDS = {"PINNED", "OWNED", "BORROWED"}
KEYWORDS = {"return", "else", "sizeof", "case", "goto", "typedef", "struct", "union", "enum"}

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[A-Za-z_]\w*|\d\w*|##|->|\.\.\.|[-+*/%&|^<>=!]=|<<|>>|&&|\|\||\+\+|--|\S')
IDENTIFIER = re.compile(r"[A-Za-z_]\w*$")


def is_identifier(token):
    return IDENTIFIER.match(token) is not None


class Macro:
    def __init__(self, line, name, parameters, body):
        self.line, self.name, self.text = line, name, " ".join(body.split())
        self.tokens = TOKEN.findall(body)
        self.parameters = [each.strip() for each in (parameters or "").split(",") if each.strip()]
        names = NAMES["*"] | NAMES.get(name, set())
        self.expressions = {each for each in self.parameters if each not in names and each != "..."}


def blank(match):
    return re.sub(r"[^\n]", " ", match[0])


def read_macros(text):
    """All macros with their lines, and the text without directives."""
    macros, others = [], []

    def take(match):
        line = text.count("\n", 0, match.start()) + 1
        define = re.match(r"#define\s+(\w+)(?:\(([^)]*)\))?(.*)", match[0], re.S)
        if define:
            macros.append(Macro(line, define[1], define[2], define[3].replace("\\\n", "\n")))
        else:
            others.append((line, match[0].strip()))
        return blank(match)

    rest = re.sub(r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", take, text, flags=re.M)
    return macros, others, rest


def closing(tokens, start):
    """The place of the bracket that closes the one at `start`."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += tokens[place] in "([{"
        depth -= tokens[place] in ")]}"
        if depth == 0:
            return place
    return len(tokens)


# --- H1, H2 ---


def check_parentheses(macro):
    for place, token in enumerate(macro.tokens):
        before = macro.tokens[place - 1] if place > 0 else ""
        after = macro.tokens[place + 1] if place + 1 < len(macro.tokens) else ""
        if token in macro.expressions and not (before == "(" and after == ")") and before != "#":
            yield f"H1: {macro.name}: `{token}` stands without parentheses of its own"


def check_evaluated_once(macro):
    counts = dict.fromkeys(macro.expressions - PLACES, 0)
    place = 0
    while place < len(macro.tokens):
        token = macro.tokens[place]
        if token in UNEVALUATED and macro.tokens[place + 1 : place + 2] == ["("]:
            place = closing(macro.tokens, place + 1)
        elif token in counts and macro.tokens[place - 1] != "#":
            counts[token] += 1
        place += 1
    for name, count in sorted(counts.items()):
        if count > 1:
            yield f"H2: {macro.name}: `{name}` is evaluated {count} times"


# --- H3 ---


def brace_kind(tokens, place):
    """What a brace opens: fields and initialisers declare no variables."""
    before = tokens[place - 1] if place > 0 else ""
    if before in ("=", ",") or (before == ")" and tokens[place - 2 : place - 1] == ["*"]):
        return "values"
    back = place - 1
    while back >= 0 and (is_identifier(tokens[back]) or tokens[back] == "##") and tokens[back] not in ("struct", "union", "enum"):
        back -= 1
    if back >= 0 and tokens[back] in ("struct", "union", "enum"):
        return "values" if before != ")" else "code"
    return "code"


def declared(tokens, place):
    """Whether the identifier here is a variable that is being declared."""
    before = tokens[place - 1] if place > 0 else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if not is_identifier(tokens[place]) or tokens[place] in KEYWORDS:
        return False
    is_after_type = before == "*" or before == ")" or (is_identifier(before) and before not in KEYWORDS)
    return is_after_type and after in ("=", ";", "[", "__attribute__") and tokens[place - 2 : place - 1] != ["."]


def check_private(macro):
    kinds = []
    visible = macro.expressions | {"__VA_ARGS__"}
    is_open = macro.tokens[:1] == ["for"]  # a block of the user's follows
    for place, token in enumerate(macro.tokens):
        if token == "{":
            kinds.append((brace_kind(macro.tokens, place), place))
        elif token == "}" and kinds:
            kinds.pop()
        elif declared(macro.tokens, place) and token not in macro.parameters and not token.startswith("private_"):
            kind, start = kinds[-1] if kinds else ("code", None)
            end = closing(macro.tokens, start) if start is not None else len(macro.tokens)
            seen = visible & set(macro.tokens[place + 1 : end])
            if kind == "code" and (seen or (start is None and is_open)):
                what = f"`{sorted(seen)[0]}`" if seen else "the block behind it"
                yield f"H3: {macro.name}: {what} can see the variable `{token}`; call it private_{token}"


# --- H4 ---


def structs(raw):
    """(line, name, fields as (declaration, comment), words behind it) of each struct."""
    plain = COMMENT.sub(blank, raw)
    for match in re.finditer(r"\bstruct (?:PINNED )?(\w+) \{", plain):
        depth, end = 1, match.end()
        while depth > 0:
            depth += {"{": 1, "}": -1}.get(plain[end], 0)
            end += 1
        words = set(re.findall(r"\w+", plain[end : plain.index(";", end)]))
        ends = [match.end(), *(match.end() + each.end() for each in re.finditer(";", plain[match.end() : end]))]
        fields = []
        for start, stop, following in zip(ends, ends[1:], [*ends[2:], end], strict=False):
            # Its comment is what follows before the next field's first word.
            comment = raw[stop : stop + len(plain[stop:following]) - len(plain[stop:following].lstrip())]
            fields.append((" ".join(plain[start : stop - 1].split()), comment))
        yield raw.count("\n", 0, match.start()) + 1, match[1], fields, words


def check_structs(raw):
    for line, name, fields, words in structs(raw):
        pointers = [each for each in fields if "*" in each[0] and "(*" not in each[0]]
        for declaration, comment in pointers:
            if not words & WORDS and "KEEP" not in declaration:
                yield line, f"H4: struct {name}: nobody owns what `{declaration}` points to: PINNED, OWNED, BORROWED or KEEP"
            if "NULL" in comment and "NULLABLE" not in declaration:
                yield line, f"H4: struct {name}: `{declaration}` may be NULL by its comment and is not NULLABLE"


# --- H5, H6, H7 ---


def check_directives(others):
    for line, directive in others:
        if not re.match(r"#include |#pragma once$", directive):
            yield line, f"H5: `{directive.splitlines()[0]}`: no other directives than #include, #define, #pragma once"


def definitions(text):
    """(line, head, body) of what stands at file level; body is "" for what has none."""
    depth, start, head_end = 0, 0, None
    for place, letter in enumerate(text):
        if letter == "{":
            if depth == 0:
                head_end = place
            depth += 1
        depth -= letter == "}"
        is_function = head_end is not None and text[start:head_end].rstrip().endswith(")")
        if depth == 0 and (letter == ";" or (letter == "}" and is_function)):
            head = text[start:head_end] if head_end is not None else text[start:place]
            body = text[head_end:place] if head_end is not None else ""
            lead = len(head) - len(head.lstrip())
            yield text.count("\n", 0, start + lead) + 1, " ".join(head.split()), body
            start, head_end = place + 1, None


def function_name(head):
    match = re.search(r"(\w+)\s*\([^()]*(?:\([^()]*\)[^()]*)*\)$", head)
    return match[1] if match else ""


def check_definition(head, body):
    if body and head.endswith(")"):
        if "static inline" not in head and "BINDING_INLINE" not in head:
            yield f"H5: {function_name(head)}() is not static inline"
    elif re.match(r"extern\b", head) or (re.match(r"static\b", head) and not re.match(r"static (inline|const)\b", head)):
        yield f"H5: `{head}` is a variable"


CAST = re.compile(r"\((?:const |volatile |struct |union )*\w+ ?\*+\)\s*[\w(&\"]|\(u?intptr_t\)|\bchar ?\(\*\)")
FOREIGN = re.compile(r"\b(__asm__|asm|__builtin_\w+|_Generic)\b")


def check_unsafe(name, text):
    if name in UNSAFE:
        return
    for match in [*CAST.finditer(text), *FOREIGN.finditer(text)]:
        if match[0] not in HARMLESS_BUILTINS:
            yield f"H6: {name}: `{match[0].strip()}` leaves the language; list it in UNSAFE, with a reason, or do without"


def check_index(head, body):
    for base, index in re.findall(r"(\w+(?:(?:->|\.)\w+)+)\[([^\]]+)\]", body):
        word = re.escape(index.strip())
        if index.isdigit():
            continue
        if not re.search(rf"{word}\s*(<|>=|<=|>)|(<|>=|<=|>)\s*{word}\b", body):
            yield f"H7: {function_name(head)}() indexes `{base}` with `{index}`, which it compares with nothing"


# --- All ---


def check(path):
    raw = path.read_text()
    macros, others, rest = read_macros(COMMENT.sub(blank, raw))
    findings = list(check_directives(others))
    for macro in macros:
        for rule in (check_parentheses, check_evaluated_once, check_private):
            findings += [(macro.line, text) for text in rule(macro)]
        findings += [(macro.line, text) for text in check_unsafe(macro.name, macro.text)]
    for line, head, body in definitions(rest):
        findings += [(line, text) for text in check_definition(head, body)]
        if head.endswith(")"):
            findings += [(line, text) for text in check_unsafe(function_name(head), body)]
            findings += [(line, text) for text in check_index(head, body)]
    if path.name not in NOT_FOR_CHECKED:
        findings += check_structs(raw)
    else:
        findings = [each for each in findings if "H5" not in each[1] or "variable" not in each[1]]
    return [f"{path}:{line}: {text}" for line, text in sorted(set(findings))]


def main(paths):
    if not paths:
        sys.exit(__doc__.splitlines()[0])
    findings = [finding for path in paths for finding in check(pathlib.Path(path))]
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        sys.exit(1)
    print(f"check-trusted-headers: {len(paths)} public headers")


if __name__ == "__main__":
    main(sys.argv[1:])
