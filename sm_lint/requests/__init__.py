"""Documents -> the requests in them: one module per carrier."""
