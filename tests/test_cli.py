"""The command line: exit codes, streams, formats and messages."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import click
import openpyxl
import pytest
from benchmarks.load import cpu
from click.testing import CliRunner, Result

from samverkansgraf.cli import main
from samverkansgraf.cli.commands import HOMES
from samverkansgraf.cli.output import FORMATS
from workbench import HEAD, PLAIN, ROOT, Workbench, command, environment, run

Call = Callable[..., Result]
HEAVY = ("rdflib", "networkx", "pyvis", "openpyxl", "pyoxigraph", "yaml", "jinja2", "numpy", "pyphen")
PASSAGES = (
    PLAIN
    + """\
  - section: Bereder
    anchor: Rådet har tre
    states:
      - {id: vb:utskottet, type: Committee, name: Utskottet, abbreviation: RU, preparesFor: vb:radet}
"""
)
ASK = """\
#+ summary: Who prepares for whom.
#+ question: Vem bereder åt vem?
#+ params: vem (thing) vilket organ; dag (date) vilken dag; antal (integer) hur många
#+ columns: who, whom
#+ rows: one per pair
PREFIX sg: <https://w3id.org/samverkansgraf/ns#>
SELECT ?who ?whom WHERE {
  VALUES ?vem { UNDEF }
  VALUES ?dag { UNDEF }
  VALUES ?antal { UNDEF }
  ?who sg:preparesFor ?whom . FILTER(!BOUND(?vem) || ?vem = ?whom)
} ORDER BY ?who ?whom
"""


@pytest.fixture
def desk(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """A small built workspace, entered."""
    bench.document(PASSAGES)
    bench.write("queries/prov/bereder.rq", ASK)
    bench.build().write(bench.root / "graph")
    monkeypatch.chdir(bench.root)
    monkeypatch.delenv("SAMVERKANSGRAF_SOURCES", raising=False)
    return bench


@pytest.fixture
def call(desk: Workbench) -> Call:
    """Call the command line in the small workspace, in this process."""
    assert desk.root == Path.cwd()

    def invoke(*args: str, stdin: str = "") -> Result:
        return CliRunner().invoke(main, args, input=stdin, catch_exceptions=False)

    return invoke


def commands(group: click.Group = main, *above: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from commands(one, *above, name)
        if not isinstance(one, click.Group) or one.invoke_without_command:
            yield (*above, name), one


COMMANDS = dict(commands())


def parsed(words: tuple[str, ...], line: str) -> bool:
    """Whether an example line calls the command it stands at."""
    return f"samverkansgraf {' '.join(words)}" in line.replace("--lang en ", "")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_two_examples(words: tuple[str, ...]) -> None:
    """Help says what the command does and shows two calls, each on its own line, with options that exist."""
    text = CliRunner().invoke(main, [*words, "--help"]).output
    examples = [line.strip() for line in text.splitlines() if parsed(words, line) and "Usage:" not in line]
    assert len(examples) == 2, text
    options = {name for parameter in [*COMMANDS[words].params, *main.params] for name in parameter.opts}
    for example in examples:
        used = {word for word in example.split() if word.startswith("-") and word != "-"}
        assert used <= options, example


@pytest.mark.parametrize("home", HOMES)
def test_a_module_has_the_commands_that_it_is_called_for(home: str) -> None:
    """The table by which commands are found tells the truth."""
    module = import_module(f"samverkansgraf.cli.{home}")
    assert [one.name for one in module.COMMANDS] == HOMES[home].split()


def test_only_the_module_of_a_command_is_imported() -> None:
    """A question costs no time for the commands that were not called."""
    code = (
        "from samverkansgraf.cli import main; main(['queries', '--format', 'json'], standalone_mode=False)\n"
        f"import sys; print('LOADED', *(home for home in {[*HOMES]} if f'samverkansgraf.cli.{{home}}' in sys.modules))"
    )
    made = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, check=True, cwd=ROOT)
    assert made.stdout.decode().splitlines()[-1].split() == ["LOADED", "completion", "queries"]


def groups(group: click.Group = main, *above: str) -> Iterator[tuple[str, ...]]:
    """The words that call each group of commands, the whole program first."""
    yield above
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from groups(one, *above, name)


@pytest.mark.parametrize("words", list(groups()), ids=" ".join)
def test_every_group_has_help_with_two_examples(words: tuple[str, ...]) -> None:
    """Help of a group shows two calls of commands that it has."""
    text = CliRunner().invoke(main, [*words, "--help"]).output
    examples = [line.strip() for line in text.splitlines() if parsed(words, line) and "Usage:" not in line]
    assert len(examples) == 2, text
    for example in examples:
        assert any(parsed(one, example) for one in COMMANDS), example


@pytest.mark.parametrize(
    ("args", "seen"),
    [
        (["reprot", "gaps"], "report"),
        (["report", "gap"], "gaps"),
        (["report", "gaps", "--colection", "x"], "--collection"),
        (["query", "platser/per-komun"], "platser/per-kommun"),
        (["show", "Utskotet"], "Utskottet"),
    ],
    ids=" ".join,
)
def test_near_names_are_suggested(call: Call, monkeypatch: pytest.MonkeyPatch, args: list[str], seen: str) -> None:
    """A misspelt command, option, query or name gives the near one."""
    monkeypatch.setenv("COLUMNS", "200")
    made = call(*args)
    assert made.exit_code in {1, 2}
    assert seen in made.stderr.partition("Error:")[2]


def test_examples_in_help_of_reports_are_answered_by_this_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names in the examples are names in the graph that comes along."""
    monkeypatch.chdir(ROOT)
    for args in (["show", "PKD"], ["path", "PKD AU", "Region Västerbotten"], ["report", "reporting", "--of", "PKD"]):
        assert CliRunner().invoke(main, args, catch_exceptions=False).exit_code == 0, args


