"""Documents -> the requests in them: one module a carrier."""
