"""The pages: a client of the API in the same process, in German and English."""
