#include "core/data/volume_source.h"

#include <QTest>

#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

class VolumeSourceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void casesOfWhichNoHeaderCanBeReadFitNothing_data() {
    QTest::addColumn<bool>("isLost");
    QTest::newRow("no case") << false;
    QTest::newRow("one whose file has gone") << true;
  }
  void casesOfWhichNoHeaderCanBeReadFitNothing() {
    QFETCH(bool, isLost);
    std::vector<CaseInfo> cases;
    if (isLost) {
      cases.emplace_back().id = "P01";
      cases.front().modalities = {{Presence::Present, "/nowhere/P01_t2.nii", 0}};
    }
    const VolumeSource source{Cohort{bratsProblem()}};
    QCOMPARE(sentenceOf([&] { source.fit(cases, {}); }),
             std::string("None of the training cases can be read: their headers say no voxel "
                         "size."));
    QCOMPARE(source.fit(cases, {2.0}).spacing, (std::vector<double>{2, 2, 2}));
  }
};

APPLESS_TEST(VolumeSourceTest)
#include "volume_source_test.moc"
