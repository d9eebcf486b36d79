"""Everything that touches the world: store, relay, identity, API, embedded servers, CLI."""
