"""Data sets: facts, splits, labels, exported source, and Fashion-MNIST with and without files."""

import errno
import gzip
import inspect
import json
import re
import socket
import struct
import subprocess
import sys
import threading
import urllib.error
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

import datasets
import datasets.split
from datasets.fashion import FILES, DataMissing, whole
from datasets.labels import FORMS, encode
from datasets.parameters import PARAMETERS, split_seed
from datasets.split import split, standardise
from training.catalog.datasets import DATASETS

ROOT = Path(__file__).parent.parent
OFFLINE = tuple(name for name in datasets.NAMES if name != "fashion_mnist")
OTHER = {  # parameters far from the defaults
    "moons": {"samples": 100, "noise": 0.0, "seed": 7, "split": 2, "validation": 0.05},
    "circles": {"samples": 333, "noise": 0.3, "factor": 0.9, "seed": 7},
    "spirals": {"samples": 101, "turns": 3, "seed": 7, "validation": 0.35},
    "blobs": {"samples": 100, "centers": 6, "noise": 3.0, "seed": 7},
    "xor": {"samples": 100, "seed": 7},
    "imbalanced": {"samples": 100, "share": 0.3, "seed": 7},
    "multilabel": {"samples": 101, "seed": 7},
    "two_output": {"samples": 101, "noise": 0, "seed": 7},
    "linear": {"samples": 100, "features": 10, "seed": 7},
    "sine": {"samples": 100, "waves": 5, "seed": 7},
    "outliers": {"samples": 100, "share": 0.0, "seed": 7, "validation": 0.5},
    "digits": {"seed": 2**31 - 1, "validation": 0.07},
}
CASES = [(name, {}) for name in OFFLINE] + [
    (name, OTHER.get(name, {"seed": 2**31 - 1})) for name in OFFLINE
]
PREPARATION = (
    "import numpy as np\nfrom sklearn.model_selection import train_test_split\n"
    + "".join(inspect.getsource(f) for f in (split, standardise, encode))
)


def parts(data: datasets.Data) -> tuple[datasets.Split, ...]:
    return data.train, data.validation, data.test


def digest(data: datasets.Data) -> str:
    arrays = [a for part in parts(data) for a in (part.x, *part.y.values())]
    return sha256(b"".join(a.tobytes() for a in [*arrays, data.centre, data.scale])).hexdigest()


def script(name: str, params: dict) -> str:
    """A program without imports of ours: pairs `train`, `validation`, `test`; and `prepared`."""
    source = datasets.source(name)
    full = datasets.complete(name, params)
    return "\n".join(
        [
            *source.imports,
            PREPARATION,
            source.code,
            f"x, y = {source.call.format(**full)}",
            f"train, validation, test = split(x, y, {split_seed(full)}, {source.stratify}, "
            f"{full['validation']})",
            "prepared = standardise(train[0], validation[0], test[0])",
        ]
    )


@pytest.mark.parametrize(("name", "params"), CASES)
def test_facts_match_the_arrays(name: str, params: dict) -> None:
    facts, data = datasets.facts(name, params), datasets.load(name, params)
    assert data.facts == facts
    assert sum(len(part.x) for part in parts(data)) == facts.rows
    assert len(data.train.x) == facts.train_rows
    assert len(facts.features) == (facts.shape[0] if len(facts.shape) == 1 else 0)
    for part in parts(data):
        assert part.x.shape == (len(part.x), *facts.shape)
        assert part.x.dtype == np.float32
        assert np.isfinite(part.x).all()
        assert list(part.y) == [head.name for head in facts.heads]
        for head in facts.heads:
            y = part.y[head.name]
            if head.task in {"binary", "multiclass"}:
                assert (y.shape, y.dtype) == ((len(part.x),), np.int64)
                assert set(y) == set(range(max(2, head.units)))  # every class in every part
                assert len(head.names) == max(2, head.units)
            else:
                assert (y.shape, y.dtype) == ((len(part.x), head.units), np.float32)
                assert len(head.names) == head.units
            if head.task == "multilabel":
                assert (y.min(axis=0) == 0).all()
                assert (y.max(axis=0) == 1).all()


@pytest.mark.parametrize("name", ["moons", "sine", "multilabel", "two_output"])
def test_sizes_of_the_split(name: str) -> None:
    sizes = [len(part.x) for part in parts(datasets.load(name, {"samples": 1250}))]
    assert sizes == [800, 200, 250]