@pytest.mark.parametrize(
    "statement",
    ["import samverkansgraf", "from samverkansgraf.cli import main; main(['--help'], standalone_mode=False)"],
)
def test_import_and_help_load_nothing_heavy(statement: str) -> None:
    """Neither the import nor the help loads an engine, a network, a picture or a workbook."""
    code = f"{statement}\nimport sys; print('LOADED', *(name for name in {HEAVY} if name in sys.modules))"
    made = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, check=True, cwd=ROOT)
    assert made.stdout.decode().splitlines()[-1].split() == ["LOADED"]


def test_finished_command_is_0_and_speaks_on_stderr(desk: Workbench) -> None:
    """A build prints its summary on standard error and nothing on standard output."""
    made = desk.run("build")
    assert made.returncode == 0
    assert made.stdout == b""
    assert made.stderr.decode().startswith("1 document, ")


def test_findings_are_1_with_every_finding(call: Call, desk: Workbench) -> None:
    """A build with mistakes is 1 and lists them with file and line, without a traceback."""
    desk.document(PLAIN + "▶  - section: A\n    anchor: Rådet har tre\n▶  - section: B\n    anchor: tre ledamöter\n")
    made = call("build")
    assert made.exit_code == 1
    assert made.stdout == ""
    assert made.stderr.startswith("Error: data/prov/avtal.yaml:")
    for _, line in desk.marks[-2:]:
        assert f"data/prov/avtal.yaml:{line}: a passage without `states`" in made.stderr
    assert "2 findings." in made.stderr


def test_violation_stops_the_build(call: Call, desk: Workbench) -> None:
    """A shape that must not fail is told in the workspace's language; the old graph stays."""
    before = (desk.root / "graph" / "samverkansgraf.nq").read_bytes()
    desk.document(head=HEAD.replace("{digest}", "sha256:0"))
    (desk.root / "sources" / "avtal.txt").unlink()
    made = call("build")
    assert made.exit_code == 1
    assert "Ett källdokument har namn" in made.stderr
    assert (desk.root / "graph" / "samverkansgraf.nq").read_bytes() == before


