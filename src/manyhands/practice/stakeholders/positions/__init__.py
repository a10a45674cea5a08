"""Where actors stand on single issues, who has a say over whom, and what follows from both."""
