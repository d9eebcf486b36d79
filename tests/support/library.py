"""What an application of the library `eventsourcing` needs to know of a test's database."""

from psycopg.conninfo import conninfo_to_dict


def environment(database_url: str) -> dict[str, str]:
    """The variables with which an application stores its events in our log there."""
    parts = conninfo_to_dict(database_url)
    return {
        "PERSISTENCE_MODULE": "services.eventstore.library",
        "POSTGRES_DBNAME": str(parts["dbname"]),
        "POSTGRES_HOST": str(parts["host"]),
        "POSTGRES_PORT": str(parts.get("port", 5432)),
        "POSTGRES_USER": str(parts["user"]),
        "POSTGRES_PASSWORD": str(parts.get("password", "")),
    }
