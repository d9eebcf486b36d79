"""What people are told by mail: queued once, carried until it arrived, never doubled."""
