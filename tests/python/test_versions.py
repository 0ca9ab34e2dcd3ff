"""The same package in every other Python on this machine, as users from 3.9 on get the same binary."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = [f"3.{minor}" for minor in range(9, 16)]
SCRIPT = """
import copy, inspect, pickle, sys
import wsdlproxy
from WSDL import Proxy as Sample

proxy = wsdlproxy.Proxy(sys.argv[1], port="SipPort", auth=dict(username="admin", password="hush"))
account = {"id": {"username": "alice", "domain": "example.com"}, "password": "hush", "quota": 5}
message = proxy.create_message("addAccount", account=account)
assert b"<quota" in message and "hush" not in repr(proxy)
assert str(inspect.signature(proxy.addAccount)) == "(account: SipAccount) -> SipAccount"
try:
    proxy.create_message("addAccount", account={**account, "quota": "x"})
except wsdlproxy.EncodeError as error:
    assert pickle.loads(pickle.dumps(error)).path == "account.quota", error
else:
    raise SystemExit("a wrong value was accepted")
answer = message.replace(b"addAccount", b"addAccountResponse").replace(b"<account", b"<result")
struct = proxy.parse_response("addAccount", answer.replace(b"</account", b"</result"))
assert struct.quota == 5 and struct.id.username == "alice" and copy.deepcopy(struct) == struct
assert pickle.loads(pickle.dumps(struct)) == struct and list(struct)[:2] == ["id", "password"]
assert "addAccount" in Sample(sys.argv[1], port="SipPort").methods
print("fine")
"""


def interpreter(version):
    """That version where a shell or pyenv has it; a name on the path alone may be a shim to nothing."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    found = [shutil.which(f"python{version}"), *map(str, pyenv.glob(f"{version}.*/bin/python"))]
    for python in filter(None, found):
        if subprocess.run([python, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0:
            return python
    return None


@pytest.mark.parametrize("version", VERSIONS)
def test_another_version(version):
    if version == f"{sys.version_info[0]}.{sys.version_info[1]}":
        pytest.skip("this is the version that runs all tests")
    python = interpreter(version)
    if python is None:
        pytest.skip(f"this machine has no Python {version}")
    wsdl = ROOT / "examples" / "ngnpro" / "ngnpro.wsdl"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "python"), "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [python, "-c", SCRIPT, str(wsdl)], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert result.stdout == "fine\n", result.stderr
