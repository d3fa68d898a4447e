#!/usr/bin/env python3
"""Sets up, shows and tests Topbox; needs nothing but Python 3.11 or newer.

    python3 run.py demo [--port N]     set up and run with demo data; Ctrl-C ends it
    python3 run.py test [ARGUMENTS]    set up and pass all tests; arguments go to pytest
    python3 run.py setup               only set up
    python3 run.py screenshots         take the pictures of the README again
    python3 run.py lock [ARGUMENTS]    renew the lock files; arguments go to uv (--upgrade)
    python3 run.py help                this text

What it installs goes into .venv, what the demo writes into var/demo; remove either to begin anew.
"""

# Python 3.8 can read this file, so that an old Python gets a sentence and not a SyntaxError.
from __future__ import annotations

import argparse
import contextlib
import hashlib
import http.client
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from ctypes.util import find_library
from pathlib import Path
from typing import Callable, Iterable, Iterator, NamedTuple  # noqa: UP035 (for Python 3.8)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATE = ROOT / "var"

OLDEST = (3, 11)
LOCKS = (ROOT / "requirements.txt",)
TEST_LOCKS = (*LOCKS, ROOT / "requirements-test.txt")
PORTS = range(8000, 8100)
MANAGER = "brew" if sys.platform == "darwin" else "apt"


class Failure(Exception):
    """What this program cannot mend; the message is the sentence for the reader."""


# The commands


