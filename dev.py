#!/usr/bin/env python3
"""Everything a developer or a machine does with this checkout: run, test, check, bench, build. Standard library only."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
QT_LIBRARIES = """
libglib2.0-0 libegl1 libgl1 libx11-6 libdbus-1-3 libfontconfig1 libxkbcommon0 libxcb-cursor0 libxcb-icccm4
libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
""".split()  # noqa: SIM905
PYTHONS = ((3, 11), (3, 14))  # from, below: what PySide6 6.9.3 has wheels for
ROOM = 8 << 30  # bytes: the tests' files take two thousand million
PARTS = ("db", "huajie_desktop", "ui", "resources")
QT_TRIAL = "import PySide6.QtWidgets, PySide6.QtSvg, PySide6.QtPrintSupport"


def say(text: str) -> None:
    """Speaks on standard error, so that standard output belongs to the program alone."""
    print(text, file=sys.stderr, flush=True)


def python_of(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    return environment / ("Scripts/python.exe" if WINDOWS else "bin/python")


def set_up(lock: str = "requirements.lock", folder: str = ".venv") -> Path:
    """Makes the environment with exactly the packages of the lock file; quick when nothing changed. Returns its Python."""
    if not PYTHONS[0] <= sys.version_info[:2] < PYTHONS[1]:
        sys.exit(f"需要 Python 3.11 至 3.13，现在是 {sys.version.split()[0]}。请从 python.org 安装后再运行。")
    environment, wanted = ROOT / folder, ROOT / lock
    python, stamp = python_of(environment), environment / f"{lock}.sha256"
    digest = hashlib.sha256(wanted.read_bytes()).hexdigest()
    if not python.exists():
        say(f"建立运行环境 {folder} …")
        venv.create(environment, with_pip=True)
    if not stamp.exists() or stamp.read_text() != digest:
        say(f"安装 {lock} 中锁定的程序包 …")
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", wanted]
        subprocess.run(command, check=True, stdout=sys.stderr)
        stamp.write_text(digest)
    subprocess.run([python, "-m", "compileall", "-q", *PARTS], cwd=ROOT, stdout=subprocess.DEVNULL)  # for a quick start
    return python


def set_up_qt(python: Path) -> None:
    """Sees that Qt can load; installs its system libraries on Debian with root, else says which command does."""
    marker = python.parent.parent / "qt-loads"
    if marker.exists():
        return
    if not _qt_loads(python) and sys.platform.startswith("linux"):
        command = ["apt-get", "install", "-y", "--no-install-recommends", *QT_LIBRARIES]
        if shutil.which("apt-get") and os.geteuid() == 0:
            say("安装 Qt 需要的系统库 …")
            subprocess.run(["apt-get", "update", "-q"], stdout=sys.stderr, check=False)
            subprocess.run(command, check=True, stdout=sys.stderr, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        else:
            sys.exit("缺少 Qt 需要的系统库。请让管理员执行：\n  sudo " + " ".join(command))
    if not _qt_loads(python):
        sys.exit("Qt 无法加载，程序不能启动。请把上面的错误信息交给管理员。")
    marker.touch()


def _qt_loads(python: Path) -> bool:
    return subprocess.run([python, "-c", QT_TRIAL], capture_output=True).returncode == 0


def run(arguments: list[str]) -> int:
    """The program, with whatever was said after `run`; without a display the demo, into out/."""
    python = set_up()
    if arguments:
        if arguments[0] == "demo":
            set_up_qt(python)
        return subprocess.run([python, "-m", "huajie_desktop", *arguments], env=_environment()).returncode
    set_up_qt(python)
    if WINDOWS or sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return subprocess.run([python, "-m", "huajie_desktop"], env=_environment()).returncode
    say("没有显示器：改为用演示数据在 out/ 里完成一遍主要工作。")
    return subprocess.run([python, "-m", "huajie_desktop", "demo", "--out", str(ROOT / "out")], env=_environment()).returncode


def _environment() -> dict[str, str]:
    """The program finds its packages from any folder and always speaks UTF-8."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def check() -> int:
    """Lint and types."""
    python = set_up("requirements-dev.lock")
    steps = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"])
    return max(subprocess.run([python, "-m", *step], cwd=ROOT).returncode for step in steps)


def test(arguments: list[str]) -> int:
    """Lint, types, and every test; arguments go to pytest."""
    python = set_up("requirements-dev.lock")
    set_up_qt(python)
    if not arguments and (failed := check()):
        return failed
    environment = {**_environment(), "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    if arguments:
        return subprocess.run([python, "-m", "pytest", *arguments], cwd=ROOT, env=environment).returncode
    workers = ["-n", "auto", "--dist", "worksteal"]
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:  # every commit waits for the disk where there is one
        return subprocess.run(
            [python, "-m", "pytest", *workers], cwd=ROOT, env={**environment, "PYTEST_DEBUG_TEMPROOT": folder}
        ).returncode


def _memory() -> Path | None:
    """Where files lie in memory and there is room for those of all tests; None where there is no such place."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM else None


def bench(arguments: list[str]) -> int:
    """The measures, each beside its peer in the same run; pandas lives in an environment of its own."""
    python = set_up("requirements-dev.lock")
    set_up_qt(python)
    peer = set_up("requirements-bench.lock", ".venv-bench")
    environment = {**_environment(), "QT_QPA_PLATFORM": "offscreen", "BENCH_PEER_PYTHON": str(peer)}
    return subprocess.run([python, "-m", "tests.bench", *arguments], cwd=ROOT, env=environment).returncode


def distort(arguments: list[str]) -> int:
    """Correct sheets, distorted in three ways at a time and read back: a table of what came out otherwise and was not told."""
    python = set_up("requirements-dev.lock")
    return subprocess.run([python, "-m", "tests.distorting", *arguments], cwd=ROOT, env=_environment()).returncode


def torture(arguments: list[str]) -> int:
    """Kills, full disks, errors of the disk and flipped bits for so many minutes, and the counts of what they did."""
    python = set_up("requirements-dev.lock")
    return subprocess.run([python, "-m", "tests.torture", *arguments], cwd=ROOT, env=_environment()).returncode


def build() -> int:
    """The frozen program in dist/, which must pass its own self-test."""
    python = set_up("requirements-dev.lock")
    set_up_qt(python)
    made = subprocess.run([python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"], cwd=ROOT)
    if made.returncode:
        return made.returncode
    program = ROOT / "dist" / "huajie-desktop" / ("huajie-command.exe" if WINDOWS else "huajie-command")
    return subprocess.run([program, "--self-test"], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}).returncode


def main() -> int:
    """Reads the command line; what follows `run`, `test`, `bench`, `torture` and `distort` is passed on."""
    commands = {"run": run, "test": test, "check": check, "bench": bench, "torture": torture, "distort": distort, "build": build}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=commands, help="arguments after run, test, bench, torture and distort are passed on")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    said = parser.parse_args()
    if said.command in ("run", "test", "bench", "torture", "distort"):
        return commands[said.command](said.arguments)
    return commands[said.command]()


if __name__ == "__main__":
    sys.exit(main())
