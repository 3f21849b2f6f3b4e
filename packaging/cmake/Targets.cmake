# The three kinds of target in the house. Include paths travel with the targets: a file names
# another by its path from the top ("core/base/error.h"); tests/layers says who may name whom.
add_compile_options(-fPIC)  # one flag for libraries and programs, so that all share one precompiled header

add_library(modascope_flags INTERFACE)
target_include_directories(modascope_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(modascope_flags INTERFACE -Wall -Wextra $<$<BOOL:${MODASCOPE_WERROR}>:-Werror>)
target_compile_definitions(modascope_flags INTERFACE QT_NO_KEYWORDS
                           MODASCOPE_VERSION="${PROJECT_VERSION}")

add_library(torch_precompiled STATIC ${PROJECT_SOURCE_DIR}/packaging/cmake/torch_precompiled.cpp)
target_link_libraries(torch_precompiled PRIVATE modascope_flags PUBLIC torch OpenMP::OpenMP_CXX)
target_precompile_headers(torch_precompiled PRIVATE <torch/torch.h>)

function(_modascope_target name)
  cmake_parse_arguments(ARG "TORCH;QT" "" "DEPENDS;PRIVATE" ${ARGN})
  target_link_libraries(${name} PUBLIC modascope_flags ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE})
  if(ARG_TORCH)
    target_link_libraries(${name} PUBLIC torch OpenMP::OpenMP_CXX)  # at::parallel_for is OpenMP
    target_precompile_headers(${name} REUSE_FROM torch_precompiled)
  endif()
  if(ARG_QT)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  endif()
endfunction()

# modascope_library(core_gmd SOURCES gmd.cpp gmd.h DEPENDS core_base PRIVATE ... TORCH QT)
function(modascope_library name)
  cmake_parse_arguments(ARG "TORCH;QT" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  _modascope_target(${name} ${ARGN})
endfunction()

# modascope_test(core_gmd_projection SOURCES projection_test.cpp DEPENDS core_gmd TORCH GUI)
# One Qt Test program. GUI: it opens windows, so it runs under Xvfb and gets Qt Widgets.
function(modascope_test name)
  cmake_parse_arguments(ARG "TORCH;GUI" "TIMEOUT" "SOURCES;DEPENDS" ${ARGN})
  add_executable(test_${name} ${ARG_SOURCES})
  set(flags QT)
  if(ARG_TORCH)
    list(APPEND flags TORCH)
  endif()
  _modascope_target(test_${name} DEPENDS ${ARG_DEPENDS} PRIVATE Qt6::Test core_waiting ${flags})
  if(ARG_GUI)
    target_link_libraries(test_${name} PRIVATE Qt6::Widgets)
    add_test(NAME ${name} COMMAND ${PROJECT_SOURCE_DIR}/tests/with_display.sh $<TARGET_FILE:test_${name}>)
  else()
    add_test(NAME ${name} COMMAND test_${name})
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT}
                       ENVIRONMENT XDG_CACHE_HOME=${CMAKE_BINARY_DIR}/test-cache
                       SKIP_REGULAR_EXPRESSION "0 passed, 0 failed, [1-9][0-9]* skipped")
endfunction()
