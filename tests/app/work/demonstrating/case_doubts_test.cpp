#include "app/work/demonstrating/case_doubts.h"

#include <QTest>

#include "core/phantom/phantom.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

constexpr double kMm = 5;

Case head() {
  return makePhantom({1, 32, kMm, 1}, 0);
}

std::vector<CaseDoubt> doubts(const Case& patient, double trainedMm = kMm) {
  return doubtsAbout(patient, {trainedMm, trainedMm, trainedMm});
}

}  // namespace

class CaseDoubtsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aHeadLikeThoseOfTrainingGivesNone() { QVERIFY(doubts(head()).empty()); }

  void aSpacingThatDiffersByMoreThanAQuarterIsDoubted() {
    QVERIFY(doubts(head(), kMm * 1.2).empty());
    const auto found = doubts(head(), 1);
    QCOMPARE(found,
             (std::vector<CaseDoubt>{{CaseDoubt::Kind::OtherSpacing, std::nullopt, kMm, 1}}));
  }

  void anEmptyImageIsNamed() {
    Case patient = head();
    std::fill(patient.modalities[2]->voxels.begin(), patient.modalities[2]->voxels.end(), 0.0f);
    QCOMPARE(doubts(patient),
             (std::vector<CaseDoubt>{{CaseDoubt::Kind::EmptyImage, ModalityId(2), 0, 0}}));
  }

  void imagesThatReachToTheirBordersAreDoubtedOnce() {
    Case patient = head();
    for (auto& image : patient.modalities)
      for (float& voxel : image->voxels) voxel += 100;
    const auto found = doubts(patient);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].kind, CaseDoubt::Kind::NotSkullStripped);
    QCOMPARE(found[0].found, 1.0);
  }

  /// Of a share f of voxels that shine the distance is 1/√f − √f deviations: 22 at two thousandths.
  void voxelsFarFromTheOthersAreDoubtedAndASingleOneIsNot() {
    Case patient = head();
    auto& voxels = patient.modalities[1]->voxels;
    std::vector<float*> inside;
    for (float& voxel : voxels)
      if (voxel != 0) inside.push_back(&voxel);
    *inside[0] = 1e6f;
    QVERIFY(doubts(patient).empty());
    for (std::size_t i = 0; i < inside.size() / 500; ++i) *inside[i] = 1e6f;
    const auto found = doubts(patient);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].kind, CaseDoubt::Kind::FarIntensities);
    QCOMPARE(*found[0].modality, ModalityId(1));
    QVERIFY(std::abs(found[0].found - 22.3) < 0.7);
  }
};

APPLESS_TEST(CaseDoubtsTest)
#include "case_doubts_test.moc"
