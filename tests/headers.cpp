// Nothing but a place where the headers of all tests are compiled once (tests/CMakeLists.txt).
