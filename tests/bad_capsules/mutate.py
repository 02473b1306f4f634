"""Breaks rules in the real capsules, at random places, and tells which breaches pass the checker.

    /usr/bin/python3 tests/bad_capsules/mutate.py --count 3000 --seed 1 --board lm3s6965evb

Every operator below breaks a rule wherever it applies, so a mutant that passes is a hole in the
checker or a mistake in the operator: look at each. A mutant is shown as its operator, file and
line. Nothing found is weak evidence; the samples beside this file are the strong one.
"""

import argparse
import pathlib
import random
import re
import sys
import tempfile

OPERATORS = []


def operator(pattern, flags=re.MULTILINE):
    """A function from a match to its replacement (None: not here), tried at random matches."""
    def register(function):
        OPERATORS.append((function.__name__, re.compile(pattern, flags), function))
        return function
    return register


BODY = r"^(?P<head>(?:static )?(?P<type>[a-z][^\n;={}()]*?[ *])(?P<name>\w+)\((?P<parameters>[^;{}]*)\)\n\{\n)"


def body(function):
    """An operator that puts a line at the beginning of a function."""
    def replace(match):
        line = function(match)
        return None if line is None else match["head"] + "\t" + line + "\n"
    replace.__name__ = function.__name__
    return operator(BODY)(replace)


def has_self(match):
    return re.search(r"struct \w+ \*self\b", match["parameters"])


# --- at places of their own ---

@operator(r"^\t+(?:struct \w+ \*?|u?int\w+_t |bool |enum \w+ )\w+( = [^;{]*;)")
def uninitialised(match):
    return match[0][: -len(match[1])] + ";"


@operator(r"^(\t+)((?:u?int\w+_t|bool) \w+ = [^;{]*;)")
def static_local(match):
    return match[1] + "static " + match[2]


@operator(r"^static const ")
def mutable_state(match):
    return "static "


@operator(r"ELEMENT\(([\w>.-]+), ")
def unchecked_element(match):
    return f"&({match[1]}[0]) + ("


@operator(r"ELEMENT\(([\w>.-]+), ([\w>.-]+)\)")
def plain_element(match):
    return f"&{match[1]}[{match[2]}]"


@operator(r"PRESENT\((.*?\])\)")
def not_present(match):
    return f"({match[1]})"


@operator(r"buffer_take\(&([\w>.-]+)\)")
def copied_place(match):
    return match[1]


@operator(r"buffer_take\((\w+)\)")
def copied_target(match):
    return "*" + match[1]


@operator(r"^(\t+)[\w>.-]+ = (buffer_take\([^;]*\);)")
def dropped_buffer(match):
    return match[1] + match[2]


@operator(r"SPAN_OF_TEXT\((\"[^\"]*\")\)")
def bare_string(match):
    return f"({match[1]})"


@operator(r"(for \(uint32_t (\w+) = [^;]*; \2) < ")
def wrong_comparison(match):
    return match[1] + " != "


@operator(r"(for \(uint32_t \w+ = [^;]*; [^;]*; )\w+(?:\+\+|--)\)")
def no_step(match):
    return match[1] + ")"


@operator(r"for \(uint32_t (\w+ = )")
def signed_counter(match):
    return "for (int32_t " + match[1]


@operator(r"for \(uint32_t (\w+) = ([^;]*); [^;]*; ")
def no_condition(match):
    return f"for (uint32_t {match[1]} = {match[2]}; ; "


@operator(r"(for \(uint32_t (\w+) = [^{]*\{\n)")
def counter_reset(match):
    return match[1] + f"\t\t{match[2]} = 0;\n"


@operator(r"for \(uint32_t (\w+) = [^;]*; ([^;]*); \1\+\+\) \{")
def while_loop(match):
    return f"uint32_t {match[1]} = 0;\n\twhile ({match[2]}) {{"


@operator(r"FOR_EACH \((struct \w+), (\w+), ([\w>.-]+)\)")
def endless_each(match):
    return f"for ({match[1]} *{match[2]} = {match[3]}[0]; {match[2]} != NULL; {match[2]} = {match[3]}[0])"


@operator(r"FOR_EACH \((struct \w+), (\w+), ([\w>.-]+)\) \{")
def each_without_test(match):
    return (f"for (uint32_t i = 0; i < ARRAY_LENGTH({match[3]}); i++) {{\n"
            f"\t\t{match[1]} *{match[2]} = {match[3]}[i];\n")


@operator(r"\bself->")
def arithmetic(match):
    return "(self + 1)->"


@operator(r"\bself->")
def element_behind(match):
    return "self[1]."


@operator(r"\(self->(alarm|uart|hardware|writer|inspect|control)\b")
def null_argument(match):
    return "(NULL"


@operator(r"\((?:self|mux)\b(?=[,)])")
def cast_argument(match):
    return match[0].replace("(", "((void *)", 1)


@operator(r"^(\t+)([\w>.-]+) = ([^;{]*;)")
def assignment_as_value(match):
    return f"{match[1]}(void)({match[2]} = {match[3][:-1]});"


@operator(r"^(\t+)([\w>.-]+)(\+\+|--);")
def step_as_value(match):
    return f"{match[1]}if ({match[2]}{match[3]}) {{\n{match[1]}}}"


@operator(r"_bind\(&self->(\w+), &")
def bound_through_variable(match):
    return f"_bind(&(self + 0)->{match[1]}, &"


