# Installs program and library into PREFIX and runs the program from there.
file(REMOVE_RECURSE ${PREFIX})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --config ${CONFIG} --prefix ${PREFIX}
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${PREFIX}/bin/ulpforge --version OUTPUT_VARIABLE version
                COMMAND_ERROR_IS_FATAL ANY)
if(NOT version MATCHES "^ulpforge [0-9]+\\.[0-9]+\\.[0-9]+\n$")
  message(FATAL_ERROR "unexpected version: ${version}")
endif()
foreach(document share/man/man1/ulpforge.1 share/bash-completion/completions/ulpforge
                 share/zsh/site-functions/_ulpforge share/fish/vendor_completions.d/ulpforge.fish)
  file(STRINGS ${PREFIX}/${document} mentions REGEX "report")
  if(NOT mentions)
    message(FATAL_ERROR "${document} does not know the command 'report'")
  endif()
endforeach()
# With the library, where there is one, it has all that others build with.
if(EXISTS ${BUILD}/library/made)
  foreach(file include/ufmath.h lib/libufmath.so lib/libufmath.so.0 lib/libufmath.a
               lib/libufmath_preload.so lib/pkgconfig/ufmath.pc lib/cmake/ufmath/ufmathConfig.cmake
               share/ufmath/certificates share/ulpforge/functions)
    if(NOT EXISTS ${PREFIX}/${file})
      message(FATAL_ERROR "${file} is not installed")
    endif()
  endforeach()
endif()
