"""The parts of the page on which optimizers race over surfaces, and of its loss landscapes."""
