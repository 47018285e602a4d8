"""What the figures were taken on."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

PACKAGES = ("keras", "tensorflow-cpu", "tensorflow", "numpy", "streamlit", "distributed", "plotly")


def machine() -> str:
    """Processor, cores and memory."""
    gigabytes = psutil.virtual_memory().total / 2**30
    system = f"{platform.system()} {platform.machine()}"
    return f"{_processor()}, {os.cpu_count()} cores, {gigabytes:.0f} GiB, {system}"


def versions() -> str:
    """Python and the packages that decide the figures."""
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found)


def load() -> str:
    """How many processes of others wanted a core in the last minute."""
    return f"{psutil.getloadavg()[0]:.1f}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor() or "unknown processor"
    lines = info.read_text().splitlines()
    return next((line.split(": ", 1)[1] for line in lines if line.startswith("model name")), "CPU")
