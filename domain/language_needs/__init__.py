"""What companies report that they need German courses for, and who sees to each report."""
