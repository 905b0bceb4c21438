"""WordPress, Ghost and Hugo with one blog each, on ports of 127.0.0.1; nothing is written outside the given folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import asdict
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.proof import engines
from tests.proof.engine_blogs import IMAGES, Blog, image

HERE = Path(__file__).parent
START_S = 180.0  # Ghost creates its tables at the first start
PASSWORD = "only-for-this-run-01"


@contextmanager
def wordpress(folder: Path, blog: Blog, port: int):
    """WordPress on PHP's own server, with a MariaDB of its own behind a socket in the folder."""
    root, data = folder / "root", folder / "db"
    root.mkdir()
    for source in engines.WORDPRESS.glob("*.php"):
        if source.name != "wp-config.php":
            shutil.copy(source, root)
    for part in ("wp-admin", "wp-includes"):
        (root / part).symlink_to(engines.WORDPRESS / part)
    (root / "wp-content/uploads").mkdir(parents=True)
    (root / "wp-content/themes").symlink_to(engines.WORDPRESS / "wp-content/themes")
    (root / IMAGES["wordpress"]).write_bytes(image())
    (root / "wp-config.php").write_text(_config(data / "socket"), "utf-8")
    (root / "router.php").write_text(
        "<?php $file = __DIR__ . urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));\n"
        "if (is_file($file)) { return false; }\nrequire __DIR__ . '/index.php';\n", "utf-8",
    )  # fmt: skip
    (folder / "blog.json").write_text(json.dumps(asdict(blog) | {"image": str(root / IMAGES["wordpress"])}), "utf-8")
    store = ["--no-defaults", "--user=root", f"--datadir={data}"]
    _run(folder, "mariadb-install-db", *store, "--skip-test-db", "--force")  # no name of this host in here
    words = [*store, f"--socket={data / 'socket'}", "--skip-networking", "--skip-grant-tables"]
    with _running(folder, engines.program("mariadbd"), *words) as database:
        _wait(database, (data / "socket").exists)
        _run(folder, "mariadb", "--no-defaults", f"--socket={data / 'socket'}", "--execute=CREATE DATABASE wordpress")
        _run(folder, "php", str(HERE / "wordpress.php"), str(root), str(folder / "blog.json"))
        with _running(folder, "php", "-S", f"127.0.0.1:{port}", "-t", str(root), str(root / "router.php")) as server:
            _wait(server, lambda: _status(port, blog.host, "/") == 200)
            yield


def _config(socket: Path) -> str:
    keys = {
        "DB_NAME": "wordpress", "DB_USER": "root", "DB_PASSWORD": "", "DB_HOST": f"localhost:{socket}",
        "DB_CHARSET": "utf8mb4", "DB_COLLATE": "",
    }  # fmt: skip
    defines = "".join(f"define({json.dumps(key)}, {json.dumps(value)});\n" for key, value in keys.items())
    return (
        f"<?php\n{defines}define('DISABLE_WP_CRON', true);\ndefine('WP_HTTP_BLOCK_EXTERNAL', true);\n"
        "define('AUTOMATIC_UPDATER_DISABLED', true);\n$table_prefix = 'wp_';\n"
        "if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }\nrequire_once ABSPATH . 'wp-settings.php';\n"
    )


@contextmanager
def ghost(folder: Path, blog: Blog, port: int):
    """Ghost with SQLite; the blog is entered through its administration interface."""
    shutil.copytree(engines.GHOST / "content", folder / "content")
    (folder / IMAGES["ghost"]).parent.mkdir(exist_ok=True)
    (folder / IMAGES["ghost"]).write_bytes(image())
    config = {
        "url": blog.home.rstrip("/"),
        "server": {"host": "127.0.0.1", "port": port},
        "database": {
            "client": "sqlite3",
            "useNullAsDefault": True,
            "connection": {"filename": str(folder / "ghost.db")},
        },
        "mail": {"transport": "stub"},
        "paths": {"contentPath": str(folder / "content")},
        "logging": {"transports": ["stdout"]},
        "process": "local",
        "security": {"staffDeviceVerification": False},
        "privacy": {"useUpdateCheck": False, "useGravatar": False, "useRpcPing": False},
    }
    (folder / "current").symlink_to(engines.GHOST)  # as Ghost's own installer leaves it: the version in use
    (folder / "config.production.json").write_text(json.dumps(config), "utf-8")
    with _running(folder, "node", str(engines.GHOST / "index.js"), NODE_ENV="production") as server:
        _wait(server, lambda: _status(port, blog.host, "/") == 200)
        _enter(_Admin(blog, port), blog)
        yield


