from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.ledger.merkle import Peaks
from services.ledger.note import verifier_key
from services.ledger.proof import TlogProof, inclusion_spans, roots_from
from services.ledger.sealed import SealedEvent
from tests.support.bundles import ORIGIN, VKEY, events, signed, verified, write_bundle


def receipt(log: list[SealedEvent], position: int) -> TlogProof:
    leaves = [event.leaf for event in log]
    tree = {(0, 0): b"".join(leaves)}
    return TlogProof(
        index=position - 1,
        hashes=tuple(roots_from(tree, inclusion_spans(position - 1, len(log)))),
        checkpoint=signed(Peaks.over(leaves)),
        extra=log[position - 1].line,
    )


def test_a_receipt_proves_its_event(tmp_path: Path, exported: Path) -> None:
    log = list(events(200))
    proof, content = tmp_path / "17.tlog-proof", tmp_path / "17.json"
    proof.write_text(receipt(log, 17).text(), "utf-8")
    content.write_bytes(log[16].state)
    for arguments in ([proof], [proof, content], [proof, content, "--key", VKEY]):
        code, answer = verified("proof", *arguments, folder=exported)
        assert (code, answer["position"], answer["origin"]) == (0, 17, ORIGIN)
    content.write_bytes(log[17].state)
    code, answer = verified("proof", proof, content, folder=exported)
    assert (code, answer["code"], answer["position"]) == (1, "proof", 17)


def test_a_receipt_of_another_event_or_log_proves_nothing(tmp_path: Path, exported: Path) -> None:
    log = list(events(200))
    good = receipt(log, 17)
    proof = tmp_path / "17.tlog-proof"
    replace = msgspec.structs.replace
    for wrong in (
        replace(good, index=17),
        replace(good, extra=log[17].line),
        replace(good, hashes=good.hashes[1:]),
        replace(good, checkpoint=signed(Peaks.over([event.leaf for event in log[:199]]))),
    ):
        proof.write_text(wrong.text(), "utf-8")
        code, answer = verified("proof", proof, folder=exported)
        assert (code, answer["code"]) == (1, "proof")
    proof.write_text(good.text(), "utf-8")
    other = str(verifier_key(ORIGIN, Ed25519PrivateKey.generate()))
    code, answer = verified("proof", proof, "--key", other, folder=exported)
    assert (code, answer["code"]) == (1, "signature")


def test_receipts_in_the_export_are_checked(tmp_path: Path) -> None:
    log = list(events(200))
    folder = tmp_path / "export"
    write_bundle(folder, iter(log), [200], proofs=[receipt(log, 3)])
    assert verified(folder=folder)[1]["proofs"] == 1
