"""What goes out on paper: agendas and minutes, as PDF/A and as a document to go on writing in."""
