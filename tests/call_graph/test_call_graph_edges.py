"""What tools/call_graph says of objects that do not go with their sources, and of what it cannot read.
Found by taking checks out of the tool (tests/mutation)."""

import pytest

import test_call_graph as base
from test_call_graph import ARCHES, ENTRY


@pytest.fixture(params=ARCHES)
def arch(request):
    return request.param


def looked(folder, *words):
    return base.subprocess.run([base.TOOL, *words], cwd=folder, text=True, capture_output=True, env=base.ENVIRONMENT)


def run_stale(arch, folder, emitted, source):
    """Objects of one source beside the bitcode of another: what is missing there nobody accounts for."""
    base.compile_all(arch, folder, source)
    bitcode = {name: (folder / f"{name}.bc").read_bytes() for name in source}
    objects = base.compile_all(arch, folder, emitted)
    for name, content in bitcode.items():
        (folder / f"{name}.bc").write_bytes(content)
    return base.run_tool(folder, objects)


def assert_says(done, text):
    assert done.returncode == 1
    assert done.stderr.startswith("call_graph-asan: ") and text in done.stderr, done.stderr


TWO = "void two(void) {} void three(void) {}"


def test_a_call_that_no_source_makes(arch, tmp_path):
    done = run_stale(
        arch, tmp_path,
        {"one.c": "void two(void); void three(void); void start(void) { two(); three(); }", "two.c": TWO},
        {"one.c": "void two(void); void three(void); void start(void) { two(); }", "two.c": TWO},
    )  # fmt: skip
    assert_says(done, "start calls three, and no source accounts for it")


def test_a_call_through_a_pointer_that_no_source_makes(arch, tmp_path):
    done = run_stale(
        arch, tmp_path,
        {"one.c": "void start(void (**p)(void)) { (*p)(); }"}, {"one.c": "void start(void (**p)(void)) { }"},
    )  # fmt: skip
    assert_says(done, "start calls through a pointer, and no source accounts for it")


def test_a_function_that_the_compiler_did_not_emit(arch, tmp_path):
    done = run_stale(arch, tmp_path, {"one.c": "void other(void) {}"}, {"one.c": "void start(void) {} void other(void) {}"})
    assert_says(done, "start: the compiler emitted no such function")


def test_a_helper_that_calls(arch, tmp_path):
    sources = {
        "one.c": "void memcpy_user(void); struct big { int x[200]; }; void *memcpy(void *, const void *, unsigned);\n"
                 "void start(struct big *a, struct big *b) { *a = *b; }",
        "two.c": "void other(void); void *memcpy(void *a, const void *b, unsigned n) { other(); return a; }",
        "three.c": "void other(void) {}",
    }  # fmt: skip
    done = base.run(arch, tmp_path, sources)
    assert_says(done, "memcpy: a function that the compiler calls must call no other")


def test_one_function_down_and_back(arch, tmp_path):
    text = """
	struct port; struct port_client;
	struct port_operations { void (*push)(struct port *self); };
	struct port_client_operations { void (*told)(struct port *self); };
	struct port { const struct port_operations *private_operations; };
	static void both(struct port *self) {}
	static const struct port_operations down = {both};
	static const struct port_client_operations back = {both};
	const void *volatile sink;
	void start(void) { sink = &down; sink = &back; }
    """
    assert_says(base.run(arch, tmp_path, {"one.c": text}), "both implements port")


def test_recursion_through_a_pointer(arch, tmp_path):
    done = base.run(arch, tmp_path, {"one.c": "void start(int n); static void (*again)(int) = start; void start(int n) { if (n) again(n - 1); }"})
    assert_says(done, "recursion: start -> start")


def test_a_call_deep_below_an_entry(arch, tmp_path):
    done = base.run(arch, tmp_path, {"one.c": "void b(int); void a(int n) { if (n) b(n - 1); } void b(int n) { a(n); } void start(void) { a(3); }"})
    assert_says(done, "recursion: ")


def made(folder):
    return base.compile_all("armv7m", folder, {"one.c": "void start(void) {}"})


