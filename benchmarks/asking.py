"""Goals 1 to 3: a named question on the real graph, from a cold start to the printed answer."""

from __future__ import annotations

import csv
import shutil
import zipfile
from pathlib import Path

from .timing import REPOSITORY, Differs, Process, Row, medians, ours, peer

QUESTION = "platser/summa-mot-angivet"
RUNS = 9
JAVA, PACKED = Path("/usr/share/java"), "org/apache/jena/ext/"
JARS = (
    "jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-iri", "jena-tdb", "jena-tdb2", "jena-dboe-base",
    "jena-dboe-index", "jena-dboe-storage", "jena-dboe-trans-data", "jena-dboe-transaction", "jena-rdfconnection",
    "jena-shacl", "jena-shex", "slf4j-api", "slf4j-nop", "commons-cli", "commons-codec", "commons-compress",
    "commons-csv", "commons-io", "commons-lang3", "commons-logging", "dexx.collection", "gson", "guava", "httpclient",
    "httpcore", "jackson-core", "jackson-databind", "jackson-annotations", "jsonld-java", "titanium-json-ld",
    "jakarta.json-api", "thrift", "protobuf",
)  # fmt: skip
NO_JENA = (
    "GOAL 2 NOT MEASURED: Jena is not here; `apt-get install default-jre-headless libapache-jena-java` on Debian "
    "brings its arq."
)


def arq(folder: Path, graph: Path, text: str) -> list[str]:
    """The command line of Jena's ``arq`` as Debian packages it (without a script); empty where it is not here.

    Debian's jena-core 4.5.0 looks for the messages of its copy of Xerces under another name than it packs them by, and
    does not start without them: they are put in *folder* under the name that is looked for.
    """
    java, core = shutil.which("java"), JAVA / "jena-core.jar"
    if java is None or not core.is_file():
        return []
    with zipfile.ZipFile(core) as archive:
        for name in (one for one in archive.namelist() if one.startswith(PACKED) and one.endswith(".properties")):
            place = folder / "messages" / name.removeprefix(PACKED)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(archive.read(name))
    path = [folder / "messages", *(JAVA / f"{name}.jar" for name in JARS)]
    return [java, "-cp", ":".join(map(str, path)), "arq.arq", f"--data={graph}", f"--query={text}", "--results=CSV"]


def asking(folder: Path, *, runs: int = RUNS) -> list[Row]:
    """Rows of goals 1 to 3, with CSV on every side, and with our table for people.

    All sides read one copy of the built graph, so that a build meanwhile changes nothing. Goal 2 is asked of a store on
    disk: to read the graph's text alone takes pyoxigraph longer than a thirtieth of what arq takes.
    """
    (folder / "graph").mkdir(parents=True)
    (folder / "samverkansgraf.toml").write_text("", "utf-8")
    graph = Path(shutil.copy(REPOSITORY / "graph" / "samverkansgraf.nq", folder / "graph"))
    text = str(REPOSITORY / "queries" / f"{QUESTION}.rq")
    disk = str(folder / "disk")
    Process(ours("load", "--store", disk), folder).run()
    processes = {
        "csv": Process(ours("query", QUESTION, "--format", "csv"), folder),
        "table": Process(ours("query", QUESTION), folder),
        "csv, disk": Process(ours("--store", disk, "query", QUESTION, "--format", "csv"), folder),
        "table, disk": Process(ours("--store", disk, "query", QUESTION), folder),
        "rdflib": Process(peer("rdflib_query.py", str(graph), text), folder),
        "pyoxigraph": Process(peer("pyoxigraph_query.py", str(graph), text), folder),
    }
    if jena := arq(folder, graph, text):
        processes["arq"] = Process(jena, folder)
    else:
        print(NO_JENA, flush=True)
    _agree({name: process.run()[1] for name, process in processes.items() if not name.startswith("table")})
    seconds = medians(processes, runs)
    rows = []
    for shape in ("csv", "table"):
        work = f"{QUESTION}, {shape}"
        rows.append(Row("1", work, "rdflib script", seconds[shape], seconds["rdflib"], 7, "≥ 7×"))
        if jena:
            rows.append(
                Row("2", f"{work}, from disk", "arq of Jena", seconds[f"{shape}, disk"], seconds["arq"], 30, "≥ 30×")
            )
            rows.append(Row("2", f"{work}, from the file", "arq of Jena", seconds[shape], seconds["arq"], 0, "told"))
        rows.append(
            Row("3", work, "pyoxigraph script", seconds[shape], seconds["pyoxigraph"], 0.4, "≥ 0.4× (≤ 2.5× its time)")
        )
    return rows


def _agree(answers: dict[str, bytes]) -> None:
    read = {name: list(csv.reader(answer.decode().splitlines())) for name, answer in answers.items()}
    first = read["csv"]
    if len(first) < 2:
        raise Differs(f"{QUESTION} has no rows on the built graph")
    for name, rows in read.items():
        if rows != first:
            raise Differs(f"{QUESTION}: {name} answers otherwise: {len(rows)} lines, ours {len(first)}")