@pytest.mark.parametrize(
    "args",
    [
        ["bygg"],
        ["build", "--chek"],
        ["show"],
        ["report", "membership", "--format", "pdf"],
        ["report", "reporting", "--hops", "-1"],
        ["report", "reporting", "--hops", "två"],
        ["--lang", "de", "queries"],
        ["query", "prov/bereder", "--param", "vem"],
        ["query", "prov/bereder", "--param", "vem=RU", "--param", "vem=Rådet"],
        ["query", "prov/bereder", "--param", "is_text=1"],
        ["map", "-o", "."],
    ],
    ids=" ".join,
)
def test_wrong_call_is_2(call: Call, args: list[str]) -> None:
    """A mistake in the call itself is 2, explained on standard error."""
    made = call(*args)
    assert made.exit_code == 2
    assert made.stdout == ""
    assert "Error: " in made.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["show", "Utskotet"], "Nothing in the graph is called 'Utskotet'. Did you mean: Utskottet (RU)"),
        (["report", "gaps", "--collection", "Pruv"], "Did you mean: Prov?"),
        (["query", "prov/breder"], "There is no named query or file 'prov/breder'. Did you mean prov/bereder"),
        (
            ["query", "prov/bereder", "--param", "query=x"],
            "prov/bereder has no parameter query; it takes antal, dag, vem.",
        ),
        (["query", "prov/bereder", "--param", "vem=Utskotet"], "Did you mean: Utskottet (RU)"),
        (["query", "prov/bereder", "--param", "dag=igår"], "dag: 'igår' is no date; write 2024"),
        (["query", "prov/bereder", "--param", "antal=tre"], "antal: 'tre' is not a whole number"),
        (["query", "prov/bereder", "--format", "xlsx"], "give it a file with -o FILE.xlsx"),
        (["query", "prov/bereder", "--format", "turtle"], "turtle is for CONSTRUCT and DESCRIBE"),
        (["query", "prov/bereder", "-o", "finns/inte/x.csv"], "is not a folder; make it first"),
        (["show", "RU", "--format", "csv", "--table", "9"], "there is no table 9"),
        (["path", "RU", "Okänd"], "Nothing in the graph is called 'Okänd'"),
        (["sources", "--sources", "finns-inte"], "finns-inte is not a folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_expected_failure_is_1_and_helps(call: Call, args: list[str], message: str) -> None:
    """What cannot be done is 1, one message on standard error that says what to do."""
    made = call(*args)
    assert made.exit_code == 1
    assert made.stdout == ""
    assert message in made.stderr


@pytest.mark.parametrize(
    "text", ["SELECT ?x WHERE {", "INSERT DATA { <a:a> <a:b> <a:c> }", "SELECT * { SERVICE <http://a> {} }", ""]
)
def test_query_that_may_not_run_is_1(call: Call, text: str) -> None:
    """A slip, an update and a call to another server are errors of ours."""
    made = call("query", "-", stdin=text)
    assert made.exit_code == 1
    assert made.stderr.startswith("Error: ")


def test_parameter_changes_the_answer(call: Call) -> None:
    """A thing may be given by any of its names."""
    assert len(call("query", "prov/bereder", "--format", "csv", "--param", "vem=rådet").stdout.splitlines()) == 2
    assert len(call("query", "prov/bereder", "--format", "csv", "--param", "vem=RU").stdout.splitlines()) == 1


def test_query_from_a_file_and_from_standard_input(call: Call, desk: Workbench) -> None:
    """The same answer by name, by file and by pipe; project prefixes need no declaration."""
    named = call("query", "prov/bereder", "--format", "csv").stdout
    path = desk.write("egen.rq", ASK)
    assert call("query", str(path), "--format", "csv").stdout == named
    typed = "SELECT ?who ?whom WHERE { ?who sg:preparesFor ?whom } ORDER BY ?who"
    assert call("query", "-", "--format", "csv", stdin=typed).stdout == named


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(
    "args", [["show", "RU"], ["query", "prov/bereder"], ["queries"], ["sources"], ["validate"]], ids=" ".join
)
def test_every_format_of_every_kind_of_answer(call: Call, desk: Workbench, args: list[str], fmt: str) -> None:
    """Each format is written whole to a file, the same bytes as on standard output."""
    target = desk.root / "out"
    assert call(*args, "--format", fmt, "-o", str(target)).exit_code == 0
    data = target.read_bytes()
    if fmt == "xlsx":
        assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames
    else:
        assert call(*args, "--format", fmt).stdout_bytes == data
        assert data.decode()
    if fmt == "json":
        json.loads(data)
    if fmt in {"csv", "excel"}:
        assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("fmt", "sign"), [("turtle", "sg:preparesFor"), ("ntriples", "<https://"), ("jsonld", '"@id"'), ("table", "sg:")]
)
def test_triples_come_in_formats_of_their_own(call: Call, fmt: str, sign: str) -> None:
    """A CONSTRUCT gives RDF, and says which formats it has when asked for a table."""
    text = "CONSTRUCT WHERE { ?a sg:preparesFor ?b }"
    assert sign in call("query", "-", "--format", fmt, stdin=text).stdout
    refused = call("query", "-", "--format", "md", stdin=text)
    assert (refused.exit_code, "take turtle, ntriples, jsonld" in refused.stderr) == (1, True)


