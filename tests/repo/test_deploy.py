"""What `deploy/` shows fits the Torg that is there: commands, options and variables."""

import configparser
import re
import shlex

import pytest
import yaml

from tests.repo.source import PACKAGE, ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def unit(path):
    found = configparser.ConfigParser(interpolation=None, strict=False)
    found.optionxform = str
    found.read_string(path.read_text(encoding="utf-8"))
    return found


def command_named(words):
    """The command's own parameters, as the command line knows them."""
    from typer.main import get_command

    from torg.commands import app

    return get_command(app).commands[words[0]]


def options_of(command):
    return {option for each in command.params for option in (*each.opts, *each.secondary_opts)}


def after_the_folder(words):
    return words[words.index("-C") + 2 :]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_calls_a_command_that_is_there(path):
    words = shlex.split(unit(path)["Service"]["ExecStart"])
    text = words[-1] if words[0] == "/bin/sh" else shlex.join(words)
    called = after_the_folder(shlex.split(text))
    command = command_named(called)
    assert {word for word in called if word.startswith("--")} <= options_of(command)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_as_nobody_important(path):
    service = unit(path)["Service"]
    assert service["User"] == "torg"
    assert service["UMask"] == "0077"


def test_compose_calls_commands_that_are_there():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for name in ("site", "work"):
        called = services[name]["command"]
        options = {word for word in called if word.startswith("--")}
        assert options <= options_of(command_named(called)), name


def test_the_command_of_the_site_is_that_of_its_services():
    text = (DEPLOY / "torg-site").read_text(encoding="utf-8")
    for path in UNITS:
        service = unit(path)["Service"]
        (called,) = re.findall(r"/\S+/torg -C \S+", service["ExecStart"])
        assert f'exec {called} "$@"' in text
        assert f". {service['EnvironmentFile']}" in text
        assert f"runuser -u {service['User']} " in text


def test_the_image_has_the_versions_of_the_lock():
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    (lock,) = re.findall(r"requirements/\S+\.lock(?= )", text.partition("COPY src")[0])
    assert (ROOT / lock).is_file()
    assert f"{lock} > /tmp/locked.txt" in text
    assert "--constraint /tmp/locked.txt" in text


def test_what_the_page_copies_is_there():
    page = (ROOT / "docs" / "how-to" / "run-the-site.md").read_text(encoding="utf-8")
    named = set(re.findall(r"deploy/[\w.*-]*[\w*]", page))
    assert {name for name in named if not list(ROOT.glob(name))} == set()
    lacking = {path.name for path in DEPLOY.iterdir()} - {
        found.name for name in named for found in ROOT.glob(name)
    }
    assert lacking == {"Dockerfile"}  # which compose.yaml names


def test_every_variable_is_one_that_torg_reads():
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    shown = "".join(
        path.read_text(encoding="utf-8") for path in (DEPLOY / "torg.env", DEPLOY / "compose.yaml")
    )
    names = set(re.findall(r"\bTORG_[A-Z_]+", shown))
    assert names
    assert {name for name in names if f'"{name}"' not in source} == set()


def test_what_compose_asks_for_stands_in_its_file():
    asked = set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / "compose.yaml").read_text("utf-8")))
    told = set(re.findall(r"(?m)^([A-Z_]+)=", (DEPLOY / "compose.env").read_text("utf-8")))
    assert asked == told


def test_the_proxies_pass_on_who_asks():
    for name in ("Caddyfile", "Caddyfile.compose", "torg-proxy.conf"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        assert "X-Forwarded-For" in text, name
        assert "X-Forwarded-Proto" in text, name


def test_the_proxies_take_a_slow_body_in_whole_and_no_second_name_of_a_header():
    """nginx drops headers with an underscore unasked."""
    takes = {
        "Caddyfile": ("header_up -*_*", "buffer_requests", "max_buffer_size"),
        "Caddyfile.compose": ("header_up -*_*", "request_buffers"),
        "torg-proxy.conf": ("proxy_request_buffering on;",),
    }
    for name, settings in takes.items():
        text = (DEPLOY / name).read_text(encoding="utf-8")
        assert [each for each in settings if f"\n{each}" not in text.replace("\t", "")] == [], name
