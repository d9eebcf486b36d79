"""The store as a persistence module of the library: PERSISTENCE_MODULE=services.eventstore.library.

The library looks for the one factory class among the names of this module.
"""

from services.eventstore.library.factory import LogFactory

__all__ = ["LogFactory"]
