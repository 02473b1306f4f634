"""make new-app, and building what it makes outside of the repository: what is refused, and what is built. docs/guide.md,
which tests/qemu follows, is the way of somebody who makes no mistakes."""

import pathlib
import subprocess
import tarfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def make(folder, *arguments):
    done = subprocess.run(
        ["make", *arguments], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def everything(folder):
    return sorted(str(each) for each in folder.rglob("*"))


BAD_NAMES = ["", "1st", "a/b", "../x", "-n", "a b", "a.b", "$(touch${IFS}x)", "ü", "x" * 33, "a'b"]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_bad_names(tmp_path, name):
    done = subprocess.run([ROOT / "tools/new_app.sh", name, tmp_path / "new"], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("new-app: give a name: " if name == "" else f"new-app: NAME={name}: a name ")
    assert everything(tmp_path) == []


def test_bad_folders(tmp_path):
    """One line that says why, and nothing is changed."""
    there, file, link = tmp_path / "there", tmp_path / "file", tmp_path / "link"
    there.mkdir()
    (there / "main.c").write_text("mine")
    file.write_text("mine")
    link.symlink_to("nowhere")
    before = everything(tmp_path)
    for folder, reason in [
        (there, "is there already; nothing was changed"),
        (file, "is there already"),
        (link, "is there already"),
        (file / "new", "cannot be made"),
        (tmp_path / "a b" / "new", "make cannot work with blanks and special characters"),
        (tmp_path / "a$b", "make cannot work with blanks and special characters"),
        (ROOT / "userland" / "apps" / "new", "lies in Detent itself: its own applications are folders of userland/apps"),
        (pathlib.Path("build/new"), "lies in Detent itself"),
    ]:
        done = subprocess.run([ROOT / "tools/new_app.sh", "x", folder], capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 1 and reason in done.stderr.splitlines()[-1], done.stderr
        assert everything(tmp_path) == before
        assert not (ROOT / "build" / "new").exists() and not (ROOT / "userland" / "apps" / "new").exists()
    assert (there / "main.c").read_text() == "mine"


def members(tab):
    with tarfile.open(tab) as archive:
        return sorted(archive.getnames())


def test_build(tmp_path):
    folder = tmp_path / "not" / "there-yet" / "x"
    code, said = make(ROOT, "new-app", "NAME=my-app", f"DIR={folder}")
    assert code == 0 and said.endswith(f"new-app: {folder}; now: cd {folder} && make run\n")
    assert sorted(each.name for each in folder.iterdir()) == [".gitignore", "Makefile", "README.md", "main.c"]
    assert "NAME" not in "".join(file.read_text().replace("BOARD=NAME", "") for file in folder.iterdir())

    code, said = make(folder)
    assert code == 0, said
    tab = folder / "my-app.tab"
    assert members(tab) == ["cortex-m3.tbf", "metadata.toml", "rv32imac.tbf"]
    built = tab.stat().st_mtime_ns
    code, said = make(folder)
    assert (code, said, tab.stat().st_mtime_ns) == (0, "", built)

    # Sources from elsewhere, options for the compiler, and a warning, which is no error here.
    (folder.parent / "shared.c").write_text("int shared(void) { return ANSWER; }\n")
    (folder / "main.c").write_text("int shared(void);\nint main(void) { int unused; return shared(); }\n")
    makefile = folder / "Makefile"
    makefile.write_text("my-app_SOURCES := ../shared.c\nmy-app_CFLAGS := -DANSWER=42\n" + makefile.read_text())
    code, said = make(folder)
    assert code == 0 and "warning: unused variable" in said and tab.stat().st_mtime_ns > built, said

    # What is wrong is said, and the archive stays what it was.
    before = tab.read_bytes()
    code, said = make(folder, "USERLAND_GCC_rv32=no-such-gcc")
    assert code != 0 and f"There is no no-such-gcc: make -C {ROOT} setup installs it" in said
    (folder / "main.c").write_text("int main(void) { return }\n")
    code, said = make(folder)
    assert code != 0 and "main.c:1:" in said
    (folder / "main.c").unlink()
    makefile.write_text(makefile.read_text().replace("my-app_SOURCES := ../shared.c\n", ""))
    code, said = make(folder)
    assert code != 0 and "There is nothing to compile here: no file ends in .c, .cpp or .S" in said
    assert tab.read_bytes() == before
    code, said = make(folder, "DETENT=/nowhere")
    assert code != 0 and "/nowhere/userland/application.mk: No such file or directory" in said

    assert make(folder, "clean")[0] == 0
    assert sorted(each.name for each in folder.iterdir()) == [".gitignore", "Makefile", "README.md"]
