#include "widgets/pictures/picture_case.h"

#include <QtTest>

#include "core/base/error.h"
#include "tests/test_program.h"
#include "tests/widgets/pictures/made_up_picture.h"

using namespace modascope;
using namespace modascope::testing;

class PictureCaseTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatWasNotSeenIsLeftOutUnlessItIsAbsent() {
    PictureCase picture(streetProblem(), street());
    QCOMPARE(picture.state(kDepth), TileState::On);
    picture.setSeen(ModalitySet(kColour));
    QCOMPARE(picture.state(kColour), TileState::On);
    QCOMPARE(picture.state(kDepth), TileState::LeftOut);
    QCOMPARE(picture.state(kHeat), TileState::Absent);
    QVERIFY(picture.image(kHeat).isNull());
    QVERIFY(!picture.image(kDepth).isNull());
  }

  void whatWasGivenStandsOnlyForWhatWasLeftOut() {
    PictureCase picture(streetProblem(), street());
    auto given = street()->modalities;
    given[kColour.index()].clear();  // of another size: passed over
    for (float& value : given[kDepth.index()]) value = 7;
    picture.setGiven(std::make_shared<const std::vector<std::vector<float>>>(given));
    QCOMPARE(picture.values(kDepth, {0, 2}, "noise"), QString("Depth 200"));
    picture.setSeen(ModalitySet(kAngle));
    QCOMPARE(picture.values(kDepth, {0, 2}, "noise"), QString("Depth (noise) 7.00"));
    QVERIFY(!picture.isReplaced(kColour));
    QVERIFY(!picture.isReplaced(kAngle));
  }

  void aCaptionSaysTheScaleOfWhatIsGrey() {
    const PictureCase picture(streetProblem(), street());
    QVERIFY(picture.caption(kColour).isEmpty());
    QCOMPARE(picture.caption(kDepth), QString("0.00 to 500"));
    QCOMPARE(picture.caption(kAngle), QString("channel 1 of 2, 0.00 to 7.00"));
    QVERIFY(picture.caption(kHeat).isEmpty());
  }

  void aPictureOfOtherModalitiesIsRefused() {
    Problem two = streetProblem();
    two.schema = ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}});
    QVERIFY_EXCEPTION_THROWN(PictureCase(two, street()), Error);
  }
};

APPLESS_TEST(PictureCaseTest)
#include "picture_case_test.moc"