@operator(r", (&\w+_operations)")
def no_table(match):
    return ", NULL"


@operator(r"([\w>.-]+)\[([\w>.+ -]+)\](?= = )")
def swapped_index(match):
    return f"({match[2]})[{match[1]}]"


@operator(r"\(&(?:self|mux|port)->(\w+)")
def address_as_number(match):
    return match[0].replace("(", "((uint32_t)", 1)


@operator(r"^((?:\w+_IMPLEMENT|GRANT_DEFINE)\([^;]*)\);")
def injected_text(match):
    return match[1] + "}, mutant[1] = {0);"


@operator(r"^(static )((?:void|bool|uint32_t) (?!\w*(?:alarm_|console_|led_|text_|mux_|word_))\w+\()")
def exported(match):
    return match[2]


# --- at the beginning of a function ---

@body
def endless(match):
    return "for (;;) {\n\t}"


@body
def hang(match):
    return "while (true) {\n\t}"


@body
def jump(match):
    return "again:\n\tgoto again;"


@body
def assembly(match):
    return 'asm volatile("nop");'


@body
def address_of_register(match):
    return "*(uint32_t *)0x40000000 = 0;"


@body
def string_as_pointer(match):
    return 'const char *mutant = "x";'


@body
def large_frame(match):
    return "uint8_t mutant[100000] = {0};"


@body
def variable_array(match):
    return "uint8_t mutant[process_slots()];"


@body
def forged_process(match):
    return "struct process_id mutant = {1};"


@body
def forged_buffer(match):
    return "struct buffer mutant = {(uint8_t *)NULL, 100};"


@body
def kernel_symbol(match):
    return "extern uint32_t kernel;"


@body
def null_dereference(match):
    return "struct process_description *mutant = NULL;\n\tmutant->restarts = 0;"


@body
def out_of_text(match):
    return '(void)(SPAN_OF_TEXT("x").private_bytes);'


@body
def many_steps(match):
    return ("for (uint32_t m = 0; m < 60000; m++) {\n\t\tfor (uint32_t n = 0; n < 60000; n++) {\n"
            "\t\t}\n\t}")


@body
def copy_of_self(match):
    return "*self = *self;" if has_self(match) and "const" not in match["parameters"] else None


@body
def self_on_the_stack(match):
    found = has_self(match)
    if found and "map_section" in found[0]:
        return None  # a plain struct, which may be copied
    return found and found[0].replace(" *self", " mutant = *self;\n\t(void)mutant;")


@body
def recursion(match):
    names = re.findall(r"(\w+)(?: KEEP| NULLABLE)?(?:,|$)", match["parameters"])
    if "struct buffer " in match["parameters"]:
        return None
    names = [] if names == ["void"] else names
    return f"(void){match['name']}({', '.join(names)});" if "void " not in match["type"] \
        else f"{match['name']}({', '.join(names)});"


@body
def lost_buffer(match):
    return "return;" if "struct buffer buffer" in match["parameters"] and \
        match["type"].strip() == "void" else None


@body
def second_owner(match):
    return "struct buffer mutant = buffer;\n\tbuffer_drop(&mutant);" \
        if "struct buffer buffer" in match["parameters"] else None


@body
def macro(match):
    return "\n#define mutant 1"


@body
def hidden_name(match):
    return "uint32_t minimum = 0;\n\t(void)minimum;"


@body
def function_as_value(match):
    return f"if ({match['name']} != NULL) {{\n\t}}"


def without_comments(text):
    return re.sub(r"/\*.*?\*/", lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.DOTALL)


def mutate(text, chance):
    """A mutant of the text and what was done, or None when the operator finds no place."""
    name, pattern, function = chance.choice(OPERATORS)
    places = list(pattern.finditer(text))
    if not places:
        return None
    place = chance.choice(places)
    replacement = function(place)
    if not replacement or replacement == place[0]:
        return None
    line = text.count("\n", 0, place.start()) + 1
    return text[: place.start()] + replacement + text[place.end():], f"{name} at line {line}"


def run(check, root, sources, seed, count):
    """Tries `count` mutants; the descriptions of those that pass."""
    chance = random.Random(seed)
    passed, tried = [], 0
    with tempfile.TemporaryDirectory() as folder:
        while tried < count:
            source = pathlib.Path(root) / chance.choice(sources)
            mutant = mutate(without_comments(source.read_text()), chance)
            if mutant is None:
                continue
            path = pathlib.Path(folder) / source.name
            path.write_text(mutant[0])
            done = check(path, "capsule")
            tried += 1
            if done.returncode == 0:
                passed.append(f"{source.name}: {mutant[1]}")
            elif done.returncode not in (1, 2):
                passed.append(f"{source.name}: {mutant[1]}: the checker fell over: {done.stderr}")
    return passed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--board", default="lm3s6965evb")
    options = parser.parse_args()

    import test_capcheck  # pylint: disable=import-outside-toplevel

    board = test_capcheck.Board(options.board)
    sources = [path for path in test_capcheck.checked_sources(board)
               if path.startswith("capsules/")]
    passed = run(board.check, test_capcheck.ROOT, sources, options.seed, options.count)
    print("\n".join(passed))
    print(f"{options.count} mutants with {len(OPERATORS)} operators, {len(passed)} passed")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())
