"""The Chromium that browser tests drive: where it is, and how to get one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


def find() -> str | None:
    """Path of the browser named by CHROMIUM, else the system's, else Playwright's own; or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    system = next((path for path in map(shutil.which, NAMES) if path), None)
    return system or _of_playwright()


def install() -> None:
    """Get a Chromium: Debian's when that is allowed, otherwise Playwright's own.

    Raises subprocess.CalledProcessError when neither can be had.
    """
    if _may_use_apt():
        apt = ["apt-get", "-o", "DPkg::Lock::Timeout=120"]
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        update = subprocess.run([*apt, "update"], env=quiet)
        command = [*apt, "install", "-y", "--no-install-recommends", "chromium"]
        if update.returncode == 0 and subprocess.run(command, env=quiet).returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _may_use_apt() -> bool:
    release = Path("/etc/os-release")
    # Ubuntu's package of that name is only a pointer to a snap.
    debian = release.exists() and "ID=debian" in release.read_text().splitlines()
    return debian and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__" and not find():
    install()
