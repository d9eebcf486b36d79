"""Pages about funded posts: funded against filled, the list, and each post with its forms."""
