"""Personal fields: encrypted for each person, unreadable once the person's key is gone."""
