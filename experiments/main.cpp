// ulpforge: evolutionary search for small programs that approximate a mathematical function.
#include "experiments/commands.h"

int main(int argc, char** argv) { return ulpforge::experiments::run(argc, argv); }
