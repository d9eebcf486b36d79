"""The open data of the county's bodies: a read-only OParl 1.1 endpoint."""
