"""The bundled sample reports, written for this project: Markdown sources and the PDFs built from them."""
