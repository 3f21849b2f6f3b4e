#include "core/compute/compute.h"

#include <QTest>

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include "core/base/error.h"
#include "tests/test_program.h"

using namespace modascope;

class ComputeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { setThreads(1); }

  void theTensorLibraryTakesTheThreads() {
    setThreads(2);
    QCOMPARE(at::get_num_threads(), 2);
    setThreads(0);
    QVERIFY(at::get_num_threads() >= 1);
  }

  void matrixProductsStayInTheirThread() {
    void* found = dlsym(RTLD_DEFAULT, "openblas_get_num_threads");
    if (found == nullptr) QSKIP("Another library multiplies matrices.");
    setThreads(2);
    QCOMPARE(reinterpret_cast<int (*)()>(found)(), 1);
  }

  void aDeviceThatIsNotThereIsRefused() {
    QVERIFY(chooseDevice("cpu").is_cpu());
    QVERIFY_EXCEPTION_THROWN(chooseDevice("cuda:99"), Error);
  }
};

APPLESS_TEST(ComputeTest)
#include "compute_test.moc"
