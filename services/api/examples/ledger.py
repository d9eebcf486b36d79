"""Examples of proofs: receipts, checkpoints, and the keys of the log."""

from uuid import UUID

from services.api.examples.shared import CONCEPT, CORRELATION, DIGEST
from services.api.ledger import CheckpointView, ConsistencyProof, EventProof, ReceiptView
from services.ledger.keys import KeyHistory, KnownKey

HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
CHECKPOINT = f"log.example.org/kim\n120\n{HASH}\n\n— log.example.org/kim Az3grlgtzPI=\n"
LINE = f"120 {CONCEPT} 12 1795683600000000 {DIGEST} concept.response-given"
EVENT_PROOF = EventProof(
    position=120,
    line=LINE,
    state='{"schema":1,"metadata":{},"event":{}}',
    hashes=[HASH],
    proof=f"c2sp.org/tlog-proof@v1\nextra MTIw\nindex 119\n{HASH}\n\n{CHECKPOINT}",
)
LOG_KEY = KnownKey(
    vkey="log.example.org/kim+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", from_size=1
)

EXAMPLES = (
    EVENT_PROOF,
    ReceiptView(
        command=UUID(CORRELATION),
        id=CONCEPT,
        version=12,
        position=120,
        checkpoint=CHECKPOINT,
        events=[EVENT_PROOF],
    ),
    ConsistencyProof(old=119, new=120, hashes=[HASH]),
    CheckpointView(size=120, note=CHECKPOINT, time_stamped=False),
    LOG_KEY,
    KeyHistory(origin="log.example.org/kim", keys=(LOG_KEY,)),
)
