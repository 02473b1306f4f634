"""Would the tests notice a check that disappears? Every refusal of the checkers is left out once, and
some of their other mutants, the same ones each time, are tried; `make mutation` tries all."""

import re
import subprocess
import types

import pytest

import checkers
import mutants
import mutation

# How many besides the refusals: none as long as not all survivors have been looked at. What survivors.txt
# lists is not tried here, only looked for.
SAMPLES = {"capcheck": 0, "object_check": 0, "call_graph": 0}

SMALL = """
#include <stdio.h>
#include <string.h>
enum {
	LIMIT = 3,
};
static const char *const words[] = {"one", "two"};
static int refuse(const char *text)
{
	puts(text);
	return 0;
}
static bool is_word(const char *word)
{
	for (unsigned i = 0; i < 2; i++) {
		if (strcmp(words[i], word) == 0) {
			return true;
		}
	}
	return false;
}
static int kind(int number)
{
	switch (number) {
	case 7:
		return 1;
	default:
		return 2;
	}
}
int main(int count, char **arguments)
{
	if (count < LIMIT && is_word("two")) {
		refuse("no");
	}
	printf("%d\\n", kind(7));
	return 0;
}
"""

# What each mutant makes of the output, which is "no\n1\n".
SAID = {
    "is_word: `true` is turned round": "1\n",
    "is_word: `strcmp(words[i], word) == 0` is always false": "1\n",
    'is_word: `i < 2` never runs': "1\n",
    '(file): `"two"` matches nothing': "1\n",
    "kind: `case 7` left out": "no\n2\n",
    "main: `count < LIMIT` is always false": "1\n",
    'main: `refuse("no")` left out': "1\n",
    "main: `LIMIT` one less": "no\n1\n",
    'main: `printf("%d\\n", kind(7))` left out': "no\n",
    "refuse: `puts(text)` left out": "1\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    source = mutants.Source("small.c", SMALL, 1)
    (folder / "small.c").write_text(source.text)
    command = [*checkers.COMPILE, "-DWITH_SPLIT=0", folder / "small.c", checkers.HERE / "runtime.c", "-Wl,--wrap=strcmp,--wrap=strncmp"]
    subprocess.run([*command, "-include", "stdbool.h", "-o", folder / "small"], cwd=checkers.ROOT, check=True)

    def run(number, **environment):
        return subprocess.run([folder / "small"], env={"MUTATION_ON": str(number), **environment}, capture_output=True, text=True).stdout

    return source, run, folder


def test_mutants_do_what_they_say(small):
    source, run, _ = small
    assert run(0) == "no\n1\n"
    found = {f"{mutant.function}: `{mutant.code}` {mutant.what}": run(mutant.number) for mutant in source.mutants}
    assert {name: found[name] for name in SAID} == SAID
    assert [mutant.code for mutant in source.mutants if mutant.is_report] == ['refuse("no")']


def test_what_is_reached_is_told(small):
    source, run, folder = small
    run(0, MUTATION_REACH=str(folder / "reach"))
    reach = (folder / "reach").read_bytes()
    reached = {f"{mutant.function}: `{mutant.code}` {mutant.what}" for mutant in source.mutants if reach[mutant.number] == 1}
    assert "kind: `case 7` left out" in reached
    assert "main: `count < LIMIT` is always false" in reached
    assert "main: `count < LIMIT` is always true" not in reached
    assert "is_word: `false` is turned round" not in reached


def test_what_is_not_understood_is_refused():
    with pytest.raises(ValueError):
        mutants.Source("x.c", "static void f(void)\n{\n\tgoto out;\n}\n", 1)


def fake(alive):
    source = mutants.Source("tools/fake/x.c", "static void f(int x)\n{\n\tif (x) {\n\t\trefuse(x);\n\t}\n}\n", 1)
    for mutant in source.mutants:
        mutant.place = f"{mutant.path}: {mutant.function}: `{mutant.code}` {mutant.what}"
    checker = types.SimpleNamespace(name="fake", mutants={mutant.number: mutant for mutant in source.mutants})
    return checker, {mutant.number for mutant in source.mutants if alive in mutant.place}


def judged(alive, text, complete=True):
    checker, numbers = fake(alive)
    return mutation.judge(checker, numbers, mutation.entries_of(text), complete)


def test_a_survivor_without_a_reason_is_told():
    assert judged("left out", "") == ["tools/fake/x.c:4: f: `refuse(x)` left out: nobody notices"]


def test_a_survivor_with_a_reason_is_not():
    assert judged("left out", "# why\ntools/fake/x.c: f: `refuse(x)` left out\n") == []
    assert judged("left out", "# why\ntools/fake/x.c: f: `*` left out\n") == []


def test_a_reason_for_nothing_is_told():
    [line] = judged("nothing", "# why\ntools/fake/x.c: g: `refuse(x)` left out\n", complete=False)
    assert line.startswith("survivors.txt:2: no such mutant")


def test_a_reason_for_what_is_noticed_is_told():
    [line] = judged("nothing", "# why\ntools/fake/x.c: f: `refuse(x)` left out\n")
    assert line.startswith("survivors.txt:2: is noticed")


def test_a_place_without_a_reason_is_refused():
    with pytest.raises(ValueError):
        mutation.entries_of("# why\n\ntools/fake/x.c: f: `x` left out\n")


@pytest.mark.parametrize("name", checkers.CHECKERS)
def test_checker(name):
    checker = checkers.CHECKERS[name]()
    entries = mutation.entries_of(mutation.SURVIVORS.read_text())
    numbers = mutation.chosen_mutants(checker, True, SAMPLES[name], entries)
    alive = mutation.run(checker, numbers)
    assert mutation.judge(checker, alive, entries, complete=False) == []
    assert any(checker.mutants[number].is_report for number in numbers - alive)


def test_every_refusal_is_among_them():
    """None is hidden in a form that mutants.py does not see."""
    for path in sorted((checkers.ROOT / "tools/capcheck").glob("*.c")):
        text = path.read_text()
        source = mutants.Source(f"tools/capcheck/{path.name}", text, 1)
        calls = re.findall(r"^\t+refuse(?:_at|_type)?\(", text, re.MULTILINE)
        assert len([mutant for mutant in source.mutants if mutant.is_report]) == len(calls), path
