"""What is known of each data set without making it: shape, features, heads, rows."""

from collections.abc import Iterable, Mapping

from datasets.data import Facts, Head
from datasets.parameters import complete

PLANE = ("x1", "x2")

IRIS = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
WINE = (
    *("alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols"),
    *("flavanoids", "nonflavanoid phenols", "proanthocyanins", "colour intensity", "hue"),
    *("od280/od315 of diluted wines", "proline"),
)
NUCLEUS = (
    *("radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity"),
    *("concave points", "symmetry", "fractal dimension"),
)
BREAST_CANCER = (
    *(f"mean {part}" for part in NUCLEUS),
    *(f"{part} error" for part in NUCLEUS),
    *(f"worst {part}" for part in NUCLEUS),
)
DIABETES = (
    *("age", "sex", "body mass index", "blood pressure", "total cholesterol", "LDL", "HDL"),
    *("cholesterol / HDL", "log triglycerides", "blood sugar"),
)
CLOTHES = (
    *("T-shirt/top", "trouser", "pullover", "dress", "coat"),
    *("sandal", "shirt", "sneaker", "bag", "ankle boot"),
)


def facts(name: str, params: Mapping[str, int | float]) -> Facts:
    """Facts of a data set, cheap and without arrays; ValueError as `complete` raises it."""
    full = complete(name, params)
    features = _features(name, full)
    heads, rows = _heads(name, full), _rows(name, full)
    return Facts(_shape(name, features), features, heads, rows, full["validation"])


def _features(name: str, full: Mapping[str, int | float]) -> tuple[str, ...]:
    match name:
        case "iris":
            return IRIS
        case "wine":
            return WINE
        case "breast_cancer":
            return BREAST_CANCER
        case "diabetes":
            return DIABETES
        case "digits" | "fashion_mnist":
            return ()
        case "linear" if full["features"] > 1:
            return tuple(f"x{i + 1}" for i in range(full["features"]))
        case "linear" | "sine" | "outliers":
            return ("x",)
    return PLANE


def _shape(name: str, features: tuple[str, ...]) -> tuple[int, ...]:
    pictures = {"digits": (8, 8, 1), "fashion_mnist": (28, 28, 1)}
    return pictures.get(name, (len(features),))


def _rows(name: str, full: Mapping[str, int | float]) -> int:
    bundled = {"iris": 150, "wine": 178, "breast_cancer": 569, "digits": 1797, "diabetes": 442}
    return bundled.get(name) or full["samples"]


def _heads(name: str, full: Mapping[str, int | float]) -> tuple[Head, ...]:
    match name:
        case "moons":
            return (_binary("upper moon", "lower moon"),)
        case "circles":
            return (_binary("outer circle", "inner circle"),)
        case "spirals":
            return (_binary("first arm", "second arm"),)
        case "xor":
            return (_binary("signs differ", "signs agree"),)
        case "imbalanced":
            return (_binary("negative", "positive"),)
        case "breast_cancer":
            return (_binary("benign", "malignant"),)
        case "blobs":
            return (_classes(f"blob {i + 1}" for i in range(full["centers"])),)
        case "iris":
            return (_classes(("setosa", "versicolor", "virginica")),)
        case "wine":
            return (_classes(("grower 1", "grower 2", "grower 3")),)
        case "digits":
            return (_classes(map(str, range(10))),)
        case "fashion_mnist":
            return (_classes(CLOTHES),)
        case "multilabel":
            labels = ("left circle", "right circle", "top circle")
            return (Head("labels", "multilabel", 3, labels),)
        case "two_output":
            return (_binary("upper moon", "lower moon", head="kind"), _number("amount", "distance"))
        case "diabetes":
            return (_number("number", "progression (hundreds)"),)
    return (_number("number", "y"),)


def _binary(zero: str, one: str, head: str = "class") -> Head:
    return Head(head, "binary", 1, (zero, one))


def _classes(names: Iterable[str]) -> Head:
    names = tuple(names)
    return Head("class", "multiclass", len(names), names)


def _number(head: str, name: str) -> Head:
    return Head(head, "regression", 1, (name,))
