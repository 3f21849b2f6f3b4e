#include "app/settings/app_settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/test_program.h"

using namespace modascope;

class AppSettingsTest : public QObject {
  Q_OBJECT
 private:
  QTemporaryDir folder_;
  std::filesystem::path file() const {
    return std::filesystem::path(folder_.path().toStdString()) / "own.ini";
  }

 private Q_SLOTS:
  void init() { AppSettings(file()).reset(); }

  void whatWasChosenIsThereAtTheNextStart() {
    {
      AppSettings settings(file());
      settings.setRunsFolder("/somewhere/runs");
      settings.setDataFolder("/somewhere/brats");
      settings.setWindowGeometry("geometry");
    }
    const AppSettings again(file());
    QCOMPARE(again.runsFolder(), std::filesystem::path("/somewhere/runs"));
    QCOMPARE(again.dataFolder().value(), std::filesystem::path("/somewhere/brats"));
    QCOMPARE(again.windowGeometry(), QByteArray("geometry"));
    QVERIFY(QFile::exists(QString::fromStdString(file().string())));
  }

  void thePhantomIsTheDataWhenNothingWasChosen() {
    AppSettings settings(file());
    QVERIFY(!settings.dataFolder());
    settings.setDataFolder("/somewhere/brats");
    settings.setDataFolder(std::nullopt);
    QVERIFY(!settings.dataFolder());
  }

  void everyKindOfDataKeepsItsSettings() {
    {
      AppSettings settings(file());
      settings.setRunSettings("phantom", "[train]\nsteps = 7\n");
      settings.setRunSettings("regression", "[train]\nlr = 0.5\n");
    }
    const AppSettings again(file());
    QCOMPARE(again.runSettings("phantom"), "[train]\nsteps = 7\n");
    QCOMPARE(again.runSettings("regression"), "[train]\nlr = 0.5\n");
    QVERIFY(again.runSettings("segmentation2d").isEmpty());
  }

  void theLastCaseIsThatOfItsData() {
    AppSettings settings(file());
    settings.setLastCase("/data/a", "Patient 7");
    settings.setLastRun("/runs/x");
    QCOMPARE(settings.lastCase("/data/a"), "Patient 7");
    QVERIFY(settings.lastCase("/data/b").isEmpty());
    QCOMPARE(settings.lastRun().value(), std::filesystem::path("/runs/x"));
  }

  void namesThatAreNoTextComeBackByteByByte() {
    const std::filesystem::path odd("/data/\xff\n@ByteArray(x)");
    {
      AppSettings settings(file());
      settings.setDataFolder(odd);
      settings.setLastRun("@/runs;a=b");
    }
    const AppSettings again(file());
    QCOMPARE(again.dataFolder().value(), odd);
    QCOMPARE(again.lastRun().value(), std::filesystem::path("@/runs;a=b"));
  }

  void choicesOfTheViewComeBack() {
    {
      AppSettings settings(file());
      settings.setView("overlay/opacity", 0.25);
      settings.setView("splitter/x", QByteArray("\0\1\2", 3));
    }
    const AppSettings again(file());
    QCOMPARE(again.view("overlay/opacity").toDouble(), 0.25);
    QCOMPARE(again.view("splitter/x").toByteArray(), QByteArray("\0\1\2", 3));
    QVERIFY(!again.view("never").isValid());
  }

  void resetForgetsEverything() {
    AppSettings settings(file());
    const auto standard = settings.runsFolder();
    settings.setRunsFolder("/somewhere/runs");
    settings.setDataFolder("/somewhere/brats");
    settings.reset();
    QCOMPARE(settings.runsFolder(), standard);
    QVERIFY(!AppSettings(file()).dataFolder());
  }

  void withoutAFileTheXdgFolderIsUsed() {
    qputenv("XDG_CONFIG_HOME", folder_.path().toUtf8());
    QCOMPARE(AppSettings().file(),
             std::filesystem::path(folder_.path().toStdString()) / "modascope" / "modascope.ini");
  }
};

GUILESS_TEST(AppSettingsTest)
#include "app_settings_test.moc"
