"""Each description here is one that zeep or PHP loads, so that it shows a construct of the real world.

What neither loads would prove nothing about this project.
"""

import shutil
import subprocess
from pathlib import Path

import pytest
import suds.store
import zeep

FOLDER = Path(__file__).resolve().parent
CONSTRUCTS = sorted(path.stem for path in FOLDER.glob("*.wsdl"))
SOAP_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
LOADS = "new SoapClient($argv[1], ['cache_wsdl' => WSDL_CACHE_NONE]);"


class Offline(zeep.Transport):
    """Has the schema of the encoding, and nothing else from the network."""

    def load(self, url):
        if url == SOAP_ENCODING:
            return suds.store.defaultDocumentStore.open(url)
        assert "://" not in url or url.startswith("file:"), f"{url} is not on this machine"
        return super().load(url)


def zeep_refuses(path: Path):
    """What zeep has against a description, or None."""
    try:
        zeep.Client(str(path), transport=Offline())
    except Exception as error:
        return f"zeep: {type(error).__name__}: {error}"
    return None


def php_refuses(path: Path):
    """What PHP has against a description, or None."""
    interpreter = shutil.which("php")
    if interpreter is None:
        return "php is not installed"
    done = subprocess.run([interpreter, "-r", LOADS, "--", str(path)], capture_output=True, text=True, timeout=60)
    return None if done.returncode == 0 else f"php: {done.stdout}{done.stderr}"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_a_peer_loads_it(construct):
    path = FOLDER / f"{construct}.wsdl"
    reasons = [zeep_refuses(path)]
    if reasons[0] is not None:
        reasons.append(php_refuses(path))
    assert None in reasons, reasons


def test_there_is_one_for_each_construct():
    assert len(CONSTRUCTS) > 60
