"""What was documented before Kreislauf recorded it itself."""
