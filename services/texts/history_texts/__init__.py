"""What happened: one sentence for each event, under its TOPIC. Placeholders are the event's fields.

{adopter:account} puts in a field; after the colon stands how it is written, {flag:yes|no} chooses
(services/texts/wording.py). [A part in square brackets] is left out if a field in it is empty.
"""
