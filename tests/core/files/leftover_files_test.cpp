#include "core/files/leftover_files.h"

#include <QTest>

#include "tests/test_program.h"

using namespace modascope;

class LeftoverFilesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void whatSystemsLeaveBehindIsNoData_data() {
    QTest::addColumn<QString>("path");
    for (const char* path :
         {"._case_t1.nii.gz", "data/a/._a_t1.nii.gz", "__MACOSX", "data/__macosx", ".DS_Store",
          "rgb/Thumbs.db", "Desktop.ini", ".ipynb_checkpoints", "@eaDir", ".Trash-1000"})
      QTest::newRow(path) << QString(path);
  }
  void whatSystemsLeaveBehindIsNoData() {
    QFETCH(QString, path);
    QVERIFY(isLeftover(path.toStdString()));
  }

  void everythingElseIs_data() {
    QTest::addColumn<QString>("path");
    for (const char* path : {"case_t1.nii.gz", "_t1.nii.gz", "__MACOSX/case_t1.nii.gz", "MACOSX",
                             "thumbs", "data/.hidden/a.png", ".", "..", "a/."})
      QTest::newRow(path) << QString(path);
  }
  void everythingElseIs() {
    QFETCH(QString, path);
    QVERIFY(!isLeftover(path.toStdString()));
  }
};

APPLESS_TEST(LeftoverFilesTest)
#include "leftover_files_test.moc"
