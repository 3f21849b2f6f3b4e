#include <QTemporaryDir>
#include <QTest>

#include "core/dicom/seg_labels.h"
#include "core/problem/brats.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"
#include "tests/app/cli/program.h"
#include "tests/core/dicom/made_up_series.h"
#include "tests/test_program.h"

using namespace modascope;

/// A made-up patient whose scanner also gave a DICOM series.
class DicomTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  QString run_;

  QString path(const QString& name) const { return folder_.filePath(name); }
  QStringList request(const QString& out, const QStringList& more = {}) const {
    return QStringList{"segment", "--run",  run_, "--case", path("data/Phantom_001"),
                       "--out",   path(out)} +
           more;
  }

 private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(ask({"phantom", "--out", path("data"), "--cases", "4", "--size", "24"}).code, 0);
    run_ = ask({"train", "--data", path("data"), "--out", path("runs"), "--set", "train.steps=8",
                "--set", "train.crop=16", "--json"})
               .json()["run"]
               .toString();
    QVERIFY(!run_.isEmpty());
    MadeUpSeries series;
    series.grid = readHeader(path("data/Phantom_001/Phantom_001_t1.nii.gz").toStdString()).grid;
    writeSeries(path("series").toStdString(), series);
    series.grid.origin[0] += 1000;
    writeSeries(path("elsewhere").toStdString(), series);
  }

  void theSameVoxelsAreWrittenAsNiftiAndAsDicom() {
    QCOMPARE(ask(request("seg.nii.gz")).code, 0);
    const Answer answer = ask(request("seg.dcm", {"--dicom", path("series")}));
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY(answer.out.contains("research use only"));
    const LabelVolume nifti =
        readSegmentation(path("seg.nii.gz").toStdString(), std::nullopt).volume;
    const DicomSeg seg = readDicomSeg(path("seg.dcm").toStdString());
    const LabelVolume back = resampleLabels(labelsBy(bratsRegions(), seg), nifti.grid);
    QVERIFY(back.voxels == nifti.voxels);
    QVERIFY(std::any_of(back.voxels.begin(), back.voxels.end(), [](auto v) { return v != 0; }));
    QVERIFY(QString::fromStdString(seg.algorithm).endsWith("ds-norm, step 8"));
  }

  void wrongRequestsAreSentences_data() {
    QTest::addColumn<QString>("out");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("says");
    QTest::newRow("no series") << "a.dcm" << QStringList() << "--dicom must name the folder";
    QTest::newRow("NIfTI with a series")
        << "a.nii.gz" << QStringList{"--dicom", path("series")} << "must end in .dcm";
    QTest::newRow("neither") << "a.png" << QStringList() << "must end in .nii, .nii.gz or .dcm";
    QTest::newRow("no such series")
        << "a.dcm" << QStringList{"--dicom", path("nowhere")} << "is no folder";
    QTest::newRow("not DICOM") << "a.dcm" << QStringList{"--dicom", path("data/Phantom_001")}
                               << "No DICOM file lies in";
    QTest::newRow("a series elsewhere")
        << "a.dcm" << QStringList{"--dicom", path("elsewhere")} << "lies elsewhere than the case";
  }
  void wrongRequestsAreSentences() {
    QFETCH(QString, out);
    QFETCH(QStringList, more);
    QFETCH(QString, says);
    const Answer answer = ask(request(out, more));
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains(says), qPrintable(answer.err));
    QCOMPARE(answer.err.trimmed().count('\n'), 0);
    QVERIFY(!QFile::exists(path(out)));
  }
};

GUILESS_TEST(DicomTest)
#include "dicom_test.moc"
