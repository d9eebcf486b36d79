"""Pages of the sessions of a body: scheduled, called for, invited to, with their agenda."""
