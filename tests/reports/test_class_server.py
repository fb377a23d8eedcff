"""What servers answer that cannot be recorded to, each with its cure."""

import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from workbench.reports.class_server import (
    ServerProblem,
    experiment_name,
    is_server,
    learner,
    server_version,
    without_credentials,
)


@pytest.fixture(autouse=True)
def nobody_known(monkeypatch):
    for name in ("USERNAME", "PASSWORD", "TOKEN", "URI"):
        monkeypatch.delenv(f"MLFLOW_TRACKING_{name}", raising=False)
    monkeypatch.delenv("MLFLOW_EXPERIMENT_NAME", raising=False)
    monkeypatch.setenv("LOGNAME", "ada")


@pytest.fixture
def server():
    """Start a server that answers by path, and lets in whom it is told to."""
    started = []

    def start(answers, lets_in=None):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path.partition("?")[0]
                knows = lets_in in (None, self.headers["Authorization"])
                allowed = knows or path == "/version"
                self.send_response((200 if path in answers else 404) if allowed else 401)
                self.end_headers()
                self.wfile.write(answers.get(path, b""))

            def log_message(self, *_):
                pass

        made = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=made.serve_forever, args=(0.05,)).start()
        started.append(made)
        return f"http://127.0.0.1:{made.server_port}"

    yield start
    for made in started:
        made.shutdown()
        made.server_close()


MLFLOW = {"/version": b"3.17.2", "/api/2.0/mlflow/experiments/search": b"{}"}
BASIC = f"Basic {b64encode(b'ada:secret').decode()}"


def test_a_sound_server_tells_its_version(server):
    assert server_version(server(MLFLOW) + "/") == (3, 17, 2)


@pytest.mark.parametrize(
    ("lets_in", "environment", "user"),
    [
        (BASIC, {"USERNAME": "ada", "PASSWORD": "secret"}, ""),
        (BASIC, {}, "ada:secret@"),
        ("Bearer token", {"TOKEN": "token"}, ""),
    ],
)
def test_credentials_are_those_of_mlflow(server, monkeypatch, lets_in, environment, user):
    for name, value in environment.items():
        monkeypatch.setenv(f"MLFLOW_TRACKING_{name}", value)
    address = server(MLFLOW, lets_in).replace("://", f"://{user}")

    assert server_version(address) == (3, 17, 2)


def test_a_server_that_lets_nobody_in_is_told_so(server):
    with pytest.raises(ServerProblem) as raised:
        server_version(server(MLFLOW, BASIC).replace("://", "://ada:wrong@"))

    assert raised.value.seen.endswith("does not let you in (HTTP Error 401: Unauthorized)")
    assert "wrong" not in str(raised.value)
    assert "MLFLOW_TRACKING_PASSWORD" in raised.value.cure


@pytest.mark.parametrize("answers", [{"/version": b"<html>"}, {}])
def test_another_server_is_told_so(server, answers):
    with pytest.raises(ServerProblem, match="is no MLflow server"):
        server_version(server(answers))


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://127.0.0.1:port", "http://"])
def test_a_server_that_does_not_answer_is_told_so(address):
    with pytest.raises(ServerProblem, match="does not answer") as raised:
        server_version(address)
    assert raised.value.cure == "Start that server, or unset MLFLOW_TRACKING_URI."


def test_addresses_are_shown_without_credentials():
    text = "http://ada:secret@class.example:5000/x, postgresql+psycopg://ada:secret@/db, a@b.c"

    assert without_credentials(text) == (
        "http://class.example:5000/x, postgresql+psycopg:///db, a@b.c"
    )


def test_each_learner_has_an_experiment_of_their_own_where_others_are(monkeypatch):
    assert experiment_name() == "attempts"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://class.example")
    assert experiment_name() == "attempts/ada"
    monkeypatch.setenv("MLFLOW_TRACKING_USERNAME", "lovelace")
    assert (experiment_name(), learner()) == ("attempts/lovelace", "lovelace")
    monkeypatch.setenv("MLFLOW_EXPERIMENT_NAME", "class of 2026")
    assert experiment_name() == "class of 2026"


@pytest.mark.parametrize(
    ("store", "answer"),
    [
        ("http://class.example", True),
        ("https://class.example", True),
        ("sqlite:///mlflow.db", False),
        ("postgresql+psycopg:///db", False),
    ],
)
def test_only_a_server_has_pages(store, answer):
    assert is_server(store) is answer
