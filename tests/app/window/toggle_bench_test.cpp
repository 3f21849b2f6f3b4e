#include "app/window/bench/toggle_bench.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/settings/app_settings.h"
#include "app/window/main_window.h"
#include "app/work/training/training.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

class ToggleBenchTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// How long it takes is not judged here.
  void everyClickEndsInOneFrameOfSlicesAndOneOfSurfaces() {
    const QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    const auto data = writeTinyCohort(root / "data");
    const auto run = startTraining({data, root / "runs", tinyConfig(2)}, {}).run;
    AppSettings settings(root / "settings.ini");
    settings.setRunsFolder(root / "none");
    MainWindow window(settings);
    window.show();
    window.begin(data);
    ToggleBench bench(window, {run, data, 5, false});
    QSignalSpy finished(&bench, &ToggleBench::finished);
    QSignalSpy failed(&bench, &ToggleBench::failed);
    bench.begin();
    QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty() || !failed.isEmpty(), 120000);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(bench.times().slicesMs.size(), std::size_t{5});
    QCOMPARE(bench.times().surfacesMs.size(), std::size_t{5});
    QCOMPARE(bench.times().views, std::size_t{4});
    QCOMPARE(bench.times().size, (std::array<std::int64_t, 3>{32, 32, 32}));
  }
};

WINDOW_TEST(ToggleBenchTest)
#include "toggle_bench_test.moc"
