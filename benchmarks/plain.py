"""Plain `model.fit` on arrays, as anyone writes it; prints seconds of W1's runs as JSON.

`python -m benchmarks.plain EPOCHS [OPTIMIZER ...]`: for each position in workloads.SIX one model,
compiled and fitted; imports are not counted.
"""

import json
import sys
import time

import keras

import datasets
from benchmarks.workloads import SIX, w1
from datasets.labels import encode
from training import build


def measure(optimizer: int, epochs: int) -> dict[str, float]:
    """Seconds of building, compiling and the first epoch, and of each epoch after it."""
    e = w1(0, SIX[optimizer], 1 + epochs)
    data = datasets.load(e.dataset.name, e.data_params)
    head = e.facts.heads[0]
    parts = (data.train, data.validation)
    y, y_val = (encode(part.y[head.name], head.task, head.units, "0/1") for part in parts)
    clocks = [(time.perf_counter(), time.process_time())]
    model = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=build.optimizer(e.compile.optimizer),
        loss="binary_crossentropy",
        metrics=["binary_accuracy"],
    )
    for count in (1, epochs):
        model.fit(
            data.train.x,
            y,
            batch_size=32,
            epochs=count,
            validation_data=(data.validation.x, y_val),
            verbose=0,
        )
        clocks.append((time.perf_counter(), time.process_time()))
    (wall, cpu), (wall_1, cpu_1), (wall_2, cpu_2) = clocks
    return {
        "first_wall": wall_1 - wall,
        "first_cpu": cpu_1 - cpu,
        "epoch_wall": (wall_2 - wall_1) / epochs,
        "epoch_cpu": (cpu_2 - cpu_1) / epochs,
    }


def main() -> None:
    """One optimizer after the other, in one process."""
    epochs, *which = map(int, sys.argv[1:])
    print(json.dumps([measure(optimizer, epochs) for optimizer in which or range(len(SIX))]))


if __name__ == "__main__":
    main()
