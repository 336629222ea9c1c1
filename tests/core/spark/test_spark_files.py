"""An output is taken up again, whenever the driver was killed before."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

import msgspec
import pytest

from incidents.errors import IncidentsError, InputError
from incidents.spark.files import Files
from incidents.spark.importing import check_output
from incidents.spark.manifest import NAME, Counts, Manifest, clear, is_output, take_up

if TYPE_CHECKING:
    from collections.abc import Iterator

WANTED = Manifest(model="m", options="[]", input="/in", files=2, digest="d", articles_a_chunk=10)
OTHER = msgspec.structs.replace(WANTED, digest="e")
COUNTS = Counts(articles=3, reports=2, incidents=1, failures=0, foreign=0)
TABLE = "articles/part-0.parquet"


class Killed(BaseException):
    """What ends a driver; nothing catches it."""


class System:
    """A file system as Hadoop has it, on this machine's disk; it dies at a step of its own.

    Attributes:
        left: steps that are done before it dies; -1 for no end.
        renames: whether `rename` does what it is asked.
    """

    def __init__(self) -> None:
        self.left = -1
        self.renames = True

    def step(self) -> None:
        """Do one more step, or die."""
        if self.left == 0:
            raise Killed
        self.left -= 1

    def exists(self, path: HadoopPath) -> bool:
        """Whether there is a file or folder."""
        return path.path.exists()

    def listStatus(self, path: HadoopPath) -> list[Any]:  # noqa: N802 - Java's name
        """What a folder holds."""
        names = [each.name for each in path.path.iterdir()]
        found = [SimpleNamespace(getName=lambda name=name: name) for name in names]
        return [SimpleNamespace(getPath=lambda each=each: each) for each in found]

    def open(self, path: HadoopPath) -> Any:  # noqa: ANN401 - a stream of Java
        """Read a file."""
        stream = io.BytesIO(path.path.read_bytes())
        return SimpleNamespace(readAllBytes=stream.read, readNBytes=stream.read, close=stream.close)

    def create(self, path: HadoopPath, _overwrite: bool) -> Any:  # noqa: ANN401, FBT001 - likewise
        """Write a file; where this dies, a part of it is written."""
        self.step()
        path.path.parent.mkdir(parents=True, exist_ok=True)
        path.path.write_bytes(b"")

        def write(data: bytes) -> None:
            path.path.write_bytes(data[: len(data) // 2])
            self.step()
            path.path.write_bytes(data)

        return SimpleNamespace(write=write, close=lambda: None)

    def delete(self, path: HadoopPath, _recursive: bool) -> bool:  # noqa: FBT001 - likewise
        """Delete a file or folder, file by file."""
        if path.path.is_dir():
            for each in sorted(path.path.iterdir()):
                self.delete(HadoopPath(str(each), self), True)  # noqa: FBT003 - likewise
            path.path.rmdir()
        elif path.path.exists():
            self.step()
            path.path.unlink()
        return True

    def rename(self, old: HadoopPath, new: HadoopPath) -> bool:
        """Give another name, unless something has it."""
        self.step()
        if not self.renames or new.path.exists():
            return False
        old.path.rename(new.path)
        return True


class HadoopPath:
    """Hadoop's `Path`."""

    def __init__(self, path: str, system: System) -> None:
        self.path = Path(path)
        self._system = system

    def getFileSystem(self, _settings: object) -> System:  # noqa: N802 - Java's name
        """The system that it is of."""
        return self._system


class Driver:
    """A run's driver, as far as `run.json` goes."""

    def __init__(self, output: Path) -> None:
        self.system = System()
        self.output = output
        fs = SimpleNamespace(Path=lambda path: HadoopPath(path, self.system))
        java = SimpleNamespace(org=SimpleNamespace(apache=SimpleNamespace(hadoop=None)))
        java.org.apache.hadoop = SimpleNamespace(fs=fs)
        conf = SimpleNamespace(hadoopConfiguration=lambda: None)
        context = SimpleNamespace(_jvm=java, _jsc=conf)
        self.files = Files(SimpleNamespace(sparkContext=context))  # type: ignore[arg-type] # as far as it goes

    def killed_after(self, steps: int) -> Self:
        """Have it die."""
        self.system.left = steps
        return self

    def run(self, wanted: Manifest, *, overwrite: bool = False) -> Manifest:
        """Begin or take up; write the one table; finish."""
        if overwrite and is_output(self.files, str(self.output)):
            clear(self.files, str(self.output))
        manifest = take_up(self.files, str(self.output), wanted)
        if manifest.counts is None:
            table = self.output / TABLE
            if not table.exists():
                table.parent.mkdir(exist_ok=True)
                table.write_text(wanted.digest)
            manifest = msgspec.structs.replace(manifest, counts=COUNTS)
            self.files.write(f"{self.output}/{NAME}", msgspec.json.encode(manifest))
        return manifest


