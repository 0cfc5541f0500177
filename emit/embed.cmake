# ulpforge_embed(FOLDER NAME FILE ...) makes FOLDER/embedded.cpp, which defines what FOLDER/embedded.h
# declares: for each pair a std::string_view NAME with the text of FILE.
function(ulpforge_embed folder)
  set(text "// Made by CMake from the files that ${folder}/embedded.h names.\n")
  string(APPEND text "#include \"${folder}/embedded.h\"\n\nnamespace ulpforge::${folder} {\n")
  while(ARGN)
    list(POP_FRONT ARGN name file)
    file(READ ${file} content)
    string(APPEND text "\nconst std::string_view ${name} = R\"ulpforge(${content})ulpforge\";\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  endwhile()
  string(APPEND text "\n}  // namespace ulpforge::${folder}\n")
  file(CONFIGURE OUTPUT embedded.cpp CONTENT "@text@" @ONLY)
endfunction()
