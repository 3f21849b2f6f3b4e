#include "core/dicom/dicom_series.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/core/dicom/made_up_series.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

class DicomSeriesTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path at(const char* name) const { return fs::path(temporary_.path().toStdString()) / name; }
  static std::string whyNot(const fs::path& folder) {
    return sentenceOf([&] { openDicomSeries(folder); });
  }

 private Q_SLOTS:
  void anObliqueSeriesIsPutInOrderWhateverItsFilesAreCalled() {
    writeSeries(at("oblique"), obliqueGrid());
    std::ofstream(at("oblique") / "notes.txt") << "no DICOM";
    const DicomSeries series = openDicomSeries(at("oblique"));
    QVERIFY(series.grid.matches(obliqueGrid(), 1e-3));
    QCOMPARE(series.files.size(), std::size_t{6});
    QCOMPARE(series.files.front().filename().string(), std::string("x1000"));
    QCOMPARE(series.description, std::string("t1 sag"));
  }

  void aMissingSliceIsNamed() {
    writeSeries(at("gap"), obliqueGrid(), {.without = 3});
    const std::string why = whyNot(at("gap"));
    QVERIFY2(contains(why, "x972 lies 5.00 mm behind the slice before it, where 2.50 mm are usual"),
             why.c_str());
  }

  void twoSeriesInAFolderAreNamed() {
    writeSeries(at("two"), obliqueGrid());
    writeSeries(at("two"), obliqueGrid(), {.uid = "1.2.3.5", .description = "t2", .prefix = "y"});
    QVERIFY2(contains(whyNot(at("two")), "holds 2 series (\"t1 sag\", \"t2\")"),
             whyNot(at("two")).c_str());
  }

  void slicesOfAnotherSizeAreRefused() {
    writeSeries(at("sizes"), obliqueGrid());
    VoxelGrid other = obliqueGrid();
    other.size = {11, 9, 1};
    other.origin = obliqueGrid().toWorld({0, 0, 6});
    writeSeries(at("sizes"), other, {.prefix = "z"});
    QVERIFY(contains(whyNot(at("sizes")), "has another size or direction"));
  }

  void aFolderWithoutSlicesIsRefused() {
    fs::create_directories(at("empty"));
    std::ofstream(at("empty") / "a.dcm") << "text";
    QVERIFY(contains(whyNot(at("empty")), "There is no DICOM slice"));
    QVERIFY(contains(whyNot(at("nowhere")), "There is no DICOM slice"));
  }

  void aFileThatIsCutOffIsNoSlice() {
    writeSeries(at("cut"), obliqueGrid());
    for (const auto& entry : fs::directory_iterator(at("cut"))) fs::resize_file(entry, 200);
    QVERIFY(contains(whyNot(at("cut")), "There is no DICOM slice"));
  }
};

APPLESS_TEST(DicomSeriesTest)
#include "dicom_series_test.moc"
