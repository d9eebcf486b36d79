"""The demo county: its data, its documented history, and one concept played to its adoption."""