@pytest.mark.parametrize("share", [0.05, 0.5])
def test_another_share_validates_and_the_same_rows_test(share: float) -> None:
    usual = datasets.load("moons", {"samples": 1250})
    other = datasets.load("moons", {"samples": 1250, "validation": share})
    assert [len(part.x) for part in parts(other)] == [1000 - 1000 * share, 1000 * share, 250]
    np.testing.assert_allclose(
        usual.test.x * usual.scale + usual.centre, other.test.x * other.scale + other.centre, 1e-4
    )
    assert abs(other.validation.y["class"].mean() - 0.5) < 0.02
    assert datasets.load("moons", {"samples": 1250, "validation": 0.2}) is usual


@pytest.mark.parametrize("rows", [5, 15, 35, 99, 1003])
@pytest.mark.parametrize("share", [0.05, 0.07, 0.2, 0.5])
def test_the_training_rows_are_known_without_the_arrays(rows: int, share: float) -> None:
    known = replace(datasets.facts("moons", {}), rows=rows, validation=share)
    (x, _), (held_back, _), _ = split(np.zeros((rows, 2)), np.zeros(rows), 0, None, share)
    assert known.train_rows == len(x)
    assert known.validation_rows == len(held_back)


@pytest.mark.parametrize("stratified", [True, False])
def test_no_row_is_in_two_parts_and_targets_stay_with_their_row(stratified: bool) -> None:
    x, y = np.arange(300), np.arange(300) % 3
    (a, a_y), (b, b_y), (c, c_y) = split(x, {"k": y}, 5, y if stratified else None)
    assert sorted([*a, *b, *c]) == list(range(300))
    for rows, classes in ((a, a_y), (b, b_y), (c, c_y)):
        np.testing.assert_array_equal(rows % 3, classes["k"])


@pytest.mark.parametrize("name", ["iris", "breast_cancer", "digits", "imbalanced", "blobs"])
def test_every_part_has_its_share_of_each_class(name: str) -> None:
    data = datasets.load(name, {})
    (head,) = data.facts.heads
    shares = [
        np.bincount(p.y[head.name], minlength=max(2, head.units)) / len(p.x) for p in parts(data)
    ]
    # One row more or less is all that rounding allows, in each of two rounds.
    for part, share in zip(parts(data), shares, strict=True):
        np.testing.assert_allclose(share, shares[0], atol=2 / len(part.x))


@pytest.mark.parametrize("share", [0.05, 0.01, 0.3])
def test_the_imbalanced_share_is_what_was_asked(share: float) -> None:
    data = datasets.load("imbalanced", {"samples": 1000, "share": share})
    positive = sum(part.y["class"].sum() for part in parts(data))
    assert positive == round(1000 * share)


def test_outliers_are_as_many_as_asked() -> None:
    data = datasets.load("outliers", {"noise": 0.0, "share": 0.2})
    x = np.concatenate([p.x for p in parts(data)]) * data.scale + data.centre
    y = np.concatenate([p.y["number"] for p in parts(data)])
    assert (np.abs(y - (1 + 2 * x)) > 2.9).sum() == 200


