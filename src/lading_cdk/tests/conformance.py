"""Runs conformance/vectors against lading_cdk: python3 conformance.py.

It uses this folder's stand-in for CDK for Python, which not every machine can install.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tempfile
import traceback
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "standin")]
sys.dont_write_bytecode = True

from aws_cdk import FileSystem  # noqa: E402
from lading_cdk._assets.properties import with_unknown_properties  # noqa: E402
from vector_app import VectorApp  # noqa: E402


# Stands in for the tool: it fails for other questions, or if the Dockerfile is not in the folder.
IDENTIFY = """#!{python}
import json, os, sys
asset = json.load(sys.stdin)
folder = asset.pop("folder")
found = [each for each in json.loads({known}) if each["asset"] == asset]
if sys.argv[1:] != ["identify"] or not found or not os.path.exists(os.path.join(folder, asset["dockerfile"])):
    sys.exit("asked " + json.dumps(asset))
print(json.dumps({{"fingerprint": found[0]["fingerprint"]}}))
"""


def vectors():
    for file in sorted((HERE.parents[2] / "conformance" / "vectors").glob("*.json")):
        text = re.sub(r"\{sha256:(.)\}", lambda found: "sha256:" + found[1] * 64, file.read_text(encoding="utf-8"))
        text = re.sub(r"\{(40|64):(.)\}", lambda found: found[2] * int(found[1]), text)
        for vector in json.loads(text):
            yield f"{file.stem}/{vector['name']}", vector


def lay_out(vector, root: Path) -> None:
    for path, content in vector["files"].items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    if "head" in vector:
        document = {"appVersion": 1, "project": "", "images": {}, "environments": {}, "head": vector["head"]}
        _write_program(root, f"#!/bin/sh\n[ \"$*\" = 'run --print' ] && cat <<'JSON'\n{json.dumps(document)}\nJSON\n")
    if "identities" in vector:
        _write_program(root, IDENTIFY.format(python=sys.executable, known=json.dumps(json.dumps(vector["identities"]))))


def _write_program(root: Path, script: str) -> None:
    program = root / "node_modules" / ".bin" / "lading"
    program.parent.mkdir(parents=True)
    program.write_text(script)
    program.chmod(0o755)


def localized(expect, root: Path):
    """An expectation with the actual folder and the names of this language."""

    def snake(name: str) -> str:
        return re.sub(r"(?<=[a-z])[A-Z]", lambda found: "_" + found[0], name)

    text = json.dumps(expect, ensure_ascii=False).replace("{root}", str(root)).replace("{package}", "lading-cdk")
    for_lambda = "LadingImage.reference_for(self, …, for_=ImageConsumer.LAMBDA, platform=…)"
    text = text.replace("{call:ForLambda}", for_lambda)
    text = re.sub(r"\{member:(\w+)\}", lambda found: snake(found[1]).lower(), text)
    return json.loads(re.sub(r"\{constant:(\w+)\}", lambda found: snake(found[1]).upper(), text))


def counts_build_contexts() -> bool:
    """Properties of newer CDK versions count, and so does the content of build contexts that are folders."""
    with tempfile.TemporaryDirectory(prefix="lading-vector-") as name:
        folder = Path(name)
        (folder / "shared").mkdir()
        found = []
        for text in ("one", "two"):
            (folder / "shared" / "page").write_text(text)
            asset = {"directory_name": "web", "docker_build_contexts": {"shared": "../shared"}}
            found.append(with_unknown_properties("a" * 64, asset, folder / "web", FileSystem.fingerprint))
        plain = with_unknown_properties("a" * 64, {"docker_labels": {"b": "<1>", "a": "é"}}, folder, str)
        same = hashlib.sha256(("a" * 64 + '\nDockerLabels={"a":"é","b":"<1>"}').encode()).hexdigest()
        known = with_unknown_properties("a" * 64, {"display_name": "Web", "source_hash": "x"}, folder, str)
        return len({"a" * 64, *found}) == 3 and plain == same and known == "a" * 64


def main() -> int:
    failed = passed = 0
    for name, vector in vectors():
        with tempfile.TemporaryDirectory(prefix="lading-vector-") as folder:
            root = Path(folder).resolve()
            lay_out(vector, root)
            expected = localized(vector["expect"], root)
            try:
                actual = VectorApp(vector, root).outcome()
            except Exception:  # It is printed as the outcome, and the other vectors run.
                actual = traceback.format_exc()
        if actual == expected:
            passed += 1
        else:
            failed += 1
            print(f"not ok  {name}\n  expected {expected}\n  actual   {actual}")
    passed, failed = (passed + 1, failed) if counts_build_contexts() else (passed, failed + 1)
    print(f"# tests {passed + failed}\n# pass {passed}\n# fail {failed}\n# skipped 0")
    return 1 if failed else 0


sys.exit(main())
