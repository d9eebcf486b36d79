"""A time-stamp authority (RFC 3161) of our own: `openssl ts` behind HTTP, as a process.

`python -m tests.support.authority FOLDER` prints its address. `make_certificates` writes what it
needs into the folder; `root.pem` is what a verifier trusts.
"""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIGURATION = """[tsa]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
certs = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def make_certificates(folder: Path) -> None:
    """An authority's own certificate, and the one it gave to the time-stamper."""
    root_key, signer_key = ec.generate_private_key(ec.SECP256R1()), _key()
    root = _certificate("Test Root", root_key, "Test Root", root_key, ca=True)
    signer = _certificate("Test Clock", signer_key, "Test Root", root_key, ca=False)
    (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (folder / "signer.pem").write_bytes(signer.public_bytes(Encoding.PEM))
    (folder / "signer.key").write_bytes(
        signer_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def serve(folder: Path) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = folder / "query.tsq"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "tsa"]
            done = subprocess.run(
                [*command, "-queryfile", query.name, "-out", "reply.tsr"],
                cwd=folder,
                capture_output=True,
                check=False,
            )
            asked_well = self.headers["Content-Type"] == "application/timestamp-query"
            good = asked_well and done.returncode == 0
            self.send_response(HTTPStatus.OK if good else HTTPStatus.BAD_REQUEST)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write((folder / "reply.tsr").read_bytes() if good else done.stderr)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        sys.stdout.write(f"http://127.0.0.1:{server.server_port}/\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