def test_command_line(tmp_path):
    (tmp_path / "machine.txt").write_text(ENTRY)
    [name] = made(tmp_path)
    for words in (["--machine", "machine.txt", name], ["--board", "x", name], ["--board", "x", "--machine", "machine.txt"]):
        assert_says(looked(tmp_path, *words), "needs --board, --machine and objects; see --help")
    assert_says(looked(tmp_path, "--board", "x", "--machine", "machine.txt", "one.c"), "one.c: not the name of an object")
    assert_says(looked(tmp_path, "--board", "x", "--machine", "missing.txt", name), "missing.txt: No such file")
    assert_says(looked(tmp_path, "--board", "x", "--machine", "machine.txt", "--report", "none/report.txt", name), "none/report.txt: No such file")
    done = looked(tmp_path, "--help")
    assert done.returncode == 0 and done.stdout.startswith("usage: call_graph")


def test_what_is_no_bitcode(tmp_path):
    objects = made(tmp_path)
    (tmp_path / "one.c.bc").write_text("no bitcode")
    done = base.run_tool(tmp_path, objects)
    assert done.returncode == 1 and "Invalid bitcode signature" in done.stderr  # LLVM's own words
    (tmp_path / "one.c.bc").unlink()
    assert_says(base.run_tool(tmp_path, objects), "one.c.bc: No such file")


def test_what_is_no_object(tmp_path):
    objects = made(tmp_path)
    (tmp_path / "one.c.o").write_text("no object")
    assert_says(base.run_tool(tmp_path, objects), "one.c.o: not an object file")
    (tmp_path / "one.c.o").unlink()
    assert_says(base.run_tool(tmp_path, objects), "one.c.o: No such file")


def test_stripped_object(tmp_path):
    objects = made(tmp_path)
    base.subprocess.run(["arm-none-eabi-strip", "one.c.o"], cwd=tmp_path, check=True)
    assert_says(base.run_tool(tmp_path, objects), "one.c.o: has no symbols")


def test_graph_with_a_call_of_nobody(tmp_path):
    objects = made(tmp_path)
    graph = (tmp_path / "one.c.ci").read_text()
    (tmp_path / "one.c.ci").write_text(graph + 'edge: { sourcename: "ghost" targetname: "start" label: "one.c:1:1" }\n')
    assert_says(base.run_tool(tmp_path, objects), "a call from ghost, which is not in it")


def test_frames_of_several_functions(tmp_path):
    """clang puts them into one section without -ffunction-sections."""
    base.compile_all("armv7m", tmp_path, {"one.c": "void other(void) {} void start(void) {}"})
    (tmp_path / "one.c.ci").unlink()
    flags = ["-Os", "-g", "-fno-builtin", "-w", "-fno-function-sections", "-fstack-size-section", *base.FLAGS]
    base.subprocess.run([*ARCHES["armv7m"][1], *flags, "-c", "one.c", "-o", "one.c.o"], cwd=tmp_path, check=True)
    assert_says(base.run_tool(tmp_path, ["one.c.o"]), ".stack_sizes is not of one function; compile with -ffunction-sections")


def test_more_parameters_than_are_followed(arch, tmp_path):
    names = [f"p{i}" for i in range(40)]
    text = f"void two({', '.join('int *' + name for name in names)}) {{}} void start(int *p) {{ two({', '.join(['p'] * 40)}); }}"
    assert_says(base.run(arch, tmp_path, {"one.c": text}), "two has more than ")


def test_an_instruction_that_is_not_known(arch, tmp_path):
    text = "void start(int n) { static void *const ways[] = {&&one, &&two}; goto *ways[n]; one: return; two: return; }"
    assert_says(base.run(arch, tmp_path, {"one.c": text}), " is not known here")


def test_a_constant_that_is_not_known(arch, tmp_path):
    text = "void *volatile sink; void start(int n) { again: sink = &&again; if (n) goto again; }"
    assert_says(base.run(arch, tmp_path, {"one.c": text}), " is not known here")


def without_nodes(folder, name, title):
    graph = (folder / f"{name}.ci").read_text().splitlines()
    (folder / f"{name}.ci").write_text("\n".join(line for line in graph if not ("node:" in line and f'title: "{title}"' in line)) + "\n")


def test_a_function_that_the_graph_does_not_hold(tmp_path):
    objects = base.compile_all("armv7m", tmp_path, {"one.c": "void start(void) {} void other(void) {}"})
    without_nodes(tmp_path, "one.c", "other")
    assert_says(base.run_tool(tmp_path, objects), "other is not in its .ci file; compile with -fno-ipa-icf")


def test_a_float_turned_round(arch, tmp_path):
    text = "float start(float a) { return -a; }"
    assert_says(base.run(arch, tmp_path, {"one.c": text}), "an instruction of LLVM's kind ")
