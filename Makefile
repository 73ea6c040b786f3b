# The same as ./oportuno, for fingers that type make.
.PHONY: up test check bench
up test check bench:
	./oportuno $@
