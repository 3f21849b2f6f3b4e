# The three kinds of target in the house. Include paths travel with the targets: a file names
# another by its path from the top ("core/base/error.h"); tests/layers says who may name whom.
add_compile_options(-fPIC)  # one flag for libraries and programs, so that all share one precompiled header

add_library(modascope_flags INTERFACE)
target_include_directories(modascope_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(modascope_flags INTERFACE -Wall -Wextra $<$<BOOL:${MODASCOPE_WERROR}>:-Werror>)
target_compile_definitions(modascope_flags INTERFACE QT_NO_KEYWORDS
                           MODASCOPE_VERSION="${PROJECT_VERSION}")

add_library(torch_precompiled STATIC ${PROJECT_SOURCE_DIR}/packaging/cmake/precompiled.cpp)
target_link_libraries(torch_precompiled PRIVATE modascope_flags PUBLIC torch OpenMP::OpenMP_CXX)
target_precompile_headers(torch_precompiled PRIVATE <torch/types.h>)

# What torch asks of whoever links it, so that those who do not can share a precompiled header with
# those who do.
add_library(as_with_torch INTERFACE)
target_link_libraries(as_with_torch INTERFACE OpenMP::OpenMP_CXX)
target_compile_definitions(as_with_torch INTERFACE _GLIBCXX_USE_CXX11_ABI=1)

if(MODASCOPE_GUI)
  add_library(qt_precompiled STATIC ${PROJECT_SOURCE_DIR}/packaging/cmake/precompiled.cpp)
  target_link_libraries(qt_precompiled PRIVATE modascope_flags as_with_torch Qt6::Widgets)
  target_precompile_headers(qt_precompiled PRIVATE <QtWidgets>)
endif()

function(_modascope_target name)
  cmake_parse_arguments(ARG "TORCH;QT" "" "DEPENDS;PRIVATE" ${ARGN})
  target_link_libraries(${name} PUBLIC modascope_flags ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE})
  if(ARG_TORCH)
    target_link_libraries(${name} PUBLIC torch OpenMP::OpenMP_CXX)  # at::parallel_for is OpenMP
    target_precompile_headers(${name} REUSE_FROM torch_precompiled)
  endif()
  if(ARG_QT)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE Qt6::Widgets as_with_torch)
    target_precompile_headers(${name} REUSE_FROM qt_precompiled)
  endif()
endfunction()

# QT: has signals, is compiled with the widgets' headers at hand.
# modascope_library(core_gmd SOURCES gmd.cpp gmd.h DEPENDS core_base PRIVATE ... TORCH)
function(modascope_library name)
  cmake_parse_arguments(ARG "TORCH;QT" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  _modascope_target(${name} ${ARGN})
endfunction()