@pytest.mark.parametrize("name", ["wine", "moons", "diabetes"])
def test_standardised_on_the_training_part_only(name: str) -> None:
    data = datasets.load(name, {})
    np.testing.assert_allclose(data.train.x.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(data.train.x.std(axis=0), 1, atol=1e-5)
    everything = np.concatenate([part.x for part in parts(data)])
    assert np.abs(everything.mean(axis=0)).max() > 1e-3
    assert np.abs(data.test.x.mean(axis=0)).max() > 1e-2


def test_centre_and_scale_give_the_own_units_back() -> None:
    data = datasets.load("iris", {})
    centimetres = data.train.x * data.scale + data.centre
    np.testing.assert_allclose(centimetres, np.round(centimetres, 1), atol=1e-5)
    assert 4.3 - 1e-4 <= centimetres[:, 0].min() < centimetres[:, 0].max() <= 7.9 + 1e-4


def test_a_constant_feature_becomes_zero() -> None:
    x, _, scale = standardise(np.full((4, 1), 3.0))
    assert (x == 0).all()
    assert scale == 1


def test_pictures_keep_their_values() -> None:
    data = datasets.load("digits", {})
    assert (data.train.x.min(), data.train.x.max()) == (0, 1)
    assert set(np.unique(data.train.x * 16)) == set(range(17))
    assert (data.centre.shape, data.scale.shape) == ((8, 8, 1), (8, 8, 1))


@pytest.mark.parametrize("name", OFFLINE)
def test_a_seed_decides_the_bytes(name: str) -> None:
    from datasets.make import make

    first, again, other = (
        digest(make(name, datasets.complete(name, {"seed": seed}))) for seed in (3, 3, 4)
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize("name", OFFLINE)
def test_another_split_has_the_same_rows_in_other_parts(name: str) -> None:
    def rows(split: int) -> list[np.ndarray]:
        data = datasets.load(name, {"split": split})
        return [part.x * data.scale + data.centre for part in parts(data)]

    usual, other = rows(0), rows(3)
    assert [len(part) for part in usual] == [len(part) for part in other]
    assert not np.allclose(usual[0], other[0])
    every, again = (np.sort(np.concatenate(found), axis=0) for found in (usual, other))
    np.testing.assert_allclose(every, again, atol=1e-3 * np.abs(every).max())


def test_the_largest_seed_has_splits_too() -> None:
    largest = PARAMETERS["moons"]["split"].high
    assert len(datasets.load("moons", {"seed": largest, "split": largest}).train.x) == 640


def test_shared_links_show_the_same_rows_after_an_upgrade() -> None:
    moons = datasets.load("moons", {}).train.x[0]
    np.testing.assert_allclose(moons, [0.2374513, 0.8046939], rtol=1e-5)
    spirals = datasets.load("spirals", {}).train.x[0]
    np.testing.assert_allclose(spirals, [1.3613629, -0.2687925], rtol=1e-5)


def test_arrays_are_cached_and_cannot_be_spoiled() -> None:
    data = datasets.load("moons", {"noise": 0})
    assert datasets.load("moons", {"samples": 1000, "noise": 0.0}) is data
    with pytest.raises(ValueError, match="read-only"):
        data.train.x[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        data.train.y["class"][0] = 0


@pytest.mark.filterwarnings("ignore:Stochastic Optimizer")  # 300 epochs is all it gets
@pytest.mark.parametrize("params", [{}, {"samples": 600}])
def test_spirals_can_be_learned(params: dict) -> None:
    data = datasets.load("spirals", params)
    net = MLPClassifier(
        (32, 32),
        "tanh",
        learning_rate_init=0.01,
        max_iter=300,
        n_iter_no_change=300,
        random_state=0,
    )
    net.fit(data.train.x, data.train.y["class"])
    assert net.score(data.test.x, data.test.y["class"]) > 0.95


@pytest.mark.parametrize("name", ["circles", "xor"])
def test_a_line_cannot_part_circles_or_xor(name: str) -> None:
    data = datasets.load(name, {})
    x = np.c_[data.train.x, np.ones(len(data.train.x))]
    sides = 2 * data.train.y["class"] - 1
    best, *_ = np.linalg.lstsq(x, sides, rcond=None)
    assert ((x @ best > 0) == (sides > 0)).mean() < 0.65


def test_malignant_is_the_positive_class() -> None:
    data = datasets.load("breast_cancer", {})
    (head,) = data.facts.heads
    assert head.names[1] == "malignant"
    assert sum(part.y["class"].sum() for part in parts(data)) == 212  # of 569, by the source


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("moons", {"samples": 3}, "samples must be a whole number from 100 to 5000, not 3"),
        ("moons", {"samples": 1e9}, "whole number"),
        ("moons", {"samples": True}, "whole number"),
        ("moons", {"noise": float("nan")}, "noise must be a number from 0.0 to 1.0, not nan"),
        ("moons", {"noise": "much"}, "not 'much'"),
        ("moons", {"seed": -1}, "seed must be"),
        ("moons", {"nose": 0.1}, "no parameter 'nose'; it has samples, noise, seed"),
        ("moon", {}, "no data set 'moon'; did you mean 'moons'?"),
        ("?", {}, "choose one of moons, circles"),
        ("blobs", {"centers": 2}, "from 3 to 6"),
        ("iris", {"samples": 100}, "it has seed"),
        ("imbalanced", {"samples": 100, "share": 0.01}, "'positive' would have only 1 of 100 rows"),
        (
            *("imbalanced", {"samples": 300, "validation": 0.05}),
            "only 15 of 300 rows, too few for training, validation and test: ask for more samples "
            "or a larger share or of validation rows, so that it has at least 20.",
        ),
        ("iris", {"validation": 0.6}, "validation must be a number from 0.05 to 0.5, not 0.6"),
    ],
)
def test_impossible_wishes_get_a_sentence(name: str, params: dict, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        datasets.load(name, params)


def test_the_catalog_says_what_the_data_sets_take() -> None:
    assert tuple(DATASETS) == datasets.NAMES
    for name, entry in DATASETS.items():
        assert entry.tasks == tuple(head.task for head in datasets.facts(name, {}).heads)
        assert ("pictures" in entry.traits) == (len(datasets.facts(name, {}).shape) == 3)
        assert all((entry.label, entry.sentence.endswith("."), entry.source, entry.needs))
        assert all(argument.sentence.endswith(".") for argument in entry.arguments), name


def test_labels_can_be_written_in_every_form_of_the_task() -> None:
    for name, entry in DATASETS.items():
        labels = entry.argument("labels")
        forms = FORMS[entry.tasks[0]]
        if len(entry.tasks) > 1 or len(forms) == 1:
            assert labels is None, name
        else:
            assert (labels.default, labels.options) == ("auto", ("auto", *forms)), name


def test_generating_functions_take_what_is_listed() -> None:
    from datasets.make import function

    for name in OFFLINE:
        listed = list(PARAMETERS[name])
        signature = list(inspect.signature(function(name)).parameters)
        own = [p for p in listed if p not in ("split", "validation")]  # split does that
        assert signature == (own if "samples" in listed else [])


@pytest.mark.parametrize(
    ("task", "units", "form", "wanted", "dtype"),
    [
        ("binary", 1, "0/1", [[0], [1], [1]], "float32"),
        ("binary", 1, "-1/1", [[-1], [1], [1]], "float32"),
        ("binary", 1, "int", [0, 1, 1], "int64"),
        ("binary", 1, "one-hot", [[1, 0], [0, 1], [0, 1]], "float32"),
        ("multiclass", 3, "int", [0, 1, 1], "int64"),
        ("multiclass", 3, "one-hot", [[1, 0, 0], [0, 1, 0], [0, 1, 0]], "float32"),
        ("regression", 1, "number", [[0], [1], [1]], "float32"),
    ],
)
def test_label_forms(task: str, units: int, form: str, wanted: list, dtype: str) -> None:
    encoded = encode(np.array([0, 1, 1]), task, units, form)
    np.testing.assert_array_equal(encoded, wanted)
    assert encoded.dtype == dtype


def test_labels_and_numbers_of_a_data_set_stay_as_they_are() -> None:
    for name, head in (("multilabel", "labels"), ("sine", "number")):
        known, y = datasets.facts(name, {}).heads[0], datasets.load(name, {}).train.y[head]
        encoded = encode(y, known.task, known.units, FORMS[known.task][0])
        np.testing.assert_array_equal(encoded, y)


def test_every_listed_form_encodes_and_no_other() -> None:
    y = np.array([[0, 1], [1, 0]])
    every = {form for forms in FORMS.values() for form in forms}
    for task, forms in FORMS.items():
        labels = y if task == "multilabel" else y[:, 0]
        for form in forms:
            assert len(encode(labels, task, 2, form)) == 2
        for form in every - set(forms):
            with pytest.raises(ValueError, match=f"{task} task cannot be given as '{form}'"):
                encode(labels, task, 2, form)


def test_datasets_load_neither_tensorflow_nor_streamlit() -> None:
    program = """
import json, sys, datasets
for name in datasets.NAMES: datasets.facts(name, {})
light = sorted({m.split('.')[0] for m in sys.modules})
for name in datasets.NAMES[:-1]: datasets.load(name, {}), datasets.source(name)
import datasets.fashion
print(json.dumps([light, sorted({m.split('.')[0] for m in sys.modules})]))
"""
    out = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    light, full = (set(modules) for modules in json.loads(out.stdout))
    assert not full & {"tensorflow", "keras", "streamlit", "distributed", "training"}
    assert "sklearn" not in light


def test_exported_source_makes_the_same_arrays_in_a_process_of_its_own(tmp_path: Path) -> None:
    program = ["from hashlib import sha256"]
    for name in OFFLINE:
        params = OTHER.get(name, {})
        program.append(script(name, params))
        for head in datasets.facts(name, params).heads:
            target = f'[head["{head.name}"] for head in (train[1], validation[1], test[1])]'
            if len(datasets.facts(name, params).heads) == 1:
                target = "[train[1], validation[1], test[1]]"
            form = "int" if head.task in {"binary", "multiclass"} else FORMS[head.task][0]
            program.append(
                f'y_{head.name} = [encode(y, "{head.task}", {head.units}, "{form}") for y in '
                f"{target}]"
            )
        targets = ", ".join(f"y_{h.name}[i]" for h in datasets.facts(name, params).heads)
        program += [
            f"a = [b for i in range(3) for b in (prepared[i], {targets})] + prepared[3:]",
            "print(sha256(b''.join(b.tobytes() for b in a)).hexdigest())",
        ]
    path = tmp_path / "script.py"
    path.write_text("\n".join(program))
    out = subprocess.run(
        [sys.executable, str(path)], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    wanted = [digest(datasets.load(name, OTHER.get(name, {}))) for name in OFFLINE]
    assert out.stdout.split() == wanted


def idx(array: np.ndarray) -> bytes:
    """The bytes of a packed idx file of uint8."""
    head = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    return gzip.compress(head + array.astype("uint8").tobytes())


@pytest.fixture
def clothes() -> dict[str, bytes]:
    """The four files as a server would send them, with 600 and 40 pictures."""
    random = np.random.RandomState(0)
    packed = {}
    for kind, rows in (("train", 600), ("t10k", 40)):
        packed[f"{kind}-labels-idx1-ubyte.gz"] = idx(np.arange(rows) % 10)
        packed[f"{kind}-images-idx3-ubyte.gz"] = idx(random.randint(0, 256, (rows, 28, 28)))
    return packed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of Keras; returns where Fashion-MNIST belongs in it."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr("keras.src.backend.config.keras_home", lambda: str(tmp_path))
    datasets._pictures.cache_clear()
    return tmp_path / "datasets" / "fashion-mnist"


def put(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


Download = Callable[[str, str, object], None]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Callable[[Download], list[str]]:
    """Let a function stand for the internet; returns the list of names that are asked for."""

    def serve(download: Download) -> list[str]:
        asked = []

        def urlretrieve(url: str, target: str, hook: object) -> None:
            asked.append(url.rsplit("/", 1)[1])
            download(asked[-1], target, hook)

        monkeypatch.setattr("keras.src.utils.file_utils.urlretrieve", urlretrieve)
        return asked

    return serve


def test_fashion_mnist_is_read_from_the_files_of_keras(
    folder: Path, clothes: dict[str, bytes]
) -> None:
    put(folder, clothes)
    params = {"samples": 500, "seed": 2, "split": 3}
    data = datasets.load("fashion_mnist", params)
    assert data.facts == datasets.facts("fashion_mnist", params)
    assert [part.x.shape for part in parts(data)] == [(n, 28, 28, 1) for n in (320, 80, 100)]
    assert (data.train.x.min(), data.train.x.max()) == (0, 1)
    raw = gzip.decompress(clothes["train-images-idx3-ubyte.gz"])[16:]
    originals = {raw[i * 784 : (i + 1) * 784]: i % 10 for i in range(600)}
    for part in parts(data):
        for picture, label in zip(part.x, part.y["class"], strict=True):
            assert originals[np.round(picture * 255).astype("uint8").tobytes()] == label


def test_exported_fashion_mnist_is_the_same(folder: Path, clothes: dict[str, bytes]) -> None:
    put(folder, clothes)
    params = {"samples": 500, "seed": 2}
    names: dict = {}
    exec(script("fashion_mnist", params), names)
    data = datasets.load("fashion_mnist", params)
    for i, (part, pair) in enumerate(
        zip(parts(data), (names["train"], names["validation"], names["test"]), strict=True)
    ):
        np.testing.assert_array_equal(names["prepared"][i], part.x)
        np.testing.assert_array_equal(pair[1], part.y["class"])


def test_without_files_fashion_mnist_says_how_to_get_it(folder: Path) -> None:
    with pytest.raises(DataMissing, match=r"not on this computer yet.*choose digits"):
        datasets.load("fashion_mnist", {})
    assert datasets.facts("fashion_mnist", {}).rows == 2000


def test_damaged_files_are_named(folder: Path, clothes: dict[str, bytes]) -> None:
    images = bytearray(clothes["train-images-idx3-ubyte.gz"])
    images[len(images) // 2] ^= 255
    put(folder, clothes | {"train-images-idx3-ubyte.gz": bytes(images)})
    with pytest.raises(DataMissing, match="are damaged: delete that folder") as caught:
        datasets.load("fashion_mnist", {"samples": 500})
    assert str(folder) in str(caught.value)


def test_fetch_downloads_once(
    folder: Path,
    clothes: dict[str, bytes],
    server: Callable,
    capsys: pytest.CaptureFixture,
) -> None:
    from training.fashion import fetch

    asked = server(lambda name, target, hook: Path(target).write_bytes(clothes[name]))
    fetch()
    fetch()
    assert sorted(asked) == sorted(FILES)
    assert len(datasets.load("fashion_mnist", {"samples": 500}).train.x) == 320
    assert capsys.readouterr().out == ""


def fail(error: Exception) -> Download:
    def download(name: str, target: str, hook: object) -> None:
        Path(target).write_bytes(b"\x1f\x8b half")
        raise error

    return download


def page(name: str, target: str, hook: object) -> None:
    Path(target).write_bytes(b"<html>Please log in to this network</html>")


@pytest.mark.parametrize(
    ("download", "words"),
    [
        (fail(urllib.error.URLError(socket.gaierror(-2, "Name not known"))), "no connection. Con"),
        (fail(urllib.error.URLError(ConnectionRefusedError(111, "refused"))), "no connection. Con"),
        (fail(TimeoutError("timed out")), "no connection. Connect once"),
        (fail(ConnectionResetError(104, "reset")), "no connection. Connect once"),
        (fail(urllib.error.HTTPError("u", 503, "no", None, None)), "server answered 503. Wait"),
        (fail(urllib.error.ContentTooShortError("short", b"")), "the connection broke off. Con"),
        (fail(OSError(errno.ENOSPC, "No space left on device")), "No space left on device). Free"),
        (page, "what arrived was not Fashion-MNIST. Connect once"),
    ],
)
def test_a_failed_download_is_one_sentence_and_the_next_try_works(
    download: Download, words: str, folder: Path, clothes: dict[str, bytes], server: Callable
) -> None:
    from training.fashion import fetch

    before = socket.getdefaulttimeout()
    server(download)
    with pytest.raises(DataMissing) as caught:
        fetch()
    assert words in str(caught.value)
    assert str(caught.value).startswith("Fashion-MNIST is not on this computer yet and could not")
    assert str(caught.value).endswith("or choose digits, which comes with the app.")
    assert socket.getdefaulttimeout() == before

    server(lambda name, target, hook: Path(target).write_bytes(clothes[name]))
    fetch()
    assert len(datasets.load("fashion_mnist", {"samples": 500}).train.x) == 320


@pytest.mark.parametrize("broken", FILES)
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.6, 0.99])
def test_a_file_that_broke_off_is_fetched_again(
    broken: str, kept: float, folder: Path, clothes: dict[str, bytes], server: Callable
) -> None:
    from training.fashion import fetch

    put(folder, clothes | {broken: clothes[broken][: int(kept * len(clothes[broken]))]})
    assert not whole(folder / broken)
    asked = server(lambda name, target, hook: Path(target).write_bytes(clothes[name]))
    fetch()
    assert asked == [broken]
    assert (folder / broken).read_bytes() == clothes[broken]


def test_two_workers_share_one_download(
    folder: Path, clothes: dict[str, bytes], server: Callable
) -> None:
    from training.fashion import fetch

    second_started = threading.Event()

    def download(name: str, target: str, hook: object) -> None:
        second_started.wait(10)
        Path(target).write_bytes(clothes[name])

    asked = server(download)

    def second_worker() -> None:
        second_started.set()
        fetch()

    first = threading.Thread(target=fetch)
    second = threading.Thread(target=second_worker)
    first.start()
    second.start()
    first.join(30)
    second.join(30)
    assert not first.is_alive()
    assert not second.is_alive()
    assert sorted(asked) == sorted(FILES)


def test_a_home_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training.fashion import fetch

    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "file"))
    with pytest.raises(
        DataMissing, match=r"cannot be written\. Free some space, or set KERAS_HOME"
    ):
        fetch()
