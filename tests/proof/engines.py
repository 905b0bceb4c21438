"""Real blog software under the live crawl: `python -m tests.proof.engines [FOLDER]`.

Without a folder it installs what is missing, as root: packages of the system with apt-get, Ghost with npm. With one it
also runs the crawl and prints the table of requests. Nothing else installs anything; a test only asks `missing`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDPRESS = Path("/usr/share/wordpress")  # where the package of Debian and Ubuntu puts it
GHOST_VERSION = "5.130.0"
GHOST = ROOT / "build/engines" / f"ghost-{GHOST_VERSION}"
READY = GHOST / ".ready"
# What must be there -> the packages that bring it.
PACKAGES = {
    "php": ["php-cli", "php-mysql"],
    "mariadbd": ["mariadb-server"],
    "hugo": ["hugo"],
    "node": ["nodejs"],
    "npm": ["npm"],
    "c++": ["build-essential"],
    str(WORDPRESS / "wp-load.php"): ["wordpress"],
    str(WORDPRESS / "wp-content/themes/twentytwentythree"): ["wordpress-theme-twentytwentythree"],
}
SCRIPT_TIMEOUT_S = 1_800


def program(name: str) -> str | None:
    """Where a program is, servers included; None if it is not installed."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin")


def missing() -> list[str]:
    """Names of the packages that are not installed; empty if the engines can be started."""
    absent = [name for name in PACKAGES if not (Path(name).exists() if name.startswith("/") else program(name))]
    packages = [package for name in absent for package in PACKAGES[name]]
    return packages if READY.exists() else [*packages, f"ghost@{GHOST_VERSION}"]


def install() -> None:
    """Install what is missing.

    Raises:
        subprocess.CalledProcessError: apt-get or npm failed; its output is on the terminal.
        PermissionError: packages of the system are missing and this user is not root.
    """
    packages = [name for name in missing() if not name.startswith("ghost@")]
    if packages:
        if os.geteuid():
            raise PermissionError(f"only root can install {' '.join(packages)}")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _run("apt-get", "update", env=environment)
        _run("apt-get", "install", "-y", "--no-install-recommends", *packages, env=environment)
    if not READY.exists():
        _install_ghost()


def _install_ghost() -> None:
    """Unpack Ghost and install its dependencies inside it, where the archive in its `components/` is found.

    Its peer dependencies contradict one another (`--legacy-peer-deps`), and of all install scripts only that of
    sqlite3 is needed, which compiles against the headers beside node where there are some. npm resolves development
    dependencies even if it leaves them out, and one of Ghost's is no package of the registry; so they are removed.
    """
    shutil.rmtree(GHOST, ignore_errors=True)
    GHOST.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=GHOST.parent) as folder:
        _run("npm", "pack", f"ghost@{GHOST_VERSION}", cwd=folder)
        _run("tar", "xzf", f"ghost-{GHOST_VERSION}.tgz", cwd=folder)
        (Path(folder) / "package").rename(GHOST)
    package = json.loads((GHOST / "package.json").read_text("utf-8"))
    package.pop("devDependencies", None)
    (GHOST / "package.json").write_text(json.dumps(package, indent=2), "utf-8")
    (GHOST / "yarn.lock").unlink(missing_ok=True)  # names them as well
    _run("npm", "install", "--omit=dev", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund", cwd=GHOST)
    prefix = Path(shutil.which("node")).resolve().parents[1]
    headers = {"npm_config_nodedir": str(prefix)} if (prefix / "include/node/node.h").exists() else {}
    _run("npm", "rebuild", "sqlite3", "--foreground-scripts", cwd=GHOST, env=os.environ | headers)
    READY.touch()


def _run(*words: str, **options: object) -> None:
    print("$", *words, flush=True)
    subprocess.run(words, check=True, timeout=SCRIPT_TIMEOUT_S, **options)


def main(folders: list[str]) -> int:
    """Install, and with a folder crawl as well."""
    try:
        install()
    except (OSError, subprocess.SubprocessError) as error:
        print(f"blog engines are not installed ({', '.join(missing())}): {error}", file=sys.stderr)
        return bool(folders)  # `make proof` goes on, and its test of the engines is skipped
    if folders:
        from tests.proof.engine_nights import table, two_nights
        from tests.proof.isolated import play

        folder = Path(folders[0]).resolve()
        folder.mkdir(parents=True)
        print(table(play(two_nights, folder, names=True, timeout_s=SCRIPT_TIMEOUT_S)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
