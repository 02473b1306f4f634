"""tools/check_trusted_headers.py: each rule has headers that it refuses, and headers that look alike and pass."""

import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "check_trusted_headers.py"

REFUSED = [
    # H1
    ("#define TWICE(number) (number * 2)\n", "H1: TWICE: `number` stands without parentheses of its own"),
    ("#define SUM(a, b) ((a) + b)\n", "H1: SUM: `b` .*"),
    ("#define CALL(a) f(1, a)\n", "H1: CALL: `a` .*"),
    ("#define BLOCK(x) \\\n\tdo { \\\n\t\tg(&x); \\\n\t} while (0)\n", "H1: BLOCK: `x` .*"),
    # H2
    ("#define MAXIMUM(a, b) ((a) > (b) ? (a) : (b))\n", "H2: MAXIMUM: `a` is evaluated 2 times", "H2: MAXIMUM: `b` .*"),
    # H3
    ("#define PICK(a) ({ int value = (a); value; })\n", "H3: PICK: `a` can see the variable `value`; call it private_value"),
    ("#define EACH(limit) for (uint32_t i = 0; i < (limit); i++)\n", "H3: EACH: `limit` can see the variable `i`; .*"),
    ("#define ALWAYS(type) for (uint32_t once = 1; once; once = 0)\n", "H3: ALWAYS: the block behind it can see .*"),
    ("#define HOLD(name) for (struct name##_held *held = name##_take(); held; held = NULL)\n", "H3: HOLD: .* `held`; .*"),
    (
        "#define DEFINE(name, ...) \\\n\tstatic inline void name##_init(void) \\\n\t{ \\\n"
        "\t\tstatic const struct layout layout = {__VA_ARGS__}; \\\n\t}\n",
        "H3: DEFINE: `__VA_ARGS__` can see the variable `layout`; .*",
    ),
    # H4
    ("struct view {\n\tuint8_t *private_bytes;\n};\n", r"H4: struct view: nobody owns what `uint8_t \*private_bytes` points to: .*"),
    ("struct port {\n\tstruct client *client; /* NULL: none */\n} PINNED;\n", r"H4: struct port: `struct client \*client` may be NULL by .*"),
    ("struct port {\n\tint a;\n\tstruct client *client;\n\t/* NULL until there\n\t * is one */\n} PINNED;\n", "H4: .* NULLABLE"),
    # H5
    ("#ifdef __clang__\n#endif\n", "H5: `#ifdef __clang__`: no other directives than .*", "H5: `#endif`: .*"),
    ("#pragma GCC diagnostic ignored \"-Wall\"\n", "H5: `#pragma .*"),
    ("int f(void)\n{\n\treturn 1;\n}\n", r"H5: f\(\) is not static inline"),
    ("static int f(int (*g)(void))\n{\n\treturn g();\n}\n", r"H5: f\(\) is not static inline"),
    ("extern int count;\n", "H5: `extern int count` is a variable"),
    ("static int count;\n", "H5: `static int count` is a variable"),
    # H6
    ("#define FIRST(type, x) ((type *)(x))\n", r"H6: FIRST: `\(type \*\)\(` leaves the language; .*"),
    ("static inline int *f(void *p)\n{\n\treturn (int *)p;\n}\n", r"H6: f: `\(int \*\)p` leaves the language; .*"),
    ("static inline uint32_t f(char *p)\n{\n\treturn (uintptr_t)p;\n}\n", r"H6: f: `\(uintptr_t\)` leaves .*"),
    ("static inline void f(void)\n{\n\t__asm__ volatile(\"nop\");\n}\n", "H6: f: `__asm__` leaves .*"),
    ("static inline int f(int a)\n{\n\treturn __builtin_frame_address(a) != 0;\n}\n", "H6: f: `__builtin_frame_address` .*"),
    # H7
    ("static inline int f(struct s *self, int i)\n{\n\treturn self->bytes[i];\n}\n", r"H7: f\(\) indexes `self->bytes` with `i`, .*"),
]  # fmt: skip

ACCEPTED = [
    "#define TWICE(number) ((number) * 2)\n",
    "#define TEXT(word) #word\n",
    "#define GLUE(name) struct name##_view { int a; }; static inline void name##_f(struct name *self) {}\n",
    "#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))\n",
    "#define SAME(a) ({ __typeof__(a) private_a = (a); private_a; })\n",
    "#define EACH(type, variable, array) for (uint32_t private_i = 0; private_i < 3; private_i++) "
    "for (type *variable = (array)[private_i]; variable; variable = NULL)\n",
    "#define READ(name) \\\n\tstatic inline int name##_read(struct name *self) \\\n\t{ \\\n\t\tint view = self->a; \\\n\t\treturn view; \\\n\t}\n",
    "struct port {\n\tstruct client *client NULLABLE; /* NULL: none */\n} PINNED;\n",
    "struct pins {\n\tstruct pin *const *pins KEEP;\n};\n",
    "struct numbers {\n\tuint32_t a; /* 2 * b */\n\tvoid (*f)(int *);\n};\n",
    "struct f_operations {\n\tvoid (*f)(struct f *self);\n};\nint f(void);\n",
    "static inline int f(struct s *self, int i)\n{\n\tif (i >= self->length) {\n\t\t__builtin_trap();\n\t}\n\treturn self->bytes[i];\n}\n",
    "static inline int f(struct s *self)\n{\n\treturn self->values[0] * 2;\n}\n",
    "static const struct layout table = {1, 2};\nenum {\n\tA = 1\n};\n_Static_assert(A == 1, \"{\");\n",
    "/* #ifdef in a comment, and (int *)p; static int count; */\n",
]  # fmt: skip


def run(folder, text):
    header = folder / "sample.h"
    header.write_text("#pragma once\n\n" + text)
    return subprocess.run([sys.executable, TOOL, header], text=True, capture_output=True)


@pytest.mark.parametrize("sample", REFUSED, ids=lambda sample: sample[1][:40])
def test_refused(sample, tmp_path):
    text, *patterns = sample
    done = run(tmp_path, text)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == len(patterns), done.stderr
    for line, pattern in zip(lines, patterns, strict=True):
        assert re.fullmatch(rf"{re.escape(str(tmp_path))}/sample\.h:\d+: (?:{pattern})", line), line


def test_every_rule_has_a_refused_sample():
    text = TOOL.read_text()
    rules = set(re.findall(r"^    (H\d+)  ", text, re.M))
    assert rules == {pattern[:2] for _, *patterns in REFUSED for pattern in patterns} and len(rules) == 7


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(text, tmp_path):
    done = run(tmp_path, text)
    assert (done.returncode, done.stderr) == (0, "")


def test_reasons_are_of_what_is_there():
    """A place that left the language and is gone is not on the list."""
    sys.path.insert(0, str(ROOT / "tools"))
    import check_trusted_headers

    headers = [*(ROOT / "kernel/include/kernel").glob("*.h"), *(ROOT / "hil/include/hil").glob("*.h")]
    words = set(re.findall(r"\w+", " ".join(header.read_text() for header in headers)))
    assert set(check_trusted_headers.UNSAFE) <= words
    assert set(check_trusted_headers.NAMES) - {"*"} <= words
