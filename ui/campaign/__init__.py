"""The parts of the campaign page: the matrix of dimensions and categories, list kinds, numbers, years."""
