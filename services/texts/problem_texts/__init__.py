"""What people read when something is refused or fails: one table for each problem code.

title    never varies, so it has no placeholders
detail   what happened, what was not changed, what to do
pointer  where in the body of a request of services/api the cause is, if always at the same place

{stage:word} puts in a fact; after the colon stands how it is written (services/texts/wording.py).
[A part in square brackets] is left out if a fact in it is missing or empty.
"""
