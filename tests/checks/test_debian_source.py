"""tools/debian_source.sh, with an apt-get of its own."""

import os
import pathlib
import subprocess

import pytest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "tools" / "debian_source.sh"
ARCHIVES = r"""#!/bin/sh
echo "$*" >>"$CALLS"
case "$*" in
indextargets*) printf '%s\n' 'deb-src http://a/ stable main # Debian' 'deb-src http://b/ stable main # Somebody' \
	'deb-src http://c/ stable main # $(ORIGIN)' ;;
*update*) for option; do case $option in Dir::Etc::SourceList=*) cat "${option#*=}" >>"$CALLS" ;; esac; done ;;
*source*) BODY ;;
esac
"""


@pytest.fixture
def fetch(tmp_path):
    """fetch(what apt-get source does) runs the script; .calls is what apt-get was asked."""

    def run(body, *arguments):
        program = tmp_path / "bin" / "apt-get"
        program.parent.mkdir(exist_ok=True)
        program.write_text(ARCHIVES.replace("BODY", body))
        program.chmod(0o755)
        environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "CALLS": str(tmp_path / "calls")}
        return subprocess.run([SCRIPT, *arguments], cwd=tmp_path, env=environment, text=True, capture_output=True)

    return run


def test_fetches_once_from_debians_archives(fetch, tmp_path):
    done = fetch("mkdir thing-1.0; echo text >thing-1.0/file; touch thing_1.0.dsc", "thing", "sources/thing")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sources/thing/file").read_text() == "text\n"
    assert os.listdir(tmp_path / "sources") == ["thing"]
    calls = (tmp_path / "calls").read_text()
    assert "http://a/" in calls and "http://c/" in calls and "http://b/" not in calls
    assert fetch("exit 1", "thing", "sources/thing").returncode == 0, "it is there already"
    assert (tmp_path / "calls").read_text() == calls


def test_says_what_is_missing_and_leaves_nothing(fetch, tmp_path):
    done = fetch("echo 'E: no such package' >&2; exit 100", "thing", "sources/thing")
    assert done.returncode == 1
    assert "E: no such package" in done.stderr
    assert "the source of thing is not to be had; it takes a network" in done.stderr
    assert os.listdir(tmp_path / "sources") == []


def test_usage(fetch):
    done = fetch("exit 1", "thing")
    assert done.returncode == 1 and done.stderr.startswith("usage: ")
