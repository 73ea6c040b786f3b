"""What is tried against real neighbours; some minutes, and packages of the system. `OPORTUNO_NIGHTLY=1 ./oportuno test tests/nightly`"""
