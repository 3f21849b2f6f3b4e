#include "core/demo/demo_file.h"

#include <QTest>
#include <cmath>

#include "core/demo/grey_levels.h"
#include "core/demo/zip_archive.h"
#include "tests/core/demo/made_up_demo.h"
#include "tests/test_program.h"

using namespace modascope;

class DemoFileTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void allComesBack() {
    const Demo demo = madeUpDemo();
    const Demo back = readDemo(packDemo(demo, {.asIs = true}), "x.demo");
    QCOMPARE(back.schema, demo.schema);
    QCOMPARE(back.regions, demo.regions);
    QCOMPARE(back.title, demo.title);
    QVERIFY(back.grid.matches(demo.grid, 1e-9));
    QCOMPARE(back.images[1]->voxels, demo.images[1]->voxels);
    QCOMPARE(back.truth->voxels, demo.truth->voxels);
    QCOMPARE(back.doubts, demo.doubts);
    const DemoNetwork& network = back.networks.at(0);
    QCOMPARE(network.answers.size(), std::size_t{3});
    QCOMPARE(network.step, std::int64_t{600});
    QCOMPARE(network.layer, std::string("down 2"));
    for (const DemoAnswer& answer : demo.networks[0].answers)
      QCOMPARE(network.answer(answer.set)->labels->voxels, answer.labels->voxels);
    const DemoAnswer& both = *network.answer(demo.schema.all());
    QCOMPARE(both.shares, (std::vector<double>{0.25, 0.75}));
    QCOMPARE(int{both.strongest->voxels[0]}, 2);
    QVERIFY(std::abs(both.margins->voxels[0] - 0.4f) < 1e-6f);
    QVERIFY(!network.answer(ModalitySet(ModalityId(0)))->strongest);
  }

  void whatACaseLacksIsAbsentAndHasNoAnswer() {
    const Demo back = readDemo(packDemo(madeUpDemo(false)), "x.demo");
    QVERIFY(!back.images[1]);
    QCOMPARE(back.available(), ModalitySet(ModalityId(0)));
    QCOMPARE(back.networks[0].answers.size(), std::size_t{1});
  }

  void eightBitsKeepNothingAndTheRange() {
    // 0 stays 0; of 10 … 230 the quantiles 0.1 % and 99.9 % are 10 and 220 of 23 values.
    const Volume image = *madeUpDemo().images[0];
    const GreyScale scale = greyScaleOf(image);
    QCOMPARE(scale, (GreyScale{10, 220}));
    const Volume back = fromGreyLevels(toGreyLevels(image, scale), image.grid, scale);
    QCOMPARE(back.voxels[0], 0.0f);
    QCOMPARE(back.voxels[1], 10.0f);
    QCOMPARE(back.voxels[23], 220.0f);
    for (std::size_t i = 1; i < 23; ++i)
      QVERIFY(std::abs(back.voxels[i] - image.voxels[i]) <= 210.0 / 254 / 2 + 1e-4);
  }

  /// Else the same demonstration would be another file a moment later.
  void everyPartIsFromTheFirstDayOfItsKind() {
    const std::string bytes = packDemo(madeUpDemo());
    int parts = 0;
    for (auto at = bytes.find("PK\3\4"); at != std::string::npos;
         at = bytes.find("PK\3\4", at + 4)) {
      QCOMPARE(bytes.substr(at + 10, 4), std::string("\0\0\x21\0", 4));
      ++parts;
    }
    QVERIFY(parts >= 8);
  }

  void theTypeStandsUnpackedAtTheFilesBeginning() {
    const std::string bytes = packDemo(madeUpDemo());
    QCOMPARE(bytes.substr(30, 36), std::string("mimetypeapplication/x-modascope-demo"));
  }

  void whatElseIsPackedIsLeftAlone() {
    const std::string bytes = packDemo(madeUpDemo(), {.more = {{"networks/0/config.toml", "a"}}});
    QCOMPARE(ZipReader(bytes, "x").read("networks/0/config.toml", 10), std::string("a"));
    QCOMPARE(readDemo(bytes, "x").networks.size(), std::size_t{1});
  }

  void subsetsThatDisagreeHalfAndHalfCountOne() {
    // Of three answers, voxel 7 is in all, voxel 2 in two ({b} and what came after: {a, b} first).
    const Demo demo = madeUpDemo();
    const Volume map = disagreementOf(demo.networks[0], demo.regions[0]);
    QCOMPARE(map.voxels[7], 0.0f);
    QCOMPARE(map.voxels[3], 0.0f);
    QVERIFY(std::abs(map.voxels[1] - 2.0f / 3) < 1e-6f);
    QVERIFY(std::abs(map.voxels[2] - 2.0f / 3) < 1e-6f);
    QCOMPARE(map.voxels[0], 0.0f);
  }
};

APPLESS_TEST(DemoFileTest)
#include "demo_file_test.moc"