def demo(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py demo")
    parser.add_argument("--port", type=int, metavar="N", help="default: the first free from 8000")
    parser.add_argument("--directory", type=Path, default=STATE / "demo", help="default: var/demo")
    options = parser.parse_args(arguments)
    with reserve_port(options.port) as listener:
        set_up(LOCKS, PDF_NEEDS)
        environment = demo_environment(options.directory.resolve(), listener)
        links = f"{prepare_demo(environment)}\n{draw_real_example(environment)}"
        with Servers(environment, listener) as servers:
            say(f"\nTopbox runs at {environment['BASE_URL']} (Ctrl-C ends it).\n\n{links}")
            servers.watch(until=lambda: False)
    say("\nTopbox has stopped.")
    return 0


def test(arguments: list[str]) -> int:
    set_up(TEST_LOCKS, PDF_NEEDS + TEST_NEEDS)
    environment = {"REQUIRE_PDF": "1", **os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    steps = {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
        "pytest": ["-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments],
    }
    codes = {name: timed(name, command, environment) for name, command in steps.items()}
    failed = [name for name, code in codes.items() if code]
    say(f"\nFailed: {', '.join(failed)}." if failed else "\nAll passed.")
    return codes[failed[0]] if failed else 0


def setup(arguments: list[str]) -> int:
    set_up(LOCKS, PDF_NEEDS)
    return 0


def screenshots(arguments: list[str]) -> int:
    set_up(TEST_LOCKS, PDF_NEEDS + TEST_NEEDS)
    with reserve_port(None) as listener:
        environment = demo_environment(STATE / "screenshots", listener)
        prepare_demo(environment)
        with Servers(environment, listener):
            command = ["-m", "tests.screenshots", *arguments]
            return timed("screenshots", command, {**os.environ, **environment})


def lock(arguments: list[str]) -> int:
    set_up(LOCKS, ())
    if find_uv() is None:
        with step("Installing uv into .venv"):
            captured([*pip_install(), "uv"])
    for target in TEST_LOCKS:
        source = target.with_suffix(".in").name
        options = ["--universal", "--generate-hashes", f"--python-version={dotted(OLDEST)}"]
        options += ["--custom-compile-command=python3 run.py lock", f"--output-file={target.name}"]
        with step(f"Resolving {source}"):
            captured([find_uv(), "pip", "compile", "--quiet", *options, *arguments, source])
    return 0


# Telling what happens, and running other programs


def say(text: str) -> None:
    print(text, flush=True)


@contextlib.contextmanager
def step(doing: str) -> Iterator[None]:
    """Print what is being done and, behind it, the seconds it took."""
    print(f"{doing} …", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    finally:
        say(f" {time.monotonic() - began:.1f} s")


def timed(name: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Run a step whose output is to be seen; return its exit code."""
    say(f"\n== {name}")
    began = time.monotonic()
    code = subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment, check=False).returncode
    say(f"== {name} {'failed' if code else 'passed'} in {time.monotonic() - began:.1f} s")
    return code


def captured(command: list, environment: dict[str, str] | None = None) -> str:
    """Run a command and return what it printed; a failure shows the end of that."""
    options = {"cwd": ROOT, "env": environment, "stdin": subprocess.DEVNULL, "errors": "replace"}
    done = subprocess.run(command, capture_output=True, check=False, **options)
    if done.returncode:
        shown = " ".join(map(str, command))
        raise Failure(f"{last_lines(done.stdout + done.stderr)}\nThis command failed: {shown}")
    return done.stdout


def succeeds(command: list) -> bool:
    """Whether a command ends well; a name on PATH may be missing, or a shim that only complains."""
    with contextlib.suppress(OSError, Failure):
        captured(command)
        return True
    return False


def last_lines(text: str) -> str:
    return "\n".join(text.splitlines()[-15:])


def dotted(version: tuple) -> str:
    return f"{version[0]}.{version[1]}"


# A new enough Python


def continue_on_newer_python() -> None:
    """Replace this process by one on a new enough Python, or say what to install."""
    new_enough = ["-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]
    names = [f"python3.{minor}" for minor in range(19, OLDEST[1] - 1, -1)]
    python = next((name for name in names if succeeds([name, *new_enough])), None) or uv_python()
    if python is None:
        raise Failure(python_sentence(sys.platform, sys.version_info))
    os.execvp(python, [python, __file__, *sys.argv[1:]])


def uv_python() -> str | None:
    uv = find_uv()
    if uv and succeeds([uv, "python", "install", "3.12"]):
        return captured([uv, "python", "find", "--no-project", "3.12"]).strip()
    return None


def python_sentence(system: str, version: tuple) -> str:
    brew, apt = "brew install python@3.13", "sudo apt-get install python3.11 python3.11-venv"
    return (
        f"Topbox needs Python {dotted(OLDEST)} or newer and this is {dotted(version)}: install one "
        f"(for example: {brew if system == 'darwin' else apt}), then start run.py again."
    )


# The virtual environment


def set_up(locks: tuple[Path, ...], needs: tuple[Need, ...]) -> None:
    with only_one_set_up():
        install_packages_of_system(packages_of(missing_of(needs), MANAGER))
        if not VENV.is_symlink():  # A linked environment belongs to whoever linked it.
            make_environment()
            install_requirements(locks)
        if BROWSER in needs and not is_here(BROWSER.name):
            with step("Fetching Chromium for the browser tests"):
                succeeds([PYTHON, "-m", "playwright", "install", "chromium"])
    if missing_of(needs):
        say(missing_sentence(missing_of(needs), MANAGER))


@contextlib.contextmanager
def only_one_set_up() -> Iterator[None]:
    """A second set-up would take the environment of the first for a half-made one."""
    import fcntl  # Not on Windows, which main() turns away with a sentence.

    STATE.mkdir(exist_ok=True)
    with (STATE / "set-up.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    if is_usable_environment():
        return
    if VENV.exists():
        say("The virtual environment in .venv is half-made or broken and is made anew.")
        shutil.rmtree(VENV)
    command = environment_command()
    with step("Making a virtual environment in .venv"), mark_unfinished():
        captured(command)


def is_usable_environment() -> bool:
    """Whether .venv is complete and its Python still the one that its packages are for."""
    has_packages = "import os, sysconfig as s; assert os.path.isdir(s.get_path('purelib'))"
    return not (VENV / "unfinished").exists() and succeeds([PYTHON, "-c", has_packages])


@contextlib.contextmanager
def mark_unfinished() -> Iterator[None]:
    """Leave a mark in .venv unless the work within comes to its end."""
    VENV.mkdir(exist_ok=True)
    (VENV / "unfinished").touch()
    yield
    (VENV / "unfinished").unlink()


def environment_command() -> list:
    if find_uv():
        return [find_uv(), "venv", "--allow-existing", "--python", sys.executable, VENV]
    package = f"python{dotted(sys.version_info)}-venv"  # Debian splits ensurepip off.
    if not has_module("ensurepip"):
        install_packages_of_system([package])
    if has_module("ensurepip"):
        return [sys.executable, "-m", "venv", VENV]
    if has_module("pip"):
        return [sys.executable, "-m", "venv", "--without-pip", VENV]
    raise Failure(
        "This Python cannot make virtual environments: run "
        f"sudo apt-get install {package}, then start run.py again."
    )


def has_module(name: str) -> bool:
    importlib.invalidate_caches()
    return getattr(importlib.util.find_spec(name), "origin", None) is not None


def install_requirements(locks: tuple[Path, ...]) -> None:
    stamp_file = VENV / "installed"
    wanted = stamp(locks)
    if stamp_file.exists() and wanted <= set(stamp_file.read_text().splitlines()):
        return
    with step("Installing the Python packages"), mark_unfinished():
        captured([*pip_install(), "--require-hashes", *(f"--requirement={file}" for file in locks)])
        stamp_file.write_text("\n".join(sorted(wanted)) + "\n")


def stamp(locks: tuple[Path, ...]) -> set[str]:
    """A line for each lock file, another one when a byte of the file changes."""
    return {f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in locks}


def pip_install() -> list:
    if find_uv():
        return [find_uv(), "pip", "install", "--python", PYTHON]
    if succeeds([PYTHON, "-m", "pip", "--version"]):
        return [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    return [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--no-input"]


def find_uv() -> str | None:
    candidates = (shutil.which("uv"), str(VENV / "bin" / "uv"))
    return next((uv for uv in candidates if uv and succeeds([uv, "--version"])), None)


# What the system must bring


class Need(NamedTuple):
    """Something outside .venv: what for, the name to look for, the packages that bring it."""

    purpose: str
    name: str
    apt: str
    brew: str = ""


PDF_NEEDS = (
    Need("PDF reports", "pango-1.0", "libpango-1.0-0", "pango"),
    Need("PDF reports", "pangoft2-1.0", "libpangoft2-1.0-0", "pango"),
    Need("PDF reports", "harfbuzz-subset", "libharfbuzz-subset0", "harfbuzz"),
    Need("Chinese PDF reports", "NotoSansCJK", "fonts-noto-cjk"),
)
BROWSER = Need("browser tests", "chromium", "chromium")
TEST_NEEDS = (
    BROWSER,
    Need("translation tests", "msgfmt", "gettext", "gettext"),
    Need("PDF tests", "pdftotext", "poppler-utils", "poppler"),
    Need("PDF tests", "qpdf", "qpdf", "qpdf"),
    Need("durability tests", "strace", "strace"),
)


def missing_of(needs: tuple[Need, ...]) -> list[Need]:
    return [need for need in needs if getattr(need, MANAGER) and not is_here(need.name)]


def is_here(name: str) -> bool:
    """Whether a program, a library, a font or a browser fetched by Playwright has this name."""
    fonts = Path("/usr/share/fonts").rglob(f"{name}*")
    caches = (Path.home() / ".cache", Path.home() / "Library" / "Caches")
    browsers = (found for cache in caches for found in cache.glob(f"ms-playwright/{name}-*"))
    return bool(shutil.which(name) or find_library(name) or any(fonts) or any(browsers))


def packages_of(needs: Iterable[Need], manager: str) -> list[str]:
    return list(dict.fromkeys(getattr(need, manager) for need in needs))


def install_packages_of_system(packages: list[str]) -> None:
    """Install what can be had, if it may be done without being asked for a password."""
    command = install_command(MANAGER) if packages else None
    if command is None:
        return
    with step(f"Installing {', '.join(packages)}"):
        if not succeeds([*command, *packages]) and MANAGER == "apt":
            succeeds([*command[:-1], "update"])
            known = [name for name in packages if succeeds(["apt-cache", "show", name])]
            succeeds([*command, *known])


def install_command(manager: str) -> list[str] | None:
    if manager == "brew":
        return ["brew", "install"] if shutil.which("brew") and os.geteuid() else None
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "--no-install-recommends"]
    may = shutil.which("apt-get") and succeeds([*rights, "true"])
    return [*rights, *apt, "install"] if may else None


def missing_sentence(needs: Iterable[Need], manager: str) -> str:
    purposes = ", ".join(dict.fromkeys(need.purpose for need in needs))
    line = "brew install" if manager == "brew" else "(on Debian) sudo apt-get install"
    packages = " ".join(packages_of(needs, manager))
    return f"Going on without {purposes}; to have them, run: {line} {packages}"


# The demo


def reserve_port(wanted: int | None) -> socket.socket:
    """Take the port at once: it is announced long before the server starts."""
    ports = PORTS if wanted is None else {wanted} & set(range(1, 65536))
    for port in ports:
        with contextlib.suppress(OSError):
            return socket.create_server(("127.0.0.1", port))
    taken = "None of the ports from 8000 on" if wanted is None else f"Port {wanted}"
    raise Failure(f"{taken} is not free: name another one with --port N.")


def demo_environment(directory: Path, listener: socket.socket) -> dict[str, str]:
    """The demo's settings; those of the caller's shell stay outside."""
    os.umask(0o077)  # The password, the secret key and the logs are nobody else's business.
    directory.mkdir(parents=True, exist_ok=True)
    secret_key = directory / "secret-key"
    if not secret_key.exists():
        secret_key.write_text(secrets.token_urlsafe(50))
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "DYLD_FALLBACK_LIBRARY_PATH")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "BASE_URL": f"http://127.0.0.1:{listener.getsockname()[1]}",
        "DATA_DIR": str(directory),
        "ORGANISATION_NAME": "Northlight Appliances",
        "SECRET_KEY": secret_key.read_text(),
    }


def prepare_demo(environment: dict[str, str]) -> str:
    """Bring tables, static files and demo data up to date; return the lines to show."""
    password_file = Path(environment["DATA_DIR"]) / "password"
    commands = {
        "Preparing the database": ["migrate", "--noinput", "--verbosity=0"],
        "Collecting the static files": ["collectstatic", "--noinput", "--verbosity=0"],
        "Making the demo data": ["make_demo", "--if-empty", f"--password-file={password_file}"],
    }
    for doing, arguments in commands.items():
        with step(doing):
            printed = captured([PYTHON, "manage.py", *arguments], environment)
    if not password_file.exists():
        return f"{printed}Password: lost; remove {password_file.parent} to make the demo anew."
    return f"{printed}Password: {password_file.read_text().strip()} (kept in {password_file})"


def draw_real_example(environment: dict[str, str]) -> str:
    """Beside the invented answers the curve of real ones that come with statsmodels."""
    drawing = Path(environment["DATA_DIR"]) / "fair-1978.pdf"
    if not drawing.exists() and not missing_of(PDF_NEEDS):
        with step("Drawing the curve of a real example"):
            example = ["analyse", "--example", "fair", f"--pdf={drawing}"]
            captured([PYTHON, "manage.py", *example], environment)
    command = ".venv/bin/python manage.py analyse --example fair"
    return f"Real answers (Fair 1978): {drawing if drawing.exists() else command}"


class Servers:
    """The web server and the worker, each leading a process group of its own."""

    def __init__(self, environment: dict[str, str], listener: socket.socket) -> None:
        self.environment, self.listener = environment, listener
        self.children, self.signals = {}, []

    def __enter__(self) -> Servers:
        # A signal is noted and looked at between two steps, so that no child starts unseen.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, frame: self.signals.append(received))
        bind = f"--bind=fd://{self.listener.fileno()}"
        try:
            with step("Starting the web server and the worker"):
                self.start("worker", "manage.py", "run_jobs")
                self.start("web", "-m", "gunicorn", "--config=config/gunicorn.py", bind)
                self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop()

    def start(self, name: str, *arguments: str) -> None:
        with self.log_of(name).open("wb") as log:
            self.children[name] = subprocess.Popen(
                [PYTHON, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[self.listener.fileno()],
                start_new_session=True,
            )

    def log_of(self, name: str) -> Path:
        return Path(self.environment["DATA_DIR"]) / f"{name}.log"

    def wait_until_ready(self) -> None:
        patience = time.monotonic() + 60
        self.watch(until=lambda: self.are_ready() or time.monotonic() > patience)
        if time.monotonic() > patience:
            raise Failure(f"Not ready after a minute: {self.log_of('web')} may say why.")

    def are_ready(self) -> bool:
        connection = http.client.HTTPConnection(*self.listener.getsockname(), timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def watch(self, until: Callable[[], bool]) -> None:
        """Wait for a signal or for what is named; a child that dies is a failure."""
        while not self.signals and not until():
            for name, child in self.children.items():
                if child.poll() is not None:
                    last = last_lines(self.log_of(name).read_text(errors="replace"))
                    raise Failure(f"{last}\nThe {name} process ended with these lines.")
            time.sleep(0.1)

    def stop(self) -> None:
        patience = time.monotonic() + 10
        self.signal_groups(signal.SIGTERM)
        while self.signal_groups(0) and time.monotonic() < patience:
            time.sleep(0.1)
        self.signal_groups(signal.SIGKILL)

    def signal_groups(self, number: int) -> int:
        """Send a signal to every process; say how many groups were there to take it."""
        return sum(send_to_group(child, number) for child in self.children.values())


def send_to_group(child: subprocess.Popen, number: int) -> bool:
    child.poll()  # Buries a dead child: until then its group counts as alive.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)
        return True
    return False


# The beginning


def main(arguments: list[str]) -> int:
    if os.name != "posix":
        return complain("Topbox runs on Linux and macOS; on Windows use the Linux subsystem.")
    commands = {command.__name__: command for command in (demo, test, setup, screenshots, lock)}
    name, *rest = arguments or ["help"]
    if name in ("help", "--help", "-h"):
        say(__doc__.strip())
        return 0
    if name not in commands:
        return complain(f"There is no command {name}; python3 run.py help names them.")
    sys.stdout.reconfigure(errors="replace")  # A terminal without "…" is no reason to stop.
    # Homebrew's libraries stand where macOS does not look.
    os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib")
    # uv trusts what the machine trusts, as pip does; the second name is that of older versions.
    for variable in ("UV_SYSTEM_CERTS", "UV_NATIVE_TLS"):
        os.environ.setdefault(variable, "1")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if sys.version_info < OLDEST:
            continue_on_newer_python()
        return commands[name](rest)
    except Failure as failure:
        return complain(str(failure))
    except KeyboardInterrupt:
        return complain("\nInterrupted.")


def complain(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
