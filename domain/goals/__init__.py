"""The goals of a school year as data, and how far they are reached: counted, never typed."""