def test_output_is_whole_or_nothing(call: Call, desk: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that cannot be written whole stays as it was, and nothing is left beside it."""
    target = desk.write("svar.csv", "old")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("samverkansgraf.files.os.fsync", refuse)
    made = call("show", "RU", "--format", "csv", "-o", "svar.csv")
    assert made.exit_code == 1
    assert "svar.csv cannot be written: No space left on device" in made.stderr
    assert target.read_text("utf-8") == "old"
    assert not list(desk.root.glob(".svar*"))


def test_failed_answer_leaves_the_file(call: Call, desk: Workbench) -> None:
    """An error before writing leaves the old file."""
    target = desk.write("svar.csv", "old")
    assert call("show", "Utskotet", "-o", "svar.csv").exit_code == 1
    assert target.read_text("utf-8") == "old"


def test_other_tables_are_mentioned(call: Call) -> None:
    """A format that holds one table says on standard error that there are more."""
    made = call("show", "Rådet", "--format", "csv")
    assert made.exit_code == 0
    assert ("Table 1 of " in made.stderr) == (
        len(json.loads(call("show", "Rådet", "--format", "json").stdout)["tables"]) > 1
    )


@pytest.mark.parametrize(("given", "code"), [("violation", 0), ("info", 1)])
def test_validate_fails_from_the_severity_asked_for(call: Call, desk: Workbench, given: str, code: int) -> None:
    """A remark fails the command only when it is asked to."""
    flow = "{id: vb:f, type: Flow, verb: informs, fromEach: vb:grupp, to: vb:radet}"
    text = f"  - section: Flöde\n    anchor: tre ledamöter\n    states: [{flow}, {{id: vb:grupp, type: Group, calledHere: G}}]\n"  # noqa: E501
    desk.document(PASSAGES + text)
    assert call("build").exit_code == 0
    made = call("validate", "--fail-on", given)
    assert made.exit_code == code
    assert "upplysning" in made.stdout


def test_sources_that_do_not_match_are_1_after_the_report(call: Call, desk: Workbench) -> None:
    """The report is printed, then the findings, and the exit code is 1."""
    assert call("sources").exit_code == 0
    (desk.root / "sources" / "avtal.txt").write_text("annat", "utf-8")
    made = call("sources")
    assert made.exit_code == 1
    assert "avtal.txt" in made.stdout
    assert "sourceHash differs" in made.stderr


def test_language_changes_the_report(call: Call) -> None:
    """`--lang en` gives English headings."""
    assert "KÄLLDOKUMENT" not in call("--lang", "en", "sources").stdout
    assert call("--lang", "en", "show", "RU").stdout != call("show", "RU").stdout


@pytest.mark.parametrize("args", [["show", "Rådet"], ["queries", "--format", "json"], ["show", "Räv"]], ids=" ".join)
def test_output_is_utf8_in_the_c_locale(desk: Workbench, args: list[str]) -> None:
    """å ä ö are read from the call and come out as UTF-8 under LC_ALL=C, in messages too."""
    plain, bare = desk.run(*args), desk.run(*args, LC_ALL="C")
    assert (bare.returncode, bare.stdout, bare.stderr) == (plain.returncode, plain.stdout, plain.stderr)
    assert "Traceback" not in bare.stderr.decode()


def test_answers_are_utf8_without_pythons_utf8_mode(desk: Workbench) -> None:
    """Where Python itself would write ASCII, answers are UTF-8 all the same, and a query is read as UTF-8."""
    text = 'SELECT ?x WHERE { ?x skos:prefLabel "Rådet"@sv }'
    for args in (["show", "RU"], ["query", "-"]):
        made = run(*args, cwd=desk.root, stdin=text, LC_ALL="C", PYTHONUTF8="0")
        assert made.returncode == 0, made.stderr.decode()
        assert made.stdout == run(*args, cwd=desk.root, stdin=text).stdout
    assert b"vb:radet" in made.stdout


def test_standard_input_that_is_not_utf8_is_told(desk: Workbench) -> None:
    """A query in Latin-1 is an error of ours."""
    given = 'SELECT ?x WHERE { ?x skos:prefLabel "Rådet"@sv }'.encode("latin-1")
    made = subprocess.run(
        command("query", "-"), cwd=desk.root, env=environment(), input=given, capture_output=True, check=False
    )
    assert (made.returncode, b"Standard input is not UTF-8" in made.stderr) == (1, True)


def test_question_before_the_first_build_says_build(bench: Workbench) -> None:
    """A workspace without a graph says what to run."""
    made = bench.run("show", "PKD")
    assert made.returncode == 1
    assert b"run `samverkansgraf build` first" in made.stderr


def test_outside_a_workspace_the_own_graph_answers_and_a_build_says_how(tmp_path: Path) -> None:
    """Anywhere on the disk the package's graph can be asked; a build needs a marked folder."""
    assert run("show", "PKD", cwd=tmp_path).returncode == 0
    made = run("build", cwd=tmp_path)
    assert made.returncode == 1
    assert b"An empty file marks one" in made.stderr


def test_broken_settings_are_told(bench: Workbench) -> None:
    """A mistake in samverkansgraf.toml is an error with the file's name, whatever the command."""
    bench.write("samverkansgraf.toml", "langage = 'sv'")
    made = bench.run("queries")
    assert made.returncode == 1
    assert b"samverkansgraf.toml: unknown setting 'langage'" in made.stderr


def test_map_says_where_it_is(call: Call, desk: Workbench) -> None:
    """The map is written beside the graph, or where it is asked to be."""
    made = call("map", "-o", "karta.html")
    assert made.exit_code == 0
    assert made.stderr == "Wrote karta.html.\n"
    assert (desk.root / "karta.html").read_text("utf-8").startswith("<!")


ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_query_is_stopped_after_its_time() -> None:
    """--timeout ends a query that the engine works on: a sentence, exit 1, nothing written."""
    done = run("query", "-", "--timeout", "0.5", cwd=ROOT, stdin=ENDLESS)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Stopped after 0.5 s" in done.stderr


@pytest.mark.parametrize("fmt", ["csv", "json", "table"])
def test_query_is_cut_after_so_many_rows(fmt: str) -> None:
    """--max-rows cuts the answer and says so; an answer that fits is not cut."""
    text = "SELECT ?x WHERE { VALUES ?x { 71 72 79 } }"
    cut = run("query", "-", "--max-rows", "2", "--format", fmt, cwd=ROOT, stdin=text)
    assert (cut.returncode, b"Cut after 2 rows" in cut.stderr, b"79" in cut.stdout) == (0, True, False)
    whole = run("query", "-", "--max-rows", "3", "--format", fmt, cwd=ROOT, stdin=text)
    assert (b"Cut" in whole.stderr, b"79" in whole.stdout) == (False, True)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="NOT TESTED: Ctrl-C, for want of /proc")
def test_query_is_stopped_by_ctrl_c() -> None:
    """Ctrl-C ends a query while the engine works on it."""
    process = subprocess.Popen(command("query", "-"), cwd=ROOT, env=environment(), stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(ENDLESS.encode())
    process.stdin.close()
    while cpu(process.pid) < 2:
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == -signal.SIGINT