class _Admin:
    """Ghost's administration interface, as its owner."""

    def __init__(self, blog: Blog, port: int) -> None:
        self._port, self._headers = (
            port,
            {"Host": blog.host, "Origin": blog.home.rstrip("/"), "Content-Type": "application/json"},
        )

    def ask(self, method: str, path: str, **keys: object) -> dict:
        """The answer of one call; its cookie is kept."""
        inner = HTTPConnection("127.0.0.1", self._port, timeout=60)
        inner.request(method, f"/ghost/api/admin/{path}", json.dumps(keys) if keys else None, self._headers)
        answer = inner.getresponse()
        body = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"Ghost, {method} {path}: {answer.status} {body[:500]!r}")
        if cookie := answer.getheader("Set-Cookie"):
            self._headers["Cookie"] = cookie.partition(";")[0]
        return json.loads(body) if body.startswith(b"{") else {}


def _enter(admin: _Admin, blog: Blog) -> None:
    owner = {"name": blog.authors[0], "email": "owner@example.com", "password": PASSWORD, "blogTitle": blog.title}
    admin.ask("POST", "authentication/setup/", setup=[owner])
    admin.ask("POST", "session/", username=owner["email"], password=PASSWORD)
    for kind in ("posts", "pages"):
        for sample in admin.ask("GET", f"{kind}/?limit=50")[kind]:
            admin.ask("DELETE", f"{kind}/{sample['id']}/")
    for post in blog.posts:
        entered = {
            "title": post.title, "slug": post.slug, "html": post.html, "tags": list(post.tags), "status": "published",
            "published_at": f"{post.date}T09:30:00.000Z",
        }  # fmt: skip
        admin.ask("POST", "posts/?source=html", posts=[entered])
    about = {"title": "About", "slug": "about", "html": f"<p>{blog.about}</p>", "status": "published"}
    admin.ask("POST", "pages/?source=html", pages=[about])


@contextmanager
def hugo(folder: Path, blog: Blog, port: int):
    """The files that Hugo makes, served as files are served: with Last-Modified, and 301 to a folder's address."""
    site = folder / "site"
    shutil.copytree(HERE / "hugo_layouts", site / "layouts")
    config = {
        "baseURL": blog.home, "title": blog.title, "languageCode": "en", "timeZone": "UTC",
        "params": {"author": blog.authors[0]}, "menu": {"main": [{"name": "About", "url": "/about/"}]},
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
    }  # fmt: skip
    (site / "static/images").mkdir(parents=True)
    (site / "static" / IMAGES["hugo"]).write_bytes(image())
    (site / "content/posts").mkdir(parents=True)
    (site / "config.json").write_text(json.dumps(config), "utf-8")
    for post in blog.posts:
        head = {"title": post.title, "date": f"{post.date}T09:30:00Z", "author": post.author, "tags": list(post.tags)}
        (site / f"content/posts/{post.slug}.md").write_text(f"{json.dumps(head)}\n\n{post.html}\n", "utf-8")
    (site / "content/about.md").write_text(f"{json.dumps({'title': 'About'})}\n\n{blog.about}\n", "utf-8")
    _run(folder, "hugo", "--source", str(site), "--destination", str(folder / "public"), "--quiet")
    files = [
        sys.executable,
        "-m",
        "http.server",
        str(port),
        "--bind",
        "127.0.0.1",
        "--directory",
        str(folder / "public"),
    ]
    with _running(folder, *files) as server:
        _wait(server, lambda: _status(port, blog.host, "/") == 200)
        yield


ENGINES = {"wordpress": wordpress, "ghost": ghost, "hugo": hugo}


def _run(folder: Path, *words: str) -> None:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=START_S, check=False)
    if done.returncode:
        raise RuntimeError(
            f"{' '.join(words[:3])} ended with {done.returncode}: {(done.stdout + done.stderr)[-1_500:]}"
        )


@contextmanager
def _running(folder: Path, *words: str, **environment: str):
    """A server beside this process, ended with the block; its output is a file in the folder."""
    with (folder / f"{Path(words[0]).name}.log").open("ab") as log:
        process = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log, env=os.environ | environment)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(server: subprocess.Popen, ready: Callable[[], bool]) -> None:
    until = time.monotonic() + START_S
    while not ready():
        if time.monotonic() > until or server.poll() is not None:
            raise RuntimeError(f"{server.args[0]} ended or gave no answer within {START_S:.0f} s: see its log")
        time.sleep(0.2)


def _status(port: int, host: str, path: str) -> int:
    inner = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        inner.request("GET", path, headers={"Host": host})
        return inner.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        inner.close()
