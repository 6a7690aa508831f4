"""Many cases at once: a pathway as one SQL query, tables of cases, and what is counted of them."""
