"""The ledger: a Merkle tree over the log, signed checkpoints, proofs, and their verification."""
