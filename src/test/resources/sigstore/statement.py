"""Reads a DSSE envelope's payload as in-toto's own types read it, strictly, and holds its subjects against the files beside it."""
import base64
import hashlib
import json
import pathlib
import sys

from google.protobuf import json_format
from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
from in_toto_attestation.v1 import statement, statement_pb2

directory = pathlib.Path(sys.argv[1])
envelope = json.loads((directory / "attestation.dsse.json").read_text("utf-8"))
assert envelope["payloadType"] == "application/vnd.in-toto+json"
payload = base64.b64decode(envelope["payload"], validate=True).decode("utf-8")

# Unknown fields, wrong types and missing required ones are errors here.
read = json_format.Parse(payload, statement_pb2.Statement(), ignore_unknown_fields=False)
assert read.predicate_type == "https://slsa.dev/provenance/v1"
predicate = json_format.Parse(
    json_format.MessageToJson(read.predicate), provenance_pb2.Provenance(), ignore_unknown_fields=False)
assert predicate.build_definition.build_type and predicate.run_details.builder.id
assert predicate.build_definition.HasField("external_parameters")
statement.Statement.copy_from_pb(read).validate()

unsigned = {"SHA256SUMS", "attestation.dsse.json"}
files = {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in directory.iterdir() if f.name not in unsigned}
subjects = {s.name: dict(s.digest)["sha256"] for s in read.subject}
assert len(subjects) == len(read.subject)
print("same" if subjects == files else f"different: {subjects} {files}")
