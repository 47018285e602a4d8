"""The parts of the pages for own data: a table that is brought, points that are drawn."""
