#include "app/experiment/planning/chosen_data.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/experiment/planning/data_panel.h"
#include "app/settings/app_settings.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

class ChosenDataTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void onlyWhatOpenedIsThereAndRemembered() {
    const QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    const auto tiny = writeTinyCohort(root / "data");
    AppSettings settings(root / "settings.ini");
    DataPanel panel;
    ChosenData data(panel, settings);
    QSignalSpy opened(&data, &ChosenData::opened);
    QSignalSpy failed(&data, &ChosenData::failed);
    QVERIFY(data.isPhantom() && !data.cohort());
    data.open(tiny);
    QVERIFY(!data.isPhantom());
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 60000);
    QCOMPARE(data.cohort()->folder, tiny);
    QCOMPARE(settings.dataFolder().value(), tiny);
    data.open(root / "nowhere");
    QVERIFY(!data.cohort());  // what was open is not trained on by mistake
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
    QVERIFY(!data.cohort());
    QCOMPARE(settings.dataFolder().value(), tiny);
  }
};

WINDOW_TEST(ChosenDataTest)
#include "chosen_data_test.moc"
