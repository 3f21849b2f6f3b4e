#include "app/settings/app_settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

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

QTEST_GUILESS_MAIN(AppSettingsTest)
#include "app_settings_test.moc"
