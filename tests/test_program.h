#pragma once

#include <QTest>

/// The tests of a folder are one program, and each file's class is one test of it: `ctest` starts
/// `test_core_base seed` for seed_test.cpp. At the end of a file stands one of
///
///     APPLESS_TEST(SeedTest)   neither an event loop nor a screen
///     GUILESS_TEST(SeedTest)   an event loop
///     WINDOW_TEST(SeedTest)    windows; runs on a display of its own
///
/// packaging/cmake/Tests.cmake reads them.
#define MODASCOPE_TEST_WITHIN(Class, Application) \
  int run##Class(int argc, char** argv) {         \
    Application;                                  \
    Class test;                                   \
    QTEST_SET_MAIN_SOURCE_PATH                    \
    return QTest::qExec(&test, argc, argv);       \
  }
#define APPLESS_TEST(Class) MODASCOPE_TEST_WITHIN(Class, static_cast<void>(0))
#define GUILESS_TEST(Class) MODASCOPE_TEST_WITHIN(Class, QCoreApplication application(argc, argv))
#define WINDOW_TEST(Class) MODASCOPE_TEST_WITHIN(Class, QApplication application(argc, argv))