def until_done(output: Path, wanted: Manifest, *, overwrite: bool = False) -> Iterator[bool]:
    """Kill a driver at its first step, the next output's at its second, and so on."""
    for steps in range(100):
        driver = Driver(output / str(steps))
        if overwrite:
            driver.run(OTHER)
        try:
            driver.killed_after(steps).run(wanted, overwrite=overwrite)
        except Killed:
            yield False
        else:
            yield True
            return


def holds(output: Path, wanted: Manifest) -> bool:
    """Whether an output is finished, and the work of what was wanted alone."""
    found = msgspec.json.decode((output / NAME).read_bytes(), type=Manifest)
    names = sorted(path.name for path in output.iterdir() if not path.name.endswith(".new"))
    own = (output / TABLE).read_text() == wanted.digest
    return own and names == ["articles", NAME] and found.counts == COUNTS


def test_run_is_taken_up_wherever_it_was_killed(tmp_path: Path) -> None:
    """Each step of writing `run.json` may be the last one; nothing is asked of the user."""
    kills = 0
    for number, is_done in enumerate(until_done(tmp_path, WANTED)):
        kills += not is_done
        assert Driver(tmp_path / str(number)).run(WANTED).counts == COUNTS
        assert holds(tmp_path / str(number), WANTED)
    assert kills > 5


@pytest.mark.parametrize("again", [False, True], ids=["plain", "overwrite"])
def test_run_that_was_killed_while_it_overwrote_is_taken_up(tmp_path: Path, *, again: bool) -> None:
    """What is left of the old output is never mixed up with the new one, nor taken for it."""
    refused = 0
    for number, is_done in enumerate(until_done(tmp_path, WANTED, overwrite=True)):
        output = tmp_path / str(number)
        try:
            Driver(output).run(WANTED, overwrite=again and not is_done)
        except InputError:  # killed before anything was deleted: the old output is whole
            refused += 1
            assert holds(output, OTHER)
            assert not again
        else:
            assert holds(output, WANTED)
    assert number > 10
    assert refused <= 3


def test_run_that_cannot_name_its_record_says_so(tmp_path: Path) -> None:
    """Hadoop tells of a failure by a value that is easily passed over."""
    driver = Driver(tmp_path / "out")
    driver.system.renames = False
    with pytest.raises(IncidentsError, match=r"run\.json: cannot be written; see that"):
        driver.run(WANTED)


def test_import_of_what_was_killed_at_its_end_says_so(tmp_path: Path) -> None:
    """An output whose record has no name yet is not finished."""
    (tmp_path / f"{NAME}.new").write_bytes(b"{}")
    with pytest.raises(InputError, match="is not finished"):
        check_output(tmp_path)


LINE = b'{"id": "a", "text": "Two were killed."}\n'


@pytest.mark.parametrize(
    ("name", "data", "is_split"),
    [
        ("lines.jsonl", LINE * 2, True),
        ("marked.ndjson", b"\xef\xbb\xbf\r\n\r\n" + LINE, True),
        ("cut.jsonl", LINE[:-9], True),
        ("list.jsonl", b"[" + LINE.strip() + b",\n" + LINE + b"]", False),
        ("spread.jsonl", b"\n[\n  {\n" + LINE, False),
        ("spaced.jsonl", b"[ " + LINE.strip() + b"]", False),
        ("one.jsonl", b'{\n  "id": "a",\n' + LINE, False),
        ("packed.jsonl", b"\x1f\x8b\x08\x00" + bytes(20), False),
        ("wide.jsonl", LINE.decode().encode("utf-16"), False),
        ("lines.json", LINE * 2, False),
    ],
)
def test_only_json_lines_are_split(
    tmp_path: Path, name: str, data: bytes, *, is_split: bool
) -> None:
    """A large document that is called .jsonl is read whole, as a small one is."""
    pytest.importorskip("pyspark")
    from incidents.spark.reading import SPLIT_BYTES, InputFile, mark_lines

    path = tmp_path / name
    path.write_bytes(data)
    files = Driver(tmp_path).files
    file = InputFile(0, str(path), str(path), SPLIT_BYTES, 0)
    small = file._replace(size=SPLIT_BYTES - 1)

    assert [each.is_split for each in mark_lines(files, [file, small])] == [is_split, False]
